"""A change of a target on its way: proposed by the country, checked, agreed by the secretariat, shown to everybody."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.history import actions as history
from commitments.history import once
from commitments.indicators import revising
from commitments.indicators.models import Indicator, Revision, Target
from tests.cast import NOON, TODAY, Cast
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    row = record.indicator(
        record.commitment(country=cast.colombia, group=cast.labour),
        baseline=(0, date(2024, 1, 1)),
        target=(1000, date(2028, 12, 31)),
    )
    record.measurement(row, 300, date(2025, 6, 30))
    record.measurement(row, 600, date(2026, 6, 30))
    return row


def as_person(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def typed(**changes: str) -> dict[str, str]:
    return {
        "qualifier": "exact",
        "value": "3,000",
        "day": "2028-12-31",
        "precision": "year",
        "point_1_on": "2027-12-31",
        "point_1": "2,000",
        "takes_effect_on": TODAY.isoformat(),
        "reason": "The programme was enlarged.",
        "step": "check",
        "once": once.new_token(),
        **changes,
    }


def address(indicator: Indicator, subject: str = "target") -> str:
    return f"/en/workspace/indicators/{indicator.code}/revise/{subject}/"


def sent(cast: Cast, indicator: Indicator, **changes: str) -> Revision:
    answer = as_person(cast.focal_colombia).post(address(indicator), typed(step="send", **changes))
    assert answer.status_code == 302
    return Revision.objects.get(state="sent")


def test_focal_point_proposes_checks_sends_and_the_public_sees_both(cast: Cast, indicator: Indicator) -> None:
    focal, secretary = as_person(cast.focal_colombia), as_person(cast.secretary)
    page = main_words(focal.get(f"/en/workspace/commitments/{indicator.commitment.code}/indicators/"))
    assert "By when? 31 December 2028" in page
    assert "Reported how often? Not said yet" in page
    check = main_words(focal.post(address(indicator), typed()))
    assert "Target was 1,000 (31 December 2028) → now 3,000 (2028)" in check
    assert "With the figures published so far the status would change." in check
    assert "What it would say Who? Colombia How much? 3,000" in check
    assert Revision.objects.count() == 0
    revision = sent(cast, indicator)
    waiting = main_words(focal.get(f"/en/workspace/revisions/{revision.pk}/"))
    assert "Take this proposal back" in waiting
    assert "3,000" not in main_words(Client().get(f"/en/indicators/{indicator.code}/"))

    review = f"/en/workspace/review/revisions/{revision.pk}/"
    under_review = secretary.get(review)
    assert "Focal point: Colombia" in main_words(under_review)
    assert "ch-target-earlier" in under_review.content.decode()
    assert secretary.post(review, {"decision": "approve", "version": "1"}).status_code == 302
    public = Client().get(f"/en/indicators/{indicator.code}/")
    text = main_words(public)
    assert "Target was 1,000 (31 December 2028) → now 3,000 (2028)" in text
    assert "Interim targets 2,000 (31 December 2027)" in text
    assert "Proposed: Focal point: Colombia Agreed: Secretariat" in text
    assert "The programme was enlarged." in text
    drawn = public.content.decode()
    assert "The target was revised on 24 November 2026. Before, it was 1,000 (31 December 2028)." in drawn
    assert "Camila" not in drawn
    history = main_words(Client().get(f"/en/indicators/{indicator.code}/history/"))
    assert "Target was 1,000 people (31 December 2028) → now 3,000 people (2028)" in history
    assert "In force from 24 November 2026 Proposed by Focal point: Colombia" in history
    assert "Reason: The programme was enlarged." in history


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"takes_effect_on": (TODAY - timedelta(days=1)).isoformat()}, "Choose today or a later day"),
        (
            {"value": "1,000", "point_1": "", "point_1_on": "", "precision": "day"},
            "Nothing differs from what is in force",
        ),
        ({"point_1": "5,000"}, "An interim target runs against the direction"),
        ({"point_1_on": ""}, "Enter the date of this figure"),
        ({"qualifier": "range", "value_max": "2,000"}, "Enter the upper figure, not below the lower one"),
        ({"value": "many"}, "using digits only"),
        ({"reason": ""}, "Say why; the reason is public"),
        ({"source_url": "https://decree.example"}, "Say which document the link leads to"),
        ({"day": "2023-01-01"}, "The target date must lie after the date of the starting value"),
        ({"day": "2028-13-45"}, "Enter the day, month and year"),
    ],
)
def test_bad_input_is_named_and_kept(cast: Cast, indicator: Indicator, changes: dict[str, str], words: str) -> None:
    answer = as_person(cast.focal_colombia).post(address(indicator), typed(**changes))
    assert answer.status_code == 200
    text = main_words(answer)
    assert words in text
    assert "There is a problem" in text
    assert f'value="{changes.get("value", "3,000")}"' in answer.content.decode()
    assert Revision.objects.count() == 0


def test_what_is_wrong_is_named_in_the_order_of_the_page(cast: Cast, indicator: Indicator) -> None:
    text = main_words(as_person(cast.focal_colombia).post(address(indicator), typed(value="many", reason="")))
    assert text.index("using digits only") < text.index("Say why; the reason is public")


def test_what_is_typed_comes_back_from_the_check_page(cast: Cast, indicator: Indicator) -> None:
    page = as_person(cast.focal_colombia).post(address(indicator), typed(step="back")).content.decode()
    assert 'value="3,000"' in page
    assert "There is a problem" not in page


def test_second_post_of_one_form_makes_no_second_proposal(cast: Cast, indicator: Indicator) -> None:
    focal, fields = as_person(cast.focal_colombia), typed(step="send", once="a" * 24)
    first, second = (focal.post(address(indicator), fields) for _ in range(2))
    assert (first.url, Revision.objects.count()) == (second.url, 1)
    third = focal.post(address(indicator), typed(step="send"))
    assert "A proposed change of this waits already" in main_words(third)


def test_question_answer_and_taking_back(cast: Cast, indicator: Indicator) -> None:
    focal, secretary, revision = as_person(cast.focal_colombia), as_person(cast.secretary), sent(cast, indicator)
    review, mine = f"/en/workspace/review/revisions/{revision.pk}/", f"/en/workspace/revisions/{revision.pk}/"
    assert "Write the question" in main_words(secretary.post(review, {"decision": "return"}, follow=True))
    secretary.post(review, {"decision": "return", "question": "Who pays?", "version": "1"})
    assert "Who pays?" in main_words(focal.get(mine))
    assert "Who pays?" in main_words(focal.get("/en/workspace/"))
    assert "Answer the question" in main_words(focal.post(mine, typed()))
    answer = focal.post(mine, typed(answer="The State.", version="2", step="send", value="2,500"))
    assert answer.status_code == 302
    assert "Answer: The State." in main_words(secretary.get(review))
    assert focal.post(mine, {"step": "withdraw", "version": "3"}).status_code == 302
    assert Revision.objects.count() == 0
    assert secretary.get(review).status_code == 404


@pytest.mark.parametrize(
    ("by", "may"),
    [
        ("focal_colombia", ["focal_colombia", "deputy_colombia"]),
        ("deputy_colombia", ["focal_colombia", "deputy_colombia"]),
        ("lead_labour", ["lead_labour"]),
        ("secretary", ["secretary", "second_secretary"]),
    ],
)
def test_a_proposal_is_taken_back_by_the_post_that_made_it(
    cast: Cast, indicator: Indicator, by: str, may: list[str]
) -> None:
    for who in ("focal_colombia", "deputy_colombia", "lead_labour", "secretary", "second_secretary"):
        as_person(getattr(cast, by)).post(address(indicator), typed(step="send"))
        revision = Revision.objects.get()
        page, person = f"/en/workspace/revisions/{revision.pk}/", as_person(getattr(cast, who))
        assert ("Take this proposal back" in main_words(person.get(page))) is (who in may), who
        answer = person.post(page, {"step": "withdraw", "version": "1"})
        assert (answer.status_code, Revision.objects.count()) == ((302, 0) if who in may else (403, 1)), who
        if who not in may:
            revising.withdraw_revision(revision=revision, by=cast.actor(getattr(cast, by)), at=NOON)


def test_a_returned_proposal_too_is_taken_back_by_its_post_alone(cast: Cast, indicator: Indicator) -> None:
    revision = sent(cast, indicator)
    revising.return_revision(revision=revision, question="Why?", by=cast.actor(cast.secretary), at=NOON)
    page = f"/en/workspace/revisions/{revision.pk}/"
    assert "Take this proposal back" in main_words(as_person(cast.deputy_colombia).get(page))
    for who in (cast.secretary, cast.lead_labour):
        assert "Take this proposal back" not in main_words(as_person(who).get(page))
        assert as_person(who).post(page, {"step": "withdraw", "version": "2"}).status_code == 403
    assert as_person(cast.deputy_colombia).post(page, {"step": "withdraw", "version": "2"}).status_code == 302


def test_a_question_too_long_or_overtaken_is_named_and_kept(cast: Cast, indicator: Indicator) -> None:
    secretary, revision = as_person(cast.secretary), sent(cast, indicator)
    review, long = f"/en/workspace/review/revisions/{revision.pk}/", "Who pays? " * 100 + "End."
    page = main_words(secretary.post(review, {"decision": "return", "question": long, "version": "1"}))
    assert "Use at most 1000 characters. There are 1004 now" in page
    assert page.endswith("Who pays? End. Return with a question")
    for decision, question in (("return", "Who pays?"), ("approve", "")):
        clash = secretary.post(review, {"decision": decision, "question": question, "version": "9"})
        assert clash.status_code == 409
        assert "This was decided on in the meantime. Nothing was changed." in clash.content.decode()
        assert f"Or ask a question {question}" in main_words(clash)
    revising.approve_revision(revision=revision, by=cast.actor(cast.second_secretary), at=NOON)
    late = secretary.post(review, {"decision": "return", "question": "Who <b>pays</b>?", "version": "1"})
    assert (late.status_code, Revision.objects.get().state) == (409, "published")
    assert "Your question</b></p><blockquote>Who &lt;b&gt;pays&lt;/b&gt;?" in late.content.decode()


def test_secretary_never_decides_on_the_own_proposal(cast: Cast, indicator: Indicator) -> None:
    secretary = as_person(cast.secretary)
    secretary.post(address(indicator), typed(step="send"))
    review = f"/en/workspace/review/revisions/{Revision.objects.get().pk}/"
    assert "You proposed this yourself" in main_words(secretary.get(review))
    for decision in ("approve", "return"):
        assert secretary.post(review, {"decision": decision, "question": "?", "version": "1"}).status_code == 403
    assert as_person(cast.second_secretary).post(review, {"decision": "approve", "version": "1"}).status_code == 302
    assert Target.objects.count() == 2


LATER = date(2027, 1, 1)
#: What befell a proposed target, by the words that then say why it cannot come into force.
SPOILT: dict[str, dict[str, Any]] = {
    "What is in force says the same by now": {
        "value": 1000,
        "date": date(2028, 12, 31),
        "date_precision": "day",
        "waypoints": [],
    },
    "An interim target no longer fits": {"waypoints": [{"date": "2027-12-31", "value": "9000"}]},
    "The target date no longer lies after": {"date": date(2023, 1, 1)},
    "The figure is missing": {"value": None},
    "The date of the starting value is missing": {"subject": "baseline", "date": None},
}


def _refused(cast: Cast, revision: Revision) -> str:
    """The page that somebody reads who agrees to it nevertheless; nothing is in force by it."""
    review, before = f"/en/workspace/review/revisions/{revision.pk}/", Target.objects.count()
    fields = {"decision": "approve", "version": str(revision.version)}
    answer = as_person(cast.secretary).post(review, fields)
    assert (answer.status_code, Target.objects.count()) == (409, before)
    return main_words(answer)


@pytest.mark.parametrize("words", SPOILT)
def test_what_fits_no_more_says_so_and_has_no_button(cast: Cast, indicator: Indicator, words: str) -> None:
    spoilt = {"takes_effect_on": TODAY - timedelta(days=1), **SPOILT[words]}
    revision = history.change(sent(cast, indicator), by=cast.actor(cast.secretary), at=NOON, **spoilt)
    page = main_words(as_person(cast.secretary).get(f"/en/workspace/review/revisions/{revision.pk}/"))
    assert words in page
    assert "Agree and publish" not in page
    assert "Agreed today, it holds from today" not in page
    assert "Return with a question" in page
    assert _refused(cast, revision).count(words) == 2


def test_what_was_closed_hidden_or_agreed_for_later_meanwhile_says_so(cast: Cast, indicator: Indicator) -> None:
    who: dict[str, Any] = {"by": cast.actor(cast.secretary), "at": NOON}
    later = sent(cast, indicator, takes_effect_on=LATER.isoformat())
    revising.approve_revision(revision=later, **who)
    revision = sent(cast, indicator, value="4,000")
    assert "A change from a later day is agreed already" in _refused(cast, revision)
    history.change(indicator, state="accepted", **who)
    assert "Only a published indicator is revised" in _refused(cast, revision)
    history.change(indicator, state="published", **who)
    assert indicator.commitment is not None
    history.change(indicator.commitment, life_cycle="ended", **who)
    assert "The commitment was suspended or ended" in _refused(cast, revision)


def test_proposal_made_meanwhile_is_not_approved_unread(cast: Cast, indicator: Indicator) -> None:
    revision = sent(cast, indicator)
    review = f"/en/workspace/review/revisions/{revision.pk}/"
    page = as_person(cast.secretary).post(review, {"decision": "approve", "version": "9"}, follow=True)
    assert "This was decided on in the meantime" in main_words(page)
    assert Target.objects.count() == 1


def test_definition_in_spanish_leaves_the_english_alone(cast: Cast, indicator: Indicator) -> None:
    focal, url = as_person(cast.focal_colombia), address(indicator, "definition").replace("/en/", "/es/")
    fields = {
        "title": "Familias atendidas",
        "unit": "familias",
        "counting": "cumulative",
        "direction": "increase",
        "cadence": "quarterly",
        "reason": "Se cuentan familias.",
    }
    assert "Falta decir" not in main_words(focal.post(url, {**fields, "step": "check"}))
    assert focal.post(url, {**fields, "step": "send", "once": once.new_token()}).status_code == 302
    review = f"/en/workspace/review/revisions/{Revision.objects.get().pk}/"
    as_person(cast.secretary).post(review, {"decision": "approve", "version": "1"})
    indicator.refresh_from_db()
    assert (indicator.title_en, indicator.title_es, indicator.cadence) == (
        "People counted 1",
        "Familias atendidas",
        "quarterly",
    )


def test_a_definition_is_changed_without_its_texts_in_another_language(cast: Cast, indicator: Indicator) -> None:
    focal, url = as_person(cast.focal_colombia), address(indicator, "definition").replace("/en/", "/es/")
    fields = {"title": "", "unit": "", "counting": "stock", "direction": "increase", "reason": "Se cuentan al final."}
    assert focal.post(url, {**fields, "step": "send", "once": once.new_token()}).status_code == 302
    assert Revision.objects.get().columns == {"counting": {"was": "cumulative", "now": "stock"}}


def test_live_line_says_what_would_follow(cast: Cast, indicator: Indicator) -> None:
    preview = address(indicator) + "preview/"
    text = as_person(cast.focal_colombia).post(preview, {"value": "700", "day": "2028-12-31"}).content.decode()
    assert "On track" in text
    assert "Not said yet" in text
    assert as_person(cast.focal_canada).post(preview, {}).status_code == 403


def test_indicator_page_costs_the_same_with_more_revisions(cast: Cast, indicator: Indicator) -> None:
    public = Client()

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            public.get(f"/en/indicators/{indicator.code}/")
            public.get(f"/en/indicators/{indicator.code}/history/")
        return len(asked)

    counts = []
    for value in ("2,500", "2,600", "2,700"):
        revision = sent(cast, indicator, value=value)
        as_person(cast.secretary).post(
            f"/en/workspace/review/revisions/{revision.pk}/", {"decision": "approve", "version": "1"}
        )
        counts.append(cost())
    assert counts[0] == counts[1] == counts[2]


DEFINITION = {
    "title": "People served",
    "unit": "people",
    "counting": "cumulative",
    "direction": "increase",
    "definition": "Counted by ana@example.org.",
    "reason": "To be clear.",
    "step": "send",
}


@pytest.mark.parametrize(
    ("subject", "fields"),
    [("target", typed(reason="Ask ana@example.org.", step="send")), ("definition", DEFINITION)],
    ids=["reason", "definition"],
)
def test_words_that_may_be_about_a_person_are_looked_at_first(
    cast: Cast, indicator: Indicator, subject: str, fields: dict[str, str]
) -> None:
    focal, url = as_person(cast.focal_colombia), address(indicator, subject)
    page = main_words(focal.post(url, {**fields, "once": once.new_token()}))
    assert "This text may be about a person an e-mail address (ana@example.org)" in page
    assert Revision.objects.count() == 0
    assert focal.post(url, {**fields, "once": once.new_token(), "looked": "on"}).status_code == 302
    assert Revision.objects.count() == 1


def test_the_reason_of_an_agreed_change_says_its_language_to_readers_of_another(
    cast: Cast, indicator: Indicator
) -> None:
    focal, secretary = as_person(cast.focal_colombia), as_person(cast.secretary)
    spanish = address(indicator).replace("/en/", "/es/")
    fields = typed(step="send", value="3000", point_1="2000", reason="El programa se amplió.")
    assert focal.post(spanish, fields).status_code == 302
    row = Revision.objects.get()
    under_review = secretary.get(f"/en/workspace/review/revisions/{row.pk}/").content.decode()
    assert (
        '<span lang="es-419">El programa se amplió.</span> <span class="language-label">(Spanish)</span>'
        in under_review
    )
    assert "(inglés)" not in main_words(focal.get(f"/es/workspace/revisions/{row.pk}/")).split("Por qué")[1][:60]
    secretary.post(
        f"/en/workspace/review/revisions/{row.pk}/", {"decision": "return", "question": "Why?", "version": "1"}
    )
    again = {**fields, "answer": "Por ley.", "reason": "The law was changed.", "version": "2"}
    assert focal.post(f"/en/workspace/revisions/{row.pk}/", {**again, "value": "3,000"}).status_code == 302
    secretary.post(f"/en/workspace/review/revisions/{row.pk}/", {"decision": "approve", "version": "3"})
    assert "The law was changed. (inglés)" in main_words(Client().get(f"/es/indicators/{indicator.code}/"))

    more = typed(step="send", value="4000", point_1="2000", reason="El programa\nse amplió.")
    assert focal.post(spanish, more).status_code == 302
    row = Revision.objects.get(state="sent")
    secretary.post(f"/en/workspace/review/revisions/{row.pk}/", {"decision": "approve", "version": "1"})
    for place in (f"indicators/{indicator.code}/", f"indicators/{indicator.code}/history/"):
        assert "El programa se amplió. (Spanish)" in main_words(Client().get(f"/en/{place}")), place
        own = main_words(Client().get(f"/es/{place}"))
        assert "El programa se amplió." in own, place
        assert "El programa se amplió. (inglés)" not in own, place


@pytest.mark.parametrize(
    ("cadence", "words"), [("quarterly", "Frecuencia cada tres meses"), ("now and then", "Frecuencia now and then")]
)
def test_a_frequency_is_told_in_the_language_of_the_page(
    cast: Cast, indicator: Indicator, cadence: str, words: str
) -> None:
    history.change(indicator, by=cast.actor(cast.secretary), at=NOON, cadence=cadence)
    assert words in main_words(Client().get(f"/es/indicators/{indicator.code}/"))
