"""Reviewing: who has taken a thing up, what must be looked at twice, questions at the places of a report."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from commitments.history import actions
from commitments.indicators.models import Measurement
from commitments.mechanisms.models import OfficeSettings
from commitments.reporting.models import ProgressReport, ReportPart, ReportQuestion
from tests.cast import NOON, STAGE, Cast
from tests.commitments.reporting.test_queue import QUEUE, indicator, report, sent
from tests.commitments.reporting.test_update import as_person
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db
#: A return as the form sends it.
ASKED = {"decision": "return", "question": "Which offices?", "field": "source", "due_on": "2026-12-01"}


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def figure(cast: Cast) -> Measurement:
    return sent(indicator(cast), 50_000, cast)


def address(thing: Any) -> str:
    if isinstance(thing, Measurement):
        return f"{QUEUE}figures/{thing.pk}/"
    return f"{QUEUE}{'reports' if thing.group_id else 'country-reports'}/{thing.pk}/"


def decide(cast: Cast, who: str, thing: Any, **fields: str) -> Any:
    """A member of the secretariat presses a button on the page as it stands."""
    thing.refresh_from_db()
    fields = {"version": str(thing.version), "due_on": "2026-12-01", **fields}
    return as_person(getattr(cast, who)).post(address(thing), fields)


@pytest.fixture(params=["figure", "country", "group"])
def thing(request: Any, cast: Cast) -> Any:
    if request.param == "figure":
        return sent(indicator(cast), 50_000, cast)
    body = {"country": cast.colombia} if request.param == "country" else {"group": cast.labour}
    return report(cast, sent_by=cast.focal_colombia, **body)


# -- who has taken it up ----------------------------------------------------------------------------------------------


def test_colleagues_see_who_has_taken_it_up_and_may_take_over(cast: Cast, thing: Any) -> None:
    assert decide(cast, "secretary", thing, decision="take").url == address(thing)
    thing.refresh_from_db()
    assert (thing.state, thing.reviewed_by, thing.reviewed_at) == ("in_review", cast.secretary, NOON)
    words = "Sofía Secretary is reviewing this since 12:00 (UTC)"
    colleague = as_person(cast.second_secretary)
    assert words in main_words(colleague.get(QUEUE))
    page = main_words(colleague.get(address(thing)))
    assert f"{words}. Read only, or take over." in page
    assert "Approve and publish" not in page
    assert "You are reviewing this" in main_words(as_person(cast.secretary).get(address(thing)))

    step = {"decision": "accept", "version": str(thing.version)}
    refused = colleague.post(address(thing), step, follow=True)
    assert refused.redirect_chain == [(address(thing), 302)]
    assert "Nothing was changed: take it over first." in refused.content.decode()
    thing.refresh_from_db()
    assert thing.state == "in_review"

    decide(cast, "second_secretary", thing, decision="take")
    decide(cast, "second_secretary", thing, decision="accept")
    thing.refresh_from_db()
    assert (thing.state, thing.accepted_by) == ("accepted", cast.second_secretary)


def test_a_page_read_before_it_was_taken_up_decides_nothing(cast: Cast, thing: Any) -> None:
    stale = str(thing.version)
    decide(cast, "secretary", thing, decision="take")
    decide(cast, "second_secretary", thing, decision="take")
    assert decide(cast, "second_secretary", thing, decision="accept", version=stale).status_code == 409
    thing.refresh_from_db()
    assert thing.state == "in_review"


def test_taking_up_twice_is_taking_up_once(cast: Cast, thing: Any) -> None:
    for _click in range(2):
        assert decide(cast, "secretary", thing, decision="take").status_code == 302
    assert thing.history.filter(state="in_review").count() == 1


# -- pressed twice, and read before it changed ------------------------------------------------------------------------


def asked_at(thing: Any) -> dict[str, str]:
    """A question at a place that the thing has."""
    place = "q-synthesis" if getattr(thing, "group_id", None) else "q-obstacles"
    return {"decision": "return", "question": "Which offices?", "field": "value", place: "Which offices?"}


@pytest.mark.parametrize("decision", ["take", "accept", "publish", "return"])
def test_the_second_of_two_clicks_ends_where_the_first_did(cast: Cast, thing: Any, decision: str) -> None:
    fields = asked_at(thing) if decision == "return" else {"decision": decision}
    fields |= {"due_on": "2026-12-01", "version": str(thing.version)}
    client = as_person(cast.secretary)
    sent_to = [client.post(address(thing), fields) for _click in range(2)]
    assert [answer.status_code for answer in sent_to] == [302, 302]
    assert sent_to[0].url == sent_to[1].url
    page = main_words(client.get(sent_to[1].url))
    assert "in the meantime" not in page
    assert "while you were writing" not in page


def test_another_question_from_an_old_page_is_not_taken_for_the_first(cast: Cast, thing: Any) -> None:
    client, fields = as_person(cast.secretary), {"due_on": "2026-12-01", "version": str(thing.version)}
    client.post(address(thing), {**fields, **asked_at(thing)}, follow=True)
    other = {name: "Another one?" if text == "Which offices?" else text for name, text in asked_at(thing).items()}
    answer = client.post(address(thing), {**fields, **other}, follow=True)
    assert "This was decided on in the meantime. Nothing was changed." in main_words(answer)


def test_a_question_typed_while_a_colleague_took_it_up_is_kept(cast: Cast, thing: Any) -> None:
    decide(cast, "second_secretary", thing, decision="take")
    refused = decide(cast, "secretary", thing, **asked_at(thing))
    assert refused.status_code == 409
    assert "take it over first." in main_words(refused)
    assert "copy what you still need. " in main_words(refused)
    page = refused.content.decode()
    assert "<blockquote>Which offices?</blockquote>" in page
    assert "</textarea>" not in page

    carried = dict(re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', page))
    over = as_person(cast.secretary).post(address(thing), {**carried, "decision": "take"})
    assert over.status_code == 200
    assert re.search(r"<textarea[^>]*>\s*Which offices\?</textarea>", over.content.decode())
    assert "<blockquote>Which offices?</blockquote>" not in over.content.decode()
    thing.refresh_from_db()
    assert thing.taken_up_by == cast.secretary.pk


@pytest.mark.parametrize("meanwhile", ["publish", "return"])
def test_a_question_typed_while_it_was_decided_is_kept(cast: Cast, thing: Any, meanwhile: str) -> None:
    stale = str(thing.version)
    fields = {name: text.replace("Which", "What") for name, text in asked_at(thing).items()}
    decide(cast, "second_secretary", thing, **(fields if meanwhile == "return" else {"decision": meanwhile}))
    for version in (stale, str(thing.version)):
        answer = decide(cast, "secretary", thing, **asked_at(thing), version=version)
        assert answer.status_code == 409
        assert "This was decided on in the meantime." in main_words(answer)
        assert "<blockquote>Which offices?</blockquote>" in answer.content.decode()


def test_a_remark_typed_while_a_colleague_took_it_up_is_kept(cast: Cast, figure: Measurement) -> None:
    decide(cast, "second_secretary", figure, decision="take")
    refused = decide(cast, "secretary", figure, decision="publish", public_reason="Counted twice.")
    assert refused.status_code == 409
    assert "<blockquote>Counted twice.</blockquote>" in refused.content.decode()


def test_what_changed_since_it_was_read_is_read_again_with_the_question_kept(cast: Cast, thing: Any) -> None:
    stale = str(thing.version)
    changed = {"reason": "Counted anew."} if isinstance(thing, Measurement) else {"obstacles": "Counted anew."}
    actions.change(thing, by=STAGE, at=NOON, **changed)
    answer = decide(cast, "secretary", thing, **asked_at(thing), version=stale)
    page = main_words(answer)
    assert answer.status_code == 409
    assert "Somebody changed this in the meantime. Read it again, then decide." in page
    assert "Counted anew." in page
    assert "Which offices?" in page
    assert f'name="version" value="{thing.version}"' in answer.content.decode()
    thing.refresh_from_db()
    assert thing.state == "sent"


def test_a_second_look_at_what_changed_is_asked_for_anew(cast: Cast, figure: Measurement) -> None:
    stale = str(figure.version)
    actions.change(figure, by=STAGE, at=NOON, reason="Ask Ana, ana@example.org.")
    answer = decide(cast, "secretary", figure, decision="publish", looked="on", version=stale)
    assert answer.status_code == 409
    assert "Look at what may be about a person, then tick the box" in main_words(answer)


def test_nobody_takes_up_what_they_sent_themselves(cast: Cast, thing: Any) -> None:
    own = {"entered_by": cast.secretary} if isinstance(thing, Measurement) else {"sent_by": cast.secretary}
    actions.change(thing, by=STAGE, at=NOON, **own)
    assert decide(cast, "secretary", thing, decision="take").status_code == 403
    assert decide(cast, "secretary", thing, decision="accept").status_code == 403
    assert "Take it up" not in main_words(as_person(cast.secretary).get(address(thing)))
    assert "Yours: somebody else decides on it" in main_words(as_person(cast.secretary).get(QUEUE))


def test_what_is_decided_is_not_taken_up(cast: Cast, thing: Any) -> None:
    decide(cast, "secretary", thing, decision="publish")
    assert decide(cast, "second_secretary", thing, decision="take").url == QUEUE
    thing.refresh_from_db()
    assert (thing.state, thing.reviewed_by) == ("published", None)


# -- two people -------------------------------------------------------------------------------------------------------


def correction(cast: Cast, entered_by: Any, **columns: Any) -> Measurement:
    counted = indicator(cast)
    wrong = Measurement.objects.get()
    return sent(counted, 42_000, cast, on=wrong.as_of, replaces=wrong, is_used=False, entered_by=entered_by, **columns)


def test_who_entered_a_correction_neither_accepts_nor_publishes_it_alone(cast: Cast) -> None:
    row = correction(cast, cast.secretary, is_on_behalf=True)
    for decision in ("accept", "publish", "return"):
        assert decide(cast, "secretary", row, **{**ASKED, "decision": decision}).status_code == 403
    assert decide(cast, "second_secretary", row, decision="accept").status_code == 302
    assert decide(cast, "secretary", row, decision="publish", public_reason="Late records.").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.entered_by, row.accepted_by) == ("published", cast.secretary, cast.second_secretary)
    assert row.replaces is not None
    assert row.replaces.state == "corrected"


def test_the_database_refuses_one_pair_of_hands(cast: Cast) -> None:
    row = correction(cast, cast.secretary, is_on_behalf=True)
    alone = {"state": "accepted", "accepted_by": cast.secretary, "accepted_at": NOON}
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.change(row, by=STAGE, at=NOON, **alone)
    both = {**alone, "accepted_by": cast.second_secretary}
    assert actions.change(row, by=STAGE, at=NOON, **both).state == "accepted"


@pytest.mark.parametrize(
    ("who", "allowed"), [("focal_colombia", True), ("deputy_colombia", True), ("focal_canada", False)]
)
def test_the_country_is_the_second_pair_of_hands(cast: Cast, who: str, allowed: bool) -> None:
    row = correction(cast, cast.secretary, is_on_behalf=True)
    answer = as_person(getattr(cast, who)).post(f"/en/workspace/figures/{row.pk}/confirm/", {"version": "1"})
    assert answer.status_code == (302 if allowed else 404)
    row.refresh_from_db()
    assert row.state == ("accepted" if allowed else "sent")


def test_a_deputy_does_not_confirm_what_a_deputy_entered(cast: Cast) -> None:
    row = correction(cast, cast.deputy_colombia)
    answer = as_person(cast.focal_colombia).post(f"/en/workspace/figures/{row.pk}/confirm/", {"version": "1"})
    assert answer.status_code == 403
    assert decide(cast, "secretary", row, decision="publish").status_code == 302


def test_the_secretariats_own_report_needs_a_second_member(cast: Cast) -> None:
    row = report(cast, is_of_secretariat=True, sent_by=cast.secretary)
    assert decide(cast, "secretary", row, decision="publish").status_code == 403
    assert decide(cast, "second_secretary", row, decision="publish").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.accepted_by) == ("published", cast.second_secretary)


# -- a second look ----------------------------------------------------------------------------------------------------


def test_what_may_be_about_a_person_is_published_after_a_second_look_only(cast: Cast) -> None:
    row = sent(indicator(cast), 50_000, cast, reason="Ask Ana, ana@example.org.")
    page = decide(cast, "secretary", row, decision="publish", public_reason="Kept as typed.")
    text = main_words(page)
    assert "There is a problem Look at what may be about a person, then tick the box" in text
    assert "an e-mail address (ana@example.org)" in text
    assert "Kept as typed." in page.content.decode()
    assert "<title>Error: " in page.content.decode()
    row.refresh_from_db()
    assert row.state == "sent"
    assert decide(cast, "secretary", row, decision="accept").status_code == 302
    assert decide(cast, "secretary", row, decision="publish").status_code == 200
    assert decide(cast, "secretary", row, decision="publish", looked="on").status_code == 302
    row.refresh_from_db()
    assert row.state == "published"


def test_the_public_remark_is_looked_at_too(cast: Cast, figure: Measurement) -> None:
    answer = decide(cast, "secretary", figure, decision="publish", public_reason="Call +57 300 123 4567")
    assert "a telephone number (+57 300 123 4567)" in main_words(answer)


def test_a_report_is_looked_at_before_it_is_published(cast: Cast) -> None:
    row = report(cast, country=cast.colombia, practice="Write to Ana: ana@example.org")
    assert decide(cast, "secretary", row, decision="publish").status_code == 200
    assert decide(cast, "secretary", row, decision="publish", looked="on").status_code == 302


def test_a_figure_that_cannot_be_given_is_not_called_due(cast: Cast) -> None:
    row = report(cast, country=cast.colombia)
    owed = record.entry(indicator(cast), row.cycle)
    actions.change(owed, by=STAGE, at=NOON, cannot_reason="not_yet", report=row)
    page = main_words(as_person(cast.secretary).get(address(row)))
    assert "The figure exists and will come later Cannot be given" in page


# -- the page of a figure ---------------------------------------------------------------------------------------------


def test_the_page_shows_what_changed_and_what_follows(cast: Cast) -> None:
    row = sent(indicator(cast), 82_400, cast, reason="More offices.")
    page = as_person(cast.secretary).get(address(row))
    text = main_words(page)
    assert "Value 41,200 people 82,400 people (+100%)" in text
    assert "Status now: Off track with this figure: On track" in text
    assert "Up 100% since the last figure" in text
    assert "82,400 (30 September 2026) is at least as good as the 68,699 expected by that date." in text
    assert 'id="review' in page.content.decode()


def test_the_page_costs_the_same_with_a_longer_past(
    cast: Cast, figure: Measurement, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = as_person(cast.secretary)
    client.get(address(figure))
    with CaptureQueriesContext(connection) as few:
        client.get(address(figure))
    for month in (3, 4, 5):
        record.measurement(figure.series.indicator, 30_000 + month, date(2026, month, 1))
    with django_assert_num_queries(len(few)):
        client.get(address(figure))


# -- a country's report -----------------------------------------------------------------------------------------------


@pytest.fixture
def whole(cast: Cast) -> ProgressReport:
    """Colombia's report on two commitments, all of it written."""
    row = report(
        cast, country=cast.colombia, sent_by=cast.focal_colombia, obstacles="No registry.", practice="Mobile offices."
    )
    for number, words in ((1, "Three offices opened."), (2, "")):
        commitment = record.commitment(f"LAD-COL-90{number}", country=cast.colombia)
        answer = "progress" if words else "unchanged"
        part = ReportPart(report=row, commitment=commitment, answer=answer, words=words)
        actions.create(part, by=STAGE, at=NOON)
    return row


def test_a_country_report_is_read_place_by_place(cast: Cast, whole: ProgressReport) -> None:
    text = main_words(as_person(cast.secretary).get(address(whole)))
    places = ["Three offices opened.", "Nothing changed", "No registry.", "Mobile offices.", "National coherence"]
    assert [place for place in places if place in text] == places
    assert sorted(places, key=text.index) == places
    assert "1 section is empty" in text


def test_several_questions_go_back_at_once_each_at_its_place(cast: Cast, whole: ProgressReport) -> None:
    part = whole.parts.get(commitment__code="LAD-COL-901")
    asked = {f"q-part-{part.pk}": "Where did they open?", "q-coherence": "Does the new law fit?"}
    answer = decide(cast, "secretary", whole, decision="return", **asked)
    assert answer.url == QUEUE
    whole.refresh_from_db()
    assert (whole.state, whole.question_due_on) == ("returned", date(2026, 12, 1))
    rows = ReportQuestion.objects.values_list("section", "part", "text", "asked_by")
    assert set(rows) == {
        ("progress", part.pk, "Where did they open?", cast.secretary.pk),
        ("coherence", None, "Does the new law fit?", cast.secretary.pk),
    }


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"decision": "return"}, "Write the question"),
        ({"decision": "return", "q-coherence": "Why?", "due_on": ""}, "Enter the date to answer by"),
        ({"decision": "return", "q-coherence": "Why?", "due_on": "soon"}, "Enter the day, month and year"),
        (
            {"decision": "return", "q-coherence": "Why?", "due_on": "2026-11-24"},
            "The date to answer by must lie ahead",
        ),
        (
            {"decision": "accept", "q-coherence": "Why?"},
            "You wrote a question here: return the report with it, or clear it",
        ),
        ({"decision": "return", "q-coherence": "x" * 1001}, "Use at most 1000 characters. There are 1001 now"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    cast: Cast, whole: ProgressReport, fields: dict[str, str], sentence: str
) -> None:
    page = decide(cast, "secretary", whole, **fields)
    assert page.status_code == 200
    assert f"There is a problem {sentence}" in main_words(page)
    assert fields.get("q-coherence", "") in page.content.decode()
    whole.refresh_from_db()
    assert whole.state == "sent"


def test_the_office_decides_how_many_days_an_answer_has(cast: Cast, whole: ProgressReport) -> None:
    settings = OfficeSettings(valid_from=NOON.date() - timedelta(days=1), answer_days=10)
    actions.create(settings, by=STAGE, at=NOON)
    assert 'value="2026-12-04"' in as_person(cast.secretary).get(address(whole)).content.decode()


def test_a_report_page_costs_the_same_with_more_parts(
    cast: Cast, whole: ProgressReport, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = as_person(cast.secretary)
    client.get(address(whole))
    with CaptureQueriesContext(connection) as few:
        client.get(address(whole))
    for number in (3, 4):
        commitment = record.commitment(f"LAD-COL-90{number}", country=cast.colombia)
        actions.create(ReportPart(report=whole, commitment=commitment), by=STAGE, at=NOON)
    with django_assert_num_queries(len(few)):
        client.get(address(whole))
