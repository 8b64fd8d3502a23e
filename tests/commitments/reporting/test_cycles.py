"""A cycle from opening to its published copy: what is generated, what follows a new date, what stays a person's."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.history import actions as history
from commitments.history.enums import ReportState
from commitments.mechanisms.models import Organization
from commitments.register.models import Party
from commitments.reporting import actions, closing
from commitments.reporting.models import (
    CycleExtension,
    CycleSnapshot,
    ProgressReport,
    ReportEntry,
    ReportingCycle,
    ReportPart,
)
from commitments.working_groups.models import WorkingGroup
from tests.cast import NOON, STAGE, Cast
from tests.factories import record

DUE = date(2026, 12, 15)
LATER = date(2027, 1, 10)


def unsaved(cast: Cast, **columns: Any) -> ReportingCycle:
    defaults = {
        "slug": "lad-2026-12",
        "name_en": "December 2026",
        "period_start": date(2026, 7, 1),
        "period_end": date(2026, 9, 30),
        "opens_on": date(2026, 11, 1),
        "due_on": DUE,
        "closes_on": date(2027, 1, 31),
    }
    return ReportingCycle(mechanism=cast.declaration, **(defaults | columns))


def opened(cast: Cast, **columns: Any) -> ReportingCycle:
    return actions.open_cycle(cycle=unsaved(cast, **columns), by=STAGE, at=NOON)


def asked(cycle: ReportingCycle) -> dict[str, tuple[list[str], list[str], date]]:
    """What stands, by ower: codes of commitments, codes of indicators, the due date."""
    found = {}
    for report in cycle.reports.select_related("country", "group"):
        name = report.country.iso3 if report.country else report.group.code if report.group else "secretariat"
        parts = report.parts.order_by("commitment__code").values_list("commitment__code", flat=True)
        entries = report.entries.order_by("series__indicator__code")
        codes = entries.values_list("series__indicator__code", flat=True)
        assert {entry.due_on for entry in entries} <= {report.due_on}
        found[name] = (list(parts), list(codes), report.due_on)
    return found


@pytest.fixture
def record_of_two(cast: Cast) -> dict[str, Any]:
    """Colombia's commitments in every state of life, Canada's one, a collective one led and one not, a bank's."""
    colombia = record.commitment("LAD-COL-901", country=cast.colombia, group=cast.labour)
    record.indicator(colombia)
    record.indicator(colombia, 2, direction="observe")
    record.indicator(colombia, 3, state="sent")
    record.commitment("LAD-COL-902", country=cast.colombia)
    for number, life in enumerate(("draft", "suspended", "ended", "withdrawn", "superseded"), start=3):
        record.indicator(record.commitment(f"LAD-COL-90{number}", country=cast.colombia, life_cycle=life))
    canada = record.commitment("LAD-CAN-901", country=cast.canada)
    record.indicator(canada)
    led, alone = record.commitment("LAD-ALL-901"), record.commitment("LAD-ALL-902")
    for commitment in (led, alone):
        record.indicator(commitment)
        for position, country in enumerate((cast.canada, cast.colombia)):
            is_lead = commitment == led and country == cast.canada
            party = Party(commitment=commitment, country=country, position=position, is_lead=is_lead)
            history.create(party, by=STAGE, at=NOON)
    bank = history.create(Organization(code="IDB", name="A bank"), by=STAGE, at=NOON)
    banks = record.commitment("LAD-IDB-901", life_cycle="draft")
    history.change(banks, by=STAGE, at=NOON, life_cycle="active", maker_mechanism=None, maker_organization=bank)
    record.indicator(record.commitment("LAD-COL-999", country=cast.colombia, is_example=True))
    leaderless = WorkingGroup(mechanism=cast.declaration, code="WS99", slug="leaderless", name_en="Leaderless")
    history.create(leaderless, by=STAGE, at=NOON)
    return {"colombia": colombia, "canada": canada, "led": led, "alone": alone}


def test_opening_asks_each_thing_of_exactly_one(cast: Cast, record_of_two: dict[str, Any]) -> None:
    cycle = opened(cast)

    assert asked(cycle) == {
        "COL": (["LAD-COL-901", "LAD-COL-902"], ["LAD-COL-901-I1"], DUE),
        "CAN": (["LAD-ALL-901", "LAD-CAN-901"], ["LAD-ALL-901-I1", "LAD-CAN-901-I1"], DUE),
        "secretariat": (["LAD-ALL-902", "LAD-IDB-901"], ["LAD-ALL-902-I1"], DUE),
        "WS05": ([], [], DUE),
    }
    for model in (ProgressReport, ReportPart, ReportEntry):
        rows = model.history.filter(history_type="+")
        assert rows.count() == model.objects.count()


def test_asking_again_changes_nothing(cast: Cast, record_of_two: dict[str, Any]) -> None:
    cycle = opened(cast)
    before = (asked(cycle), ReportEntry.history.count(), ReportPart.history.count(), ProgressReport.history.count())

    actions.change_cycle(cycle=cycle, by=STAGE, at=NOON, due_on=DUE)

    after = (asked(cycle), ReportEntry.history.count(), ReportPart.history.count(), ProgressReport.history.count())
    assert after == before


def test_new_dates_reach_only_what_nobody_touched(cast: Cast, record_of_two: dict[str, Any]) -> None:
    cycle = opened(cast)
    colombia = ProgressReport.objects.get(cycle=cycle, country=cast.colombia)
    part = colombia.parts.all()[0]
    history.change(part, by=STAGE, at=NOON, answer="progress", words="Two offices more.")
    own = {row.pk: row.version for row in [colombia, *colombia.parts.all(), *colombia.entries.all()]}

    cycle = actions.change_cycle(cycle=cycle, by=STAGE, at=NOON, due_on=LATER)

    dates = {who: due for who, (_parts, _lines, due) in asked(cycle).items()}
    assert dates == {"COL": DUE, "CAN": LATER, "secretariat": LATER, "WS05": LATER}
    part.refresh_from_db()
    assert part.words == "Two offices more."
    colombia.refresh_from_db()
    assert {row.pk: row.version for row in [colombia, *colombia.parts.all(), *colombia.entries.all()]} == own
    # A second move reaches them again: what the cycle wrote itself is nobody's writing.
    cycle = actions.change_cycle(cycle=cycle, by=STAGE, at=NOON, due_on=DUE)
    assert {due for _parts, _lines, due in asked(cycle).values()} == {DUE}


def test_a_draft_of_anybody_keeps_the_report_as_it_is(cast: Cast, record_of_two: dict[str, Any]) -> None:
    cycle = opened(cast)
    actions.keep_draft(
        user_id=cast.focal_canada.pk,
        form="update",
        key="LAD-CAN-901-I1",
        fields={"value": "4"},
        version_read=0,
        at=NOON,
    )

    actions.change_cycle(cycle=cycle, by=STAGE, at=NOON, due_on=LATER)

    assert asked(cycle)["CAN"][2] == DUE
    assert asked(cycle)["COL"][2] == LATER


def test_what_appeared_since_is_asked_and_what_ended_is_not(cast: Cast, record_of_two: dict[str, Any]) -> None:
    cycle = opened(cast)
    history.change(record_of_two["canada"], by=STAGE, at=NOON, life_cycle="ended")
    history.change(Party.objects.get(is_lead=True), by=STAGE, at=NOON, is_lead=False)
    record.indicator(record.commitment("LAD-COL-910", country=cast.colombia))

    actions.change_cycle(cycle=cycle, by=STAGE, at=NOON, due_on=DUE)

    assert asked(cycle) == {
        "COL": (["LAD-COL-901", "LAD-COL-902", "LAD-COL-910"], ["LAD-COL-901-I1", "LAD-COL-910-I1"], DUE),
        "secretariat": (["LAD-ALL-901", "LAD-ALL-902", "LAD-IDB-901"], ["LAD-ALL-901-I1", "LAD-ALL-902-I1"], DUE),
        "WS05": ([], [], DUE),
    }


def test_a_sent_report_is_asked_nothing_more_and_a_begun_one_keeps_what_ended(
    cast: Cast, record_of_two: dict[str, Any]
) -> None:
    cycle = opened(cast)
    for country, state in ((cast.colombia, ReportState.SENT), (cast.canada, ReportState.DRAFT)):
        report = ProgressReport.objects.get(cycle=cycle, country=country)
        history.change(report, by=STAGE, at=NOON, state=state, sent_at=NOON if state == "sent" else None)
        record.commitment(f"LAD-{country.iso3}-910", country=country)
    history.change(record_of_two["canada"], by=STAGE, at=NOON, life_cycle="ended")

    actions.change_cycle(cycle=cycle, by=STAGE, at=NOON, due_on=LATER)

    assert asked(cycle)["COL"] == (["LAD-COL-901", "LAD-COL-902"], ["LAD-COL-901-I1"], DUE)
    assert asked(cycle)["CAN"][0] == ["LAD-ALL-901", "LAD-CAN-901", "LAD-CAN-910"]


def test_an_extension_is_public_logged_and_outlives_new_dates(cast: Cast, record_of_two: dict[str, Any]) -> None:
    cycle = opened(cast)
    by, day = cast.actor(cast.secretary), date(2026, 12, 20)

    actions.extend(cycle=cycle, to=cast.colombia, due_on=day, public_reason="Elections.", by=by, at=NOON)
    actions.extend(cycle=cycle, to=cast.labour, due_on=day, public_reason="A meeting.", by=by, at=NOON)
    actions.change_cycle(cycle=cycle, by=by, at=NOON, due_on=date(2026, 12, 10))

    dates = {who: due for who, (_parts, _lines, due) in asked(cycle).items()}
    assert dates == {"COL": day, "WS05": day, "CAN": date(2026, 12, 10), "secretariat": date(2026, 12, 10)}
    told = ProgressReport.history.filter(country=cast.colombia, due_on=day).latest("history_id")
    assert (told.public_reason, told.actor_role) == ("Elections.", "secretariat")
    assert CycleExtension.objects.get(country=cast.colombia).granted_by == cast.secretary
    for wrong in (day, date(2026, 12, 1), date(2027, 2, 1)):
        with pytest.raises(actions.NotLaterError):
            actions.extend(cycle=cycle, to=cast.colombia, due_on=wrong, public_reason="More.", by=by, at=NOON)


def test_a_cycle_never_closes_before_an_extension_ends(cast: Cast, record_of_two: dict[str, Any]) -> None:
    cycle = opened(cast)
    by, day = cast.actor(cast.secretary), date(2026, 12, 20)
    actions.extend(cycle=cycle, to=cast.labour, due_on=day, public_reason="A meeting.", by=by, at=NOON)

    with pytest.raises(actions.StillExtendedError):
        actions.change_cycle(cycle=cycle, by=by, at=NOON, closes_on=date(2026, 12, 19), name_en="Earlier")
    cycle.refresh_from_db()
    assert (cycle.closes_on, cycle.name_en) == (date(2027, 1, 31), "December 2026")
    assert actions.change_cycle(cycle=cycle, by=by, at=NOON, closes_on=day).closes_on == day


def test_a_figure_that_was_sent_keeps_its_date(cast: Cast, record_of_two: dict[str, Any]) -> None:
    cycle = opened(cast)
    entry = ReportEntry.objects.get(report__country=cast.colombia)
    indicator = entry.series.indicator
    figure = record.measurement(indicator, 5, date(2026, 9, 30), state="sent", accepted_at=None, published_at=None)
    history.change(entry, by=STAGE, at=NOON, measurement=figure)

    actions.extend(
        cycle=cycle, to=cast.colombia, due_on=LATER, public_reason="Elections.", by=cast.actor(cast.secretary), at=NOON
    )

    entry.refresh_from_db()
    assert entry.due_on == DUE


class TestClosing:
    """Closing freezes and publishes all figures."""

    @pytest.fixture
    def over(self, cast: Cast, record_of_two: dict[str, Any]) -> ReportingCycle:
        """A cycle whose due date has passed."""
        line = record_of_two["colombia"].indicators.get(code="LAD-COL-901-I1")
        record.measurement(line, 1250, date(2026, 6, 30))
        record.measurement(line, 9999, date(2026, 9, 1), state="accepted", published_at=None)
        return opened(cast, due_on=date(2026, 11, 10))

    def close(self, cycle: ReportingCycle, cast: Cast, why: str = "Two countries will report next time.") -> Any:
        by = cast.actor(cast.secretary)
        return actions.close_cycle(cycle=cycle, by=by, at=NOON, why=why)

    def test_reviews_must_be_decided_and_missing_things_accepted_in_words(
        self, cast: Cast, over: ReportingCycle
    ) -> None:
        with pytest.raises(actions.NotReadyError):
            self.close(over, cast, why=" ")
        report = ProgressReport.objects.get(cycle=over, country=cast.canada)
        history.change(report, by=STAGE, at=NOON, state="sent", sent_at=NOON)
        with pytest.raises(actions.NotReadyError) as problem:
            self.close(over, cast)
        assert (problem.value.checklist.waiting, problem.value.checklist.missing) == (1, 3)
        assert CycleSnapshot.objects.count() == 0

    def test_nothing_closes_before_it_is_due(self, cast: Cast, record_of_two: dict[str, Any]) -> None:
        with pytest.raises(actions.NotReadyError):
            self.close(opened(cast, due_on=NOON.date()), cast)

    def test_the_copy_holds_published_values_alone(self, cast: Cast, over: ReportingCycle) -> None:
        self.close(over, cast)

        snapshot = CycleSnapshot.objects.get()
        assert snapshot.sha256 == closing.fingerprint(snapshot.content)
        assert (len(snapshot.code), set(snapshot.code) <= set(closing.DIGITS)) == (10, True)
        text = closing.canonical(snapshot.content).decode()
        assert "9999" not in text
        commitments = {row["code"]: row for row in snapshot.content["commitments"]}
        assert "LAD-COL-903" not in commitments  # a draft
        assert "LAD-COL-999" not in commitments  # an example
        assert commitments["LAD-COL-904"]["life_cycle"] == "suspended"
        figure = commitments["LAD-COL-901"]["indicators"][0]
        assert (figure["code"], figure["value"], figure["as_of"]) == ("LAD-COL-901-I1", "1250", "2026-06-30")
        assert figure["source"] == {"title": "Monthly registry", "url": "https://registry.example/monthly"}
        assert (figure["share"], figure["baseline"]) == (None, None)
        reports = {row["of"]: row["timeliness"] for row in snapshot.content["reports"]}
        assert reports == {"COL": "missing", "CAN": "missing", "WS05": "missing", "secretariat": "missing"}
        assert snapshot.content["totals"]["on_record"] == len(commitments)

    def test_a_closed_cycle_moves_no_more(self, cast: Cast, over: ReportingCycle) -> None:
        self.close(over, cast)
        by = cast.actor(cast.secretary)

        with pytest.raises(actions.CycleClosedError):
            actions.change_cycle(cycle=over, by=by, at=NOON, due_on=LATER)
        with pytest.raises(actions.CycleClosedError):
            actions.extend(cycle=over, to=cast.colombia, due_on=LATER, public_reason="More.", by=by, at=NOON)
        with pytest.raises(actions.CycleClosedError):
            self.close(over, cast)

    def test_an_answer_to_a_question_makes_no_report_late(self, cast: Cast, over: ReportingCycle) -> None:
        report = ProgressReport.objects.get(cycle=over, country=cast.canada)
        before, after = NOON - timedelta(days=15), NOON - timedelta(days=5)
        history.change(report, by=STAGE, at=before, state="sent", sent_at=before)
        history.change(report, by=STAGE, at=after, state="returned")
        history.change(report, by=STAGE, at=after, state="sent", sent_at=after)

        told = {row["of"]: (row["timeliness"], row["received_on"]) for row in closing.reports_told(over, at=NOON)}
        assert told["CAN"] == ("on_time", "2026-11-09")


@pytest.mark.parametrize("number", [1, 3, 40, 2500])
def test_opening_asks_the_same_number_of_queries(cast: Cast, number: int) -> None:
    for each in range(number):
        record.indicator(record.commitment(f"LAD-COL-92{each}", country=[cast.colombia, cast.canada][each % 2]))
    with CaptureQueriesContext(connection) as queries:
        opened(cast)

    assert ReportEntry.objects.count() == number
    assert len(queries) == 42
