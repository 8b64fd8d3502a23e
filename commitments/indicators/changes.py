"""The history of a commitment with its indicators, and of one indicator, told in words for a page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commitments.formats.dates import long_date
from commitments.formats.language import written_in
from commitments.history.conflict import Difference
from commitments.history.enums import ChangeKind
from commitments.history.languages import with_language_of_reason
from commitments.history.queries import Edit, Entry, Track, timeline
from commitments.history.telling import Telling, day_of, lines_of, read_names
from commitments.history.together import together
from commitments.history.wording import ChangeLine, HistoryItem, moment, role_words, who
from commitments.indicators.method import on_behalf_words
from commitments.indicators.models import (
    Baseline,
    Evidence,
    Indicator,
    Measurement,
    Milestone,
    StatusByHand,
    Target,
    Waypoint,
)
from commitments.indicators.proposals import Proposal
from commitments.indicators.records import RECORDS
from commitments.indicators.timelines import Timelines, is_published
from commitments.indicators.wording import amount, figure_of, language, unit_words
from commitments.register import changes as register
from commitments.register.models import Commitment
from commitments.working_groups.queries import bodies


@dataclass(frozen=True, slots=True)
class People:
    """Names of those who act: of countries by code, of groups by code, of people by id (workspace only)."""

    countries: Mapping[str, str]
    groups: Mapping[str, str]
    persons: Mapping[int, str]


def commitment_history(commitment: Commitment, *, public: bool = True, names: Any = None) -> list[HistoryItem]:
    """All that happened to a commitment, its sources, links, indicators and figures, newest first.

    `names` gives people's names for user ids: inside the workspace only. The number of queries is constant.
    """
    of_it = {"Indicator": Indicator.history.filter(commitment_id=commitment.pk), **_rows_of(commitment.pk)}
    past = register.rows_of(commitment.pk) | of_it
    read = together(**{name: with_language_of_reason(rows) for name, rows in past.items()})
    published = register.publication_of(read)
    rooms = Timelines(read["Indicator"], lambda row: published)
    tracks = [*register.tracks_of(read, published), *rooms.tracks(), *_of_commitment(read, published)]
    return _told(timeline(tracks, public=public), rooms, names)


def indicator_history(indicator: Indicator, *, public: bool = True, names: Any = None) -> list[HistoryItem]:
    """All that happened to an indicator, its baselines, targets and figures, newest first."""
    parts = {"Indicator": Indicator.history.filter(id=indicator.pk)}
    if indicator.commitment_id:
        parts |= {"Commitment": register.rows_of(indicator.commitment_id)["Commitment"]}
    read = together(**{name: with_language_of_reason(rows) for name, rows in parts.items()})
    published = register.publication_of(read) if indicator.commitment_id else None
    rooms = Timelines(read["Indicator"], lambda row: published if row.commitment_id else row)
    return _told(timeline(rooms.tracks(), public=public), rooms, names)


def differences_of_ends(indicator: Indicator, proposal: Proposal, version_read: int) -> list[Difference]:
    """The starting value and target of a proposal where they differ: as they were read, as they stand, as typed."""
    series = indicator.series.get(country=None, breakdown="")
    read = Indicator.history.filter(id=indicator.pk, version=version_read).order_by("history_id").first()
    ends = (
        (Baseline, "baseline", pgettext("record", "Baseline"), proposal.baseline_columns()),
        (Target, "target", pgettext("record", "Target"), proposal.target_columns()),
    )
    found = []
    for model, name, label, columns in ends:
        now = model.objects.filter(series=series, valid_until__isnull=True).first()
        base = _as_read(model, series.pk, read.history_date) if read is not None else now
        typed = model(**columns) if columns is not None else None
        was, theirs, yours = (_level(row, indicator) if row is not None else "" for row in (base, now, typed))
        if yours != theirs or theirs != was:
            found.append(Difference(name, label, was, theirs, yours))
    return found


def _as_read(model: type[Baseline | Target], series_id: int, at: datetime) -> Any | None:
    """The row of history that stood at a moment; None where there was none, or none any more."""
    row = model.history.filter(series_id=series_id, history_date__lte=at).order_by("-history_id").first()
    return None if row is None or row.history_type == "-" else row


def _rows_of(commitment_id: int) -> dict[str, QuerySet[Any]]:
    """The rows of history of what hangs on a commitment beside its indicators."""
    of_it = {"commitment_id": commitment_id}
    # What shows one figure is told on no page of its own: the figure may not be published.
    withdrawn = Evidence.history.filter(**of_it, withdrawn_at__isnull=False).values("id")
    return {
        "StatusByHand": StatusByHand.history.filter(**of_it),
        "Milestone": Milestone.history.filter(**of_it),
        "Evidence": Evidence.history.filter(**of_it, measurement_id=None).exclude(id__in=withdrawn),
    }


def _of_commitment(read: Mapping[str, list[Any]], published: Any | None) -> list[Track]:
    return [
        Track(read["StatusByHand"], RECORDS[StatusByHand].fields, published_with=lambda row: published),
        Track(read["Milestone"], RECORDS[Milestone].fields, is_published, lambda row: published),
        Track(read["Evidence"], RECORDS[Evidence].fields, published_with=lambda row: published),
    ]


# -- words ---------------------------------------------------------------------------------------------------------


def _told(entries: Iterable[Entry], rooms: Timelines, names: Any) -> list[HistoryItem]:
    entries = list(entries)
    lang = language()
    telling = Telling(lang, read_names(entries, RECORDS, register.READERS, lang))
    named = bodies()
    people = People(
        {row.iso3: row.name_in(lang).text for row in named.countries},
        {row.code: row.name_in(lang).text for row in named.groups},
        names({entry.user_id for entry in entries if entry.user_id}) if names else {},
    )
    items = [_item(entry, rooms, telling, people) for entry in entries]
    return [item for item in items if item.changes]


def _item(entry: Entry, rooms: Timelines, telling: Telling, people: People) -> HistoryItem:
    lines = [line for edit in entry.edits for line in _lines(edit, entry, rooms, telling, people)]
    return HistoryItem(
        at=entry.at,
        time=moment(entry.at, telling.language),
        who=who(entry, people.countries, people.groups, people.persons),
        what="",
        changes=tuple(lines),
        reason=written_in(entry.public_reason, entry.reason_in, telling.language),
        why=entry.why,
    )


def _lines(edit: Edit, entry: Entry, rooms: Timelines, telling: Telling, people: People) -> list[ChangeLine]:
    """The lines of one edit; figures are told with their unit, a correction beside the figure it replaces."""
    if edit.model is Measurement:
        return [*_figure_lines(edit, rooms, telling), *_entered_lines(edit, entry, rooms, people)]
    if edit.model in {Baseline, Target}:
        return _level_lines(edit, rooms, people)
    if edit.model is Waypoint:
        return _waypoint_lines(edit, rooms, telling)
    return list(lines_of(edit, RECORDS[edit.model], telling))


def _figure_lines(edit: Edit, rooms: Timelines, telling: Telling) -> list[ChangeLine]:
    row, indicator = edit.row, rooms.indicator_of(edit.row)
    as_of = day_of(row, "as_of")
    label = (
        _("Value for %(date)s") % {"date": long_date(as_of, telling.language)} if as_of else _("Value without a date")
    )
    if edit.kind is ChangeKind.CHANGED:
        return list(lines_of(edit, RECORDS[Measurement], telling))
    words = _with_unit(row, indicator)
    if edit.kind is ChangeKind.REMOVED:
        return [ChangeLine(label, was=words)]
    replaced = rooms.measurements.get(row.replaces_id or 0)
    lines = [ChangeLine(label, was=_with_unit(replaced, indicator) if replaced is not None else "", now=words)]
    if row.reason:
        reason = written_in(row.reason, row.reason_language, telling.language)
        lang = (reason.html_lang, reason.language) if reason.foreign else ("", "")
        lines.append(ChangeLine(pgettext("of a figure", "Reason given"), "", row.reason, *lang))
    return lines


def _entered_lines(edit: Edit, entry: Entry, rooms: Timelines, people: People) -> list[ChangeLine]:
    """Who entered a new figure, where another published it; and whether the country confirmed it."""
    if edit.kind is not ChangeKind.CREATED:
        return []
    first = rooms.entered[edit.row.id]
    post = (first.actor_role, first.actor_country, first.actor_group)
    lines = []
    if first.history_user_id is not None and post != (entry.role, entry.country, entry.group):
        words = role_words(*post, people.countries, people.groups)
        lines.append(ChangeLine(pgettext("of a figure", "Entered by"), now=words))
    if edit.row.is_on_behalf:
        lines.append(ChangeLine(pgettext("of a figure", "Confirmation"), now=on_behalf_words(edit.row)))
    return lines


def _level_lines(edit: Edit, rooms: Timelines, people: People) -> list[ChangeLine]:
    """A baseline or target: the figure and its date, before and after; of a revised one who proposed it, from when."""
    indicator = rooms.indicator_of(edit.row)
    label = pgettext("record", "Baseline") if edit.model is Baseline else pgettext("record", "Target")
    now = _level(edit.row, indicator)
    if edit.kind is ChangeKind.REMOVED:
        return [ChangeLine(label, was=now)]
    before = edit.before if edit.before is not None else rooms.replaced_by(edit.row)
    was = _level(before, indicator) if before is not None else ""
    lines = [ChangeLine(label, was, now)] if was != now else []
    sent = rooms.proposers.get((edit.model, edit.row.id))
    if edit.kind is ChangeKind.CREATED and sent is not None:
        post = role_words(sent.actor_role, sent.actor_country, sent.actor_group, people.countries, people.groups)
        day = long_date(edit.row.valid_from, language())
        lines.append(ChangeLine(pgettext("of a revision", "In force from"), now=day))
        lines.append(ChangeLine(pgettext("of a revision", "Proposed by"), now=post))
    return lines


def _waypoint_lines(edit: Edit, rooms: Timelines, telling: Telling) -> list[ChangeLine]:
    indicator = rooms.indicator_of(rooms.targets[edit.row.target_id])

    def words(row: Any) -> str:
        return _dated(amount(row.value, indicator), long_date(row.date, telling.language))

    label = pgettext("record", "Interim target")
    if edit.kind is ChangeKind.REMOVED:
        return [ChangeLine(label, was=words(edit.row))]
    return [ChangeLine(label, words(edit.before) if edit.before is not None else "", words(edit.row))]


def _level(row: Any, indicator: Indicator) -> str:
    when = day_of(row, "date")
    figure = _with_unit(row, indicator)
    return _dated(figure, long_date(when, language())) if when else figure


def _dated(figure: str, when: str) -> str:
    return pgettext("figure and date", "%(figure)s (%(date)s)") % {"figure": figure, "date": when}


def _with_unit(row: Any, indicator: Indicator) -> str:
    figure = figure_of(row, indicator)
    if indicator.unit_type != "count" or bool(vars(row).get("words")):
        return figure
    return pgettext("figure and unit", "%(figure)s %(unit)s") % {
        "figure": figure,
        "unit": unit_words(indicator),
    }
