"""A cycle is moved in the same moment in which somebody answers: what a person wrote is never taken away.

The control moves the cycle as somebody would who forgot to lock its reports: words are taken away with their place.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from commitments.history import actions as history
from commitments.reporting import actions
from commitments.reporting.actions import PartAnswer, PlaceGoneError, cycles
from commitments.reporting.enums import Section
from commitments.reporting.models import ProgressReport, ReportingCycle, ReportPart
from tests.cast import NOON, STAGE, Cast
from tests.factories import record
from tests.locks import in_the_middle, row_locks_only
from tests.pages import main_words

pytestmark = pytest.mark.django_db(transaction=True)
DUE, LATER = date(2026, 12, 15), date(2027, 1, 10)
WORDS = "Two offices more."


@pytest.fixture
def part(cast: Cast) -> ReportPart:
    """Colombia was asked about two commitments, one of which has ended since: moving the cycle takes it back."""
    ended, _other = (record.commitment(f"LAD-COL-90{number}", country=cast.colombia) for number in (1, 2))
    record.indicator(ended)
    cycle = ReportingCycle(
        mechanism=cast.declaration,
        slug="lad-2026-12",
        name_en="December 2026",
        period_start=date(2026, 7, 1),
        period_end=date(2026, 9, 30),
        opens_on=date(2026, 11, 1),
        due_on=DUE,
        closes_on=date(2027, 1, 31),
    )
    actions.open_cycle(cycle=cycle, by=STAGE, at=NOON)
    history.change(ended, by=STAGE, at=NOON, life_cycle="ended")
    return ReportPart.objects.select_related("report__cycle").get(commitment=ended)


def answer(part: ReportPart, cast: Cast) -> Callable[[], Any]:
    """Colombia's focal point says what happened."""
    said, by = PartAnswer("progress", words=WORDS), cast.actor(cast.focal_colombia)
    return lambda: actions.answer_part(part=part, said=said, language="es", by=by, at=NOON)


def write(part: ReportPart, cast: Cast) -> Callable[[], Any]:
    """Colombia's focal point writes another section."""
    by, words = cast.actor(cast.focal_colombia), {"obstacles": WORDS}
    kept: dict[str, Any] = {"section": Section.OBSTACLES, "words": words, "language": "es", "done": False}
    return lambda: actions.save_section(report=part.report, by=by, at=NOON, **kept)


def move(part: ReportPart) -> Callable[[], Any]:
    """The secretariat gives everybody more time."""
    return lambda: actions.change_cycle(cycle=part.report.cycle, by=STAGE, at=NOON, due_on=LATER)


def move_unlocked(part: ReportPart) -> Callable[[], Any]:
    """The same, with nobody's report locked before it is looked at."""

    def step() -> None:
        fresh = history.change(history.locked(part.report.cycle), by=STAGE, at=NOON, due_on=LATER)
        cycles._Generator(fresh, STAGE, NOON, "").run()

    return step


def words_left(cast: Cast) -> tuple[list[str], date]:
    """What stands of the words, in whichever place, and until when the report is due."""
    report = ProgressReport.objects.get(country=cast.colombia)
    return [
        words for words in (report.obstacles, *report.parts.values_list("words", flat=True)) if words
    ], report.due_on


@pytest.mark.parametrize("writing", [answer, write])
def test_who_writes_first_keeps_everything(cast: Cast, part: ReportPart, writing: Any) -> None:
    in_the_middle(writing(part, cast), move(part))
    assert words_left(cast) == ([WORDS], DUE)
    assert ReportPart.objects.filter(pk=part.pk).exists()


def test_who_writes_a_moment_later_finds_the_new_dates(cast: Cast, part: ReportPart) -> None:
    in_the_middle(move(part), write(part, cast))
    assert words_left(cast) == ([WORDS], LATER)


def test_who_answers_what_was_just_taken_back_is_told_and_keeps_the_words(cast: Cast, part: ReportPart) -> None:
    with pytest.raises(PlaceGoneError):
        in_the_middle(move(part), answer(part, cast))
    assert words_left(cast) == ([], LATER)

    phone = Client()
    phone.force_login(cast.focal_colombia)
    typed = {"answer": "progress", "words": WORDS, "language": "es", "csrfmiddlewaretoken": "secret", "version": "31"}
    page = phone.post(f"/en/workspace/country-reports/{part.report_id}/progress/{part.pk}/", typed)
    assert page.status_code == 404
    told = main_words(page)
    assert WORDS in told
    assert "Copy what you still need: What you typed Two offices more." in told
    assert "Sign in" not in page.content.decode()
    assert not {"secret", "progress", "31"} & set(told.split())


def test_more_time_given_in_this_moment_is_named_in_the_form(cast: Cast, part: ReportPart) -> None:
    cycle, by = part.report.cycle, cast.actor(cast.secretary)
    days = {name: f"{getattr(cycle, name)}" for name in ("period_start", "period_end", "opens_on", "due_on")}
    typed = {**days, "closes_on": "2026-12-20", "name_en": "Winter", "version": str(cycle.version), "step": "save"}
    desk, pages = Client(), []
    desk.force_login(cast.secretary)
    given = {"to": cast.colombia, "due_on": LATER, "public_reason": "Elections.", "by": by, "at": NOON}

    in_the_middle(
        lambda: actions.extend(cycle=cycle, **given),
        lambda: pages.append(desk.post(f"/en/workspace/cycles/{cycle.slug}/dates/", typed)),
    )
    (page,) = pages
    assert "It must close on 10 January 2027 or later" in main_words(page)
    assert 'value="Winter"' in page.content.decode()


@row_locks_only
def test_control_without_the_lock_words_are_taken_away(cast: Cast, part: ReportPart) -> None:
    in_the_middle(answer(part, cast), move_unlocked(part))
    assert words_left(cast) == ([], LATER)
