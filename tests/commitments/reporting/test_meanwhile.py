"""What happens while somebody else, or a later step, has a hand in the same thing."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.history import actions as history
from commitments.history.actions import EditedMeanwhileError
from commitments.indicators import byhand, life
from commitments.indicators.actions import OwnWorkError
from commitments.indicators.enums import Status
from commitments.indicators.models import Figure, StatusByHand
from commitments.indicators.proposals import publish_indicator
from commitments.register.enums import LifeCycle
from commitments.register.life import LifeStep
from commitments.reporting import actions, closing
from commitments.reporting.actions.statement import say
from commitments.reporting.flags import report_flags
from commitments.reporting.models import CycleExtension, Draft, ProgressReport, ReportPart
from commitments.reporting.reviewed import reviewed
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.commitments.reporting.papers import made
from tests.factories import record
from tests.pages import main_words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_and_own_files")]


def as_person(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def typed(person: Any) -> None:
    """A draft that goes with the figure when it is sent."""
    Draft.objects.create(user=person, form="update", key="LAD-COL-901-I1", saved_at=NOON)


def test_a_working_copy_stays_with_those_who_read_it_before(cast: Cast) -> None:
    report = record.country_report(record.commitment(country=cast.colombia), record.cycle())
    history.change(report, by=STAGE, at=NOON, state="sent", sent_at=NOON)
    copy = made(report)
    history.change(report, by=STAGE, at=NOON, state="published", published_at=NOON, accepted_at=NOON)
    own, other = as_person(cast.focal_colombia), as_person(cast.focal_canada)
    files, address = f"/en/workspace/reports/{report.pk}/files/", f"/en/workspace/reports/files/{copy.code}/"
    assert (own.get(address).status_code, other.get(address).status_code) == (200, 404)
    assert copy.code in own.get(files).content.decode()
    assert copy.code not in other.get(files).content.decode()
    other.post(files, {"language": "en"})
    assert report.prints.count() == 1


def test_a_figure_sent_later_changes_no_report_that_was_sent(cast: Cast) -> None:
    entry = record.entry(record.indicator(record.commitment(country=cast.colombia)), record.cycle())
    history.change(entry, by=STAGE, at=NOON, cannot_reason="not_yet", cannot_words="It comes in May.")
    history.change(entry.report, by=STAGE, at=NOON, state="published", sent_at=NOON, published_at=NOON)
    figure = Figure(value=Decimal(44), as_of=record.day("2026-09-30"), source=None)
    typed(cast.focal_colombia)
    sent = actions.send_figure(
        series=entry.series, figure=figure, unchanged=False, by=cast.actor(cast.focal_colombia), at=NOON
    )
    entry.refresh_from_db()
    assert (entry.measurement_id, sent.state) == (None, "sent")
    assert "It comes in May." in main_words(Client().get("/en/reports/cycle-2026-12-15/COL/"))


def test_one_figure_for_a_date_waits_at_a_time(cast: Cast) -> None:
    series = record.indicator(record.commitment(country=cast.colombia)).series.get()
    figure = Figure(value=Decimal(44), as_of=record.day("2026-09-30"), source=None)
    how: dict[str, Any] = {"series": series, "figure": figure, "unchanged": False, "at": NOON}
    for person in (cast.focal_colombia, cast.deputy_colombia):
        typed(person)
    first = actions.send_figure(by=cast.actor(cast.focal_colombia), **how)
    with pytest.raises(EditedMeanwhileError) as refused:
        actions.send_figure(by=cast.actor(cast.deputy_colombia), **how)
    assert refused.value.current == first


def test_words_why_a_figure_cannot_be_given_are_read_before_they_are_published(cast: Cast) -> None:
    entry = record.entry(record.indicator(record.commitment(country=cast.colombia)), record.cycle())
    history.change(entry, by=STAGE, at=NOON, cannot_reason="other", cannot_words="Ask maria@example.org first.")
    report = history.change(entry.report, by=STAGE, at=NOON, state="sent", sent_at=NOON)
    assert "personal" in [flag.code for flag in reviewed(report).flags]
    desk = as_person(cast.secretary)
    assert "Ask maria@example.org first." in main_words(desk.get(f"/en/workspace/review/country-reports/{report.pk}/"))
    assert "May hold personal data" in main_words(desk.get("/en/workspace/review/"))


def test_an_answer_to_a_question_makes_no_report_late(cast: Cast) -> None:
    cycle = record.cycle(due_on=TODAY - timedelta(days=20))
    report = record.country_report(record.commitment(country=cast.colombia), cycle)
    came = NOON - timedelta(days=25)
    with time_machine.travel(came, tick=False):
        history.change(report, by=STAGE, at=came, state="sent", sent_at=came)
    report = history.change(report, by=STAGE, at=NOON, sent_at=NOON)
    assert "late" in [flag.code for flag in report_flags(report, [])]
    assert "late" not in [flag.code for flag in reviewed(report).flags]


def test_more_time_never_becomes_less(cast: Cast) -> None:
    cycle = record.cycle(due_on=date(2026, 12, 1))
    report = record.country_report(record.commitment(country=cast.colombia), cycle)
    by = cast.actor(cast.secretary)
    actions.extend(cycle=cycle, to=cast.colombia, due_on=date(2026, 12, 10), public_reason="Elections.", by=by, at=NOON)
    actions.change_cycle(cycle=cycle, by=by, at=NOON, due_on=date(2026, 12, 31))
    report.refresh_from_db()
    assert (report.due_on, CycleExtension.objects.get().due_on) == (date(2026, 12, 31), date(2026, 12, 10))


def test_a_cycle_is_not_over_while_somebody_has_time_left(cast: Cast) -> None:
    cycle = record.cycle(due_on=TODAY - timedelta(days=3))
    record.country_report(record.commitment(country=cast.colombia), cycle)
    assert closing.checklist(cycle, at=NOON).is_due
    by = cast.actor(cast.secretary)
    day = TODAY + timedelta(days=5)
    actions.extend(cycle=cycle, to=cast.colombia, due_on=day, public_reason="Elections.", by=by, at=NOON)
    assert not closing.checklist(cycle, at=NOON).is_due


def test_what_somebody_began_to_write_is_not_answered_for_them(cast: Cast) -> None:
    cycle = record.cycle()
    for number in (901, 902):
        report = record.country_report(record.commitment(f"LAD-COL-{number}", country=cast.colombia), cycle)
    begun, other = report.parts.order_by("commitment__code")
    phone = as_person(cast.focal_colombia)
    place = f"/en/workspace/country-reports/{report.pk}/"
    phone.post(f"{place}progress-{begun.pk}/save/", {"answer": "progress", "words": "Two laws.", "language": "en"})
    assert Draft.objects.count() == 1
    phone.post(f"{place}progress/", {"unchanged": "all"})
    told = dict(ReportPart.objects.values_list("pk", "answer"))
    assert (told, Draft.objects.count()) == ({begun.pk: "", other.pk: "unchanged"}, 1)
    history.change(begun, by=STAGE, at=NOON, answer="progress", words="Two laws.")
    phone.post(f"{place}progress/", {"unchanged": str(begun.pk)})
    begun.refresh_from_db()
    assert begun.answer == "progress"


@pytest.mark.parametrize("wild", ["²", "none", "", "9" * 30])
def test_wild_numbers_are_answered(cast: Cast, wild: str) -> None:
    report = record.country_report(record.commitment(country=cast.colombia), record.cycle())
    phone = as_person(cast.focal_colombia)
    place = f"/en/workspace/country-reports/{report.pk}/"
    assert phone.post(f"{place}progress/", {"unchanged": wild}).status_code == 404
    assert phone.post(f"{place}check/", {"version": wild}).status_code < 500
    assert phone.get(f"/en/workspace/indicators/{wild}%00/update/").status_code == 404
    assert phone.get("/en/workspace/statement/?country=%00").status_code < 500


def test_a_question_waits_a_year_at_most(cast: Cast) -> None:
    report = record.country_report(record.commitment(country=cast.colombia), record.cycle())
    history.change(report, by=STAGE, at=NOON, state="sent", sent_at=NOON)
    desk = as_person(cast.secretary)
    address = f"/en/workspace/review/country-reports/{report.pk}/"
    fields = {"decision": "return", "q-obstacles": "Which?", "due_on": "9999-12-31", "version": str(report.version)}
    text = main_words(desk.post(address, fields))
    assert "The date to answer by lies more than a year ahead" in text
    assert "Which?" in desk.post(address, fields).content.decode()
    assert ProgressReport.objects.get().state == "sent"


def test_a_first_statement_is_not_written_over(cast: Cast) -> None:
    how: dict[str, Any] = {"country": cast.colombia, "by": cast.actor(cast.focal_colombia), "at": NOON, "version": 0}
    said = say(texts={"en": "We do more."}, **how)
    with pytest.raises(EditedMeanwhileError):
        say(texts={"en": "We do less."}, **how)
    assert say(texts={"en": "We do most."}, **(how | {"version": said.version})).text_en == "We do most."


def test_a_status_by_hand_ends_with_the_life_it_was_stated_of(cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    by = cast.actor(cast.secretary)
    stated = byhand.Stated(
        status=Status.ON_TRACK, reason="Seen on a visit.", language="en", until=TODAY + timedelta(days=90)
    )
    byhand.state_by_hand(commitment=commitment, stated=stated, by=by, at=NOON)
    step = LifeStep(
        to=LifeCycle.ENDED, reason="The programme closed.", source=record.source(), on=record.day("2026-11-01")
    )
    life.take_step(commitment=commitment, step=step, by=by, at=NOON)
    row = StatusByHand.objects.get()
    assert (row.lapsed_on, row.lapsed_because) == (TODAY, "taken_back")


def test_nobody_publishes_the_indicator_they_proposed(cast: Cast) -> None:
    indicator = record.indicator(
        record.commitment(country=cast.colombia), state="sent", proposed_by_id=cast.secretary.pk
    )
    with pytest.raises(OwnWorkError):
        publish_indicator(indicator=indicator, by=cast.actor(cast.secretary), at=NOON)
    assert publish_indicator(indicator=indicator, by=cast.actor(cast.second_secretary), at=NOON).is_public
