"""The stored facts that `owing` decides on: cycles, groups, and what stands in the reports of a cycle."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, Exists, Min, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import get_language, pgettext

from commitments.appointments.models import Appointment
from commitments.appointments.queries import answered_places
from commitments.formats.collation import sort_key
from commitments.formats.dates import last_day_at
from commitments.history.enums import ReportState
from commitments.indicators.models import Measurement
from commitments.mechanisms.models import Country, OfficeSettings
from commitments.reporting import facts
from commitments.reporting.models import Draft, ProgressReport, ReportEntry, ReportingCycle, ReportPart
from commitments.reporting.models.cycle import in_open_cycle
from commitments.reporting.models.parts import waiting_figures
from commitments.reporting.owing import (
    CycleFact,
    GroupFact,
    Ower,
    Standing,
    groups_that_report,
    owed_for,
)
from commitments.roles.enums import Role
from commitments.working_groups.enums import GroupRoleKind
from commitments.working_groups.models import GroupRole, WorkingGroup

#: A report in one of these states has not been sent: things may still be asked in it.
UNSENT = (ReportState.NOT_DUE, ReportState.DUE, ReportState.DRAFT)


def cycle_fact(cycle: ReportingCycle) -> CycleFact:
    """A cycle as the rules see it, stored or only typed."""
    return CycleFact(cycle.mechanism_id, cycle.period_start, cycle.period_end, cycle.due_on, cycle.asks_groups)


def group_facts(cycle: ReportingCycle) -> list[GroupFact]:
    """The groups of the cycle's mechanism, and whether a country, a body or a person leads them when it opens."""
    day = cycle.opens_on
    roles = GroupRole.objects.filter(Q(until__isnull=True) | Q(until__gte=day)).filter(
        role__in=[GroupRoleKind.LEAD, GroupRoleKind.CO_LEAD]
    )
    posts = Appointment.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), role=Role.LEAD)
    led = {*roles.values_list("group_id", flat=True), *posts.values_list("group_id", flat=True)}
    groups = WorkingGroup.objects.filter(mechanism_id=cycle.mechanism_id).order_by("number", "code")
    return [GroupFact(pk, cycle.mechanism_id, pk in led) for pk in groups.values_list("pk", flat=True)]


def cycles_to_close(on: date) -> QuerySet[ReportingCycle]:
    """The cycles whose last day has passed and that nobody has closed."""
    rows: QuerySet[ReportingCycle] = ReportingCycle.objects.filter(closed_at=None, closes_on__lt=on)
    return rows.order_by("closes_on", "pk")


def ower_of_report(report: ProgressReport) -> Ower:
    """Who owes a report."""
    return Ower(report.country_id, report.group_id)


def begun(cycle: ReportingCycle, *, on: date) -> set[int]:
    """The reports of a cycle in which a person has written anything: a text, an answer, a figure, a draft.

    What the cycle itself writes (due dates) does not count, nor a figure that is typed for another cycle.
    Constant number of queries.
    """
    reports = ProgressReport.objects.filter(cycle=cycle)
    texts = ("summary", "obstacles", "practice", "coherence", "coherence_words", "purpose", "outcomes")
    said = ~Q(state__in=[ReportState.NOT_DUE, ReportState.DUE]) | ~Q(done_sections=[]) | Q(is_example=True)
    for name in (*texts, "cannot_reason", "cannot_words"):
        said |= ~Q(**{name: ""})
    parts = ReportPart.objects.filter(~Q(answer="") | ~Q(words=""), report__cycle=cycle)
    answered = Q(measurement__isnull=False) | ~Q(cannot_reason="") | ~Q(cannot_words="")
    entries = ReportEntry.objects.filter(answered, report__cycle=cycle)
    found = {*reports.filter(said).values_list("pk", flat=True)}
    for rows in (parts, entries, _typed_figures(cycle, on)):
        found |= {*rows.values_list("report_id", flat=True).distinct().order_by()}
    for others in ("questions", "documents", "translations"):
        found |= {*reports.filter(**{f"{others}__isnull": False}).values_list("pk", flat=True)}
    typed = Draft.objects.filter(form__in=Draft.OF_REPORTS).values_list("key", flat=True)
    drafts = {key.partition(":")[0] for key in typed.iterator()}
    return found | {pk for pk in reports.values_list("pk", flat=True) if str(pk) in drafts}


def _typed_figures(cycle: ReportingCycle, on: date) -> QuerySet[ReportEntry]:
    """The figures of a cycle that somebody is typing: of an open cycle, and the first due that waits for that line."""
    keys = Draft.objects.filter(form="update").values("key")
    line = Concat("series__indicator__code", Value(":"), Cast("series_id", CharField()))
    typed = ReportEntry.objects.annotate(line=line).filter(Q(series__indicator__code__in=keys) | Q(line__in=keys))
    before = Q(due_on__lt=OuterRef("due_on")) | Q(due_on=OuterRef("due_on"), pk__lt=OuterRef("pk"))
    earlier = waiting_figures(on).filter(before, series=OuterRef("series"))
    rows: QuerySet[ReportEntry] = typed.filter(in_open_cycle(on, "report__cycle"), ~Exists(earlier))
    return rows.filter(report__cycle=cycle)


def standing_of(reports: dict[int, ProgressReport], begun_ids: set[int]) -> Callable[[int], list[Standing]]:
    """What stands of each commitment in the reports of a cycle, asked in the order of their ids. Two queries."""
    columns = ("commitment_id", "report_id", "pk")
    parts = facts.beside(ReportPart.objects.filter(report__in=list(reports)).order_by(*columns).values_list(*columns))
    owner = f"{facts.COMMITMENT}_id"
    asked = ReportEntry.objects.filter(report__in=list(reports)).order_by(owner, "pk")
    lines = facts.beside(asked.values_list(owner, "report_id", "series_id", "pk"))

    def of(commitment: int) -> list[Standing]:
        part = dict(parts(commitment))
        entries: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for report, line, pk in lines(commitment):
            entries[report].append((line, pk))
        return [
            Standing(
                ower=ower_of_report(reports[report]),
                is_untouched=report not in begun_ids,
                is_open=reports[report].state in UNSENT,
                part_id=part.get(report),
                entries=tuple(entries.get(report, ())),
            )
            for report in sorted({*part, *entries})
        ]

    return of


def since_it_stands(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows of the history of reports from after they were last taken back: what was taken back did not come."""
    later = ProgressReport.history.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"), state__in=UNSENT)
    return rows.filter(~Exists(later)).order_by()


def received_on(cycle: ReportingCycle) -> dict[int, date]:
    """The day on which each report of a cycle first came in, by its id. Two queries."""
    return received(ProgressReport.objects.filter(cycle=cycle))


def received(reports: QuerySet[ProgressReport]) -> dict[int, date]:
    """The day on which each of these reports first came in, by its id: an answer to a question makes none late."""
    sent = reports.exclude(state__in=UNSENT)
    moments: dict[int, Any] = dict(sent.filter(sent_at__isnull=False).values_list("pk", "sent_at"))
    first = since_it_stands(ProgressReport.history.filter(id__in=sent.values("pk"), state=ReportState.SENT))
    for pk, moment in first.values_list("id").annotate(Min("history_date")):
        moments[pk] = min(moment, moments.get(pk, moment))
    return {pk: last_day_at(moment) for pk, moment in moments.items()}


def figures_received_on(cycle: ReportingCycle) -> dict[int, date]:
    """The day on which each figure sent for a cycle first came in, by its id. Two queries."""
    figures = Measurement.objects.filter(entries__report__cycle=cycle)
    moments = dict(figures.filter(entered_at__isnull=False).values_list("pk", "entered_at"))
    first = Measurement.history.filter(id__in=figures.values("pk"), state=ReportState.SENT).order_by()
    for pk, moment in first.values_list("id").annotate(Min("history_date")):
        moments[pk] = min(moment, moments.get(pk, moment))
    return {pk: last_day_at(moment) for pk, moment in moments.items()}


def overlapping(cycle: ReportingCycle) -> list[ReportingCycle]:
    """The other cycles of its mechanism that nobody has closed and that cover some of the same days. One query."""
    others = ReportingCycle.objects.filter(mechanism=cycle.mechanism_id, closed_at=None).exclude(pk=cycle.pk)
    shared = others.filter(period_start__lte=cycle.period_end, period_end__gte=cycle.period_start)
    return list(shared.order_by("period_start", "pk"))


@dataclass(frozen=True, slots=True)
class Preview:
    """Whom a cycle asks: name, commitments, figures; the groups that nobody leads; for whom nobody is appointed."""

    asked: list[tuple[str, int, int]]
    leaderless: list[str]
    unappointed: list[str]


def preview(cycle: ReportingCycle, on: date) -> Preview:
    """Whom a cycle, stored or only typed, would ask, with who is appointed when it opens or on a later day."""
    fact = cycle_fact(cycle)
    counted: dict[Ower, list[int]] = {}
    for found in filter(None, (owed_for(row, fact) for row in facts.commitment_facts(cycle.mechanism_id))):
        numbers = counted.setdefault(found.ower, [0, 0])
        numbers[0] += 1
        numbers[1] += len(found.series)
    groups = group_facts(cycle) if cycle.asks_groups else []
    counted |= {ower: [0, 0] for ower in groups_that_report(groups, fact)}
    lang = get_language() or "en"
    countries = Country.objects.filter(pk__in={ower.country_id for ower in counted if ower.country_id})
    named = {row.pk: row.name_in(lang).text for row in WorkingGroup.objects.filter(pk__in=[row.id for row in groups])}
    names = {Ower(country_id=row.pk): row.name_in(lang).text for row in countries}
    names |= {Ower(group_id=pk): name for pk, name in named.items()}
    names[Ower()] = pgettext("whose report", "Secretariat")

    def place(ower: Ower) -> tuple[bool, bool, Any]:
        return ower.is_secretariat, ower.group_id is not None, sort_key(names[ower], lang)

    owers = sorted(counted, key=place)
    answered = answered_places(max(on, cycle.opens_on))
    return Preview(
        asked=[(names[ower], *counted[ower]) for ower in owers],
        leaderless=[named[row.id] for row in groups if not row.is_led],
        unappointed=[
            names[ower]
            for ower in owers
            if not ower.is_secretariat and (ower.country_id, ower.group_id) not in answered
        ],
    )


def reminder_days(cycle: ReportingCycle, decided: Sequence[OfficeSettings]) -> list[date]:
    """The days on which the reports of a cycle are reminded of, each as was decided for that day."""
    days = set()
    for row, after in zip(decided, [*decided[1:], None], strict=True):
        for offset in (*(-days for days in row.early_reminders), *row.late_reminders):
            day = cycle.due_on + timedelta(days=offset)
            has_begun = row is decided[0] or row.valid_from <= day
            if has_begun and (after is None or day < after.valid_from):
                days.add(max(day, cycle.opens_on))
    return sorted(day for day in days if day <= cycle.closes_on)
