"""A lead records a commitment; a focal point proposes an indicator; the secretariat publishes both."""

import re
from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.history.once import new_token
from commitments.indicators.models import Indicator
from commitments.indicators.proposals import publish_indicator
from commitments.register.models import Commitment
from tests.cast import NOON, Cast
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def as_person(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def typed(cast: Cast, **changes: str) -> dict[str, Any]:
    return {
        "title": "Open a seasonal programme",
        "summary": "Mexico said it would open one.",
        "group": str(cast.labour.pk),
        "maker": "COL",
        "parties": ["CAN"],
        "kind": "national",
        "made_on": "2026-11-01",
        "due_on": "2027-06-30",
        "horizon": "short",
        "source_title": "Joint statement",
        "source_url": "https://statement.example/1",
        "once": new_token(),
        **changes,
    }


INDICATOR = {
    "indicator-title": "Workers admitted",
    "indicator-unit": "people",
    "indicator-counting": "cumulative",
    "indicator-direction": "increase",
    "indicator-baseline": "0",
    "indicator-baseline_on": "2026-11-01",
    "indicator-target": "5,000",
    "indicator-target_on": "2027-06-30",
}


def test_lead_records_a_commitment_and_the_secretariat_publishes_it(cast: Cast) -> None:
    lead, secretary = as_person(cast.lead_labour), as_person(cast.secretary)
    answer = lead.post("/en/workspace/commitments/new/", {**typed(cast), **INDICATOR})
    assert answer.url == "/en/workspace/commitments/LAD-COL-001/edit/"
    draft = Commitment.objects.get(code="LAD-COL-001")
    assert (draft.life_cycle, draft.title_en, draft.title_es) == ("draft", "Open a seasonal programme", None)
    assert [party.country for party in draft.parties.all()] == [cast.canada]
    assert draft.source_links.get().source.title == "Joint statement"
    assert Client().get("/en/commitments/LAD-COL-001/").status_code == 404
    assert "Draft commitment" in secretary.get("/en/workspace/review/").content.decode()

    publish = {"decision": "publish", "version": str(draft.version)}
    assert lead.post("/en/workspace/commitments/LAD-COL-001/edit/", publish).status_code == 403
    assert secretary.post("/en/workspace/commitments/LAD-COL-001/edit/", publish).status_code == 302
    page = Client().get("/en/commitments/LAD-COL-001/").content.decode()
    assert "Open a seasonal programme" in page
    assert "Workers admitted" in page


def test_who_proposed_an_indicator_never_publishes_it_with_the_draft(cast: Cast) -> None:
    first, second = as_person(cast.secretary), as_person(cast.second_secretary)
    edit = first.post("/en/workspace/commitments/new/", {**typed(cast), **INDICATOR}).url
    words = "You proposed an indicator of it yourself (LAD-COL-001-I1): another member of the secretariat publishes it."
    page = first.get(edit).content.decode()
    assert words in page
    assert "Publish this commitment" not in page
    publish = {"decision": "publish", "version": "1"}
    assert words in first.post(edit, publish, follow=True).content.decode()
    assert (Commitment.objects.get().life_cycle, Indicator.objects.get().state) == ("draft", "sent")
    assert "Publish this commitment" in second.get(edit).content.decode()
    second.post(edit, publish)
    assert (Commitment.objects.get().life_cycle, Indicator.objects.get().state) == ("active", "published")


def test_who_recorded_a_commitment_alone_publishes_it(cast: Cast) -> None:
    secretary = as_person(cast.secretary)
    edit = secretary.post("/en/workspace/commitments/new/", typed(cast)).url
    secretary.post(edit, {"decision": "publish", "version": "1"})
    assert Commitment.objects.get().life_cycle == "active"


@pytest.mark.parametrize(
    ("name", "box"), [("summary", "looked"), ("source_title", "looked"), ("indicator-definition", "indicator-looked")]
)
def test_words_that_may_be_about_a_person_are_looked_at_first(cast: Cast, name: str, box: str) -> None:
    lead, url = as_person(cast.lead_labour), "/en/workspace/commitments/new/"
    fields = {**typed(cast), **INDICATOR, name: "Written by ana@example.org."}
    page = lead.post(url, fields).content.decode()
    assert "an e-mail address (ana@example.org)" in page
    assert f'name="{box}"' in page
    assert page.count("Look at what may be about a person, then tick the box<") == 2, "in the summary and at the box"
    assert Commitment.objects.count() == 0
    assert lead.post(url, {**fields, box: "on"}).status_code == 302
    assert Commitment.objects.count() == 1


def test_a_changed_title_and_its_reason_are_looked_at_first(cast: Cast) -> None:
    commitment, secretary = record.commitment(country=cast.colombia), as_person(cast.secretary)
    url = f"/en/workspace/commitments/{commitment.code}/edit/"
    assert 'name="looked"' not in secretary.get(url).content.decode()
    fields = {"title": "Ask ana@example.org", "summary": "A summary.", "kind": "national", "made_on": "2024-01-01"}
    fields |= {"version": "1", "public_reason": "Asked by bob@example.org."}
    page = secretary.post(url, fields).content.decode()
    assert "(ana@example.org)" in page
    assert "(bob@example.org)" in page
    assert secretary.post(url, {**fields, "looked": "on"}).status_code == 302
    commitment.refresh_from_db()
    assert commitment.title_en == "Ask ana@example.org"


def test_codes_count_on_and_are_never_reused(cast: Cast) -> None:
    record.commitment("LAD-COL-007", country=cast.colombia)
    lead = as_person(cast.lead_labour)
    assert lead.post("/en/workspace/commitments/new/", typed(cast)).url.endswith("/LAD-COL-008/edit/")


def test_missing_answers_are_named_and_nothing_is_lost(cast: Cast) -> None:
    page = as_person(cast.lead_labour).post(
        "/en/workspace/commitments/new/", {**typed(cast, title="", maker="", made_on="31/31/2026"), **INDICATOR}
    )
    text = page.content.decode()
    assert page.status_code == 200
    for sentence in ("Enter a title", "Choose who made the commitment", "There is a problem", "Workers admitted"):
        assert sentence in text
    assert Commitment.objects.count() == 0


def test_saving_unchanged_in_portuguese_stores_no_english_as_portuguese(cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    before = commitment.history.count()
    secretary = as_person(cast.secretary)
    url = f"/pt/workspace/commitments/{commitment.code}/edit/"
    page = secretary.get(url).content.decode()
    assert f'name="title" value="{commitment.title_en}"' not in page
    fields = {"title": "", "summary": "", "kind": "national", "made_on": "2024-01-01", "version": "1"}
    assert secretary.post(url, {**fields, "public_reason": "x"}).status_code == 302
    commitment.refresh_from_db()
    assert (commitment.title_pt, commitment.history.count()) == (None, before)


def test_a_day_is_changed_in_a_language_that_has_no_text_of_it(cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    secretary, url = as_person(cast.secretary), f"/pt/workspace/commitments/{commitment.code}/edit/"
    page = main_words(secretary.get(url))
    kept = "Se ficar vazio, o que consta no registro em outro idioma fica como está."
    assert page.count(f"No idioma desta página: português. {kept}") == 2
    fields = {"title": "", "summary": "", "kind": "national", "made_on": "2024-01-01", "due_on": "2027-03-31"}
    answer = secretary.post(url, {**fields, "version": "1", "public_reason": "A data do decreto."})
    assert answer.status_code == 302
    commitment.refresh_from_db()
    assert (str(commitment.due_on), commitment.title_pt, commitment.summary_pt) == ("2027-03-31", None, None)
    assert commitment.title_en == f"Commitment {commitment.code}"
    emptied = secretary.post(url.replace("/pt/", "/en/"), {**fields, "version": "2", "public_reason": "None."})
    assert "Enter a title" in main_words(emptied), "the original is never taken away"


def test_a_new_commitment_names_the_language_of_its_texts(cast: Cast) -> None:
    secretary = as_person(cast.secretary)
    page = main_words(secretary.get("/pt/workspace/commitments/new/"))
    assert page.count("No idioma desta página: português.") == 5
    assert "Se ficar vazio, o que consta" not in page
    refused = secretary.post("/en/workspace/commitments/new/", typed(cast, title="", summary=""))
    for words in ("Enter a title", "Write a summary"):
        assert words in main_words(refused)


def test_unchanged_form_writes_no_history(cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    fields = {
        "title": commitment.title_en,
        "summary": commitment.summary_en,
        "kind": "national",
        "made_on": "2024-01-01",
        "version": "1",
        "public_reason": "Nothing really.",
    }
    answer = as_person(cast.secretary).post(f"/en/workspace/commitments/{commitment.code}/edit/", fields)
    assert answer.status_code == 302
    commitment.refresh_from_db()
    assert (commitment.version, commitment.history.count()) == (1, 1)


def test_second_editor_of_a_commitment_sees_both(cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    url = f"/en/workspace/commitments/{commitment.code}/edit/"
    fields = {"summary": "A summary.", "kind": "national", "made_on": "2024-01-01", "public_reason": "Typing slip."}
    first, second = as_person(cast.secretary), as_person(cast.second_secretary)
    assert first.post(url, {**fields, "title": "One title", "version": "1"}).status_code == 302
    clash = second.post(url, {**fields, "title": "Another title", "version": "1"})
    assert clash.status_code == 409
    for words in ("One title", "Another title", commitment.title_en, cast.secretary.name):
        assert words in clash.content.decode()
    assert second.post(url, {**fields, "title": "Another title", "version": "2"}).status_code == 302
    commitment.refresh_from_db()
    assert (commitment.title_en, commitment.version) == ("Another title", 3)


def test_what_the_second_editor_left_alone_stays_as_the_first_wrote_it(cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia, title_en="A title", summary_en="Two\nlines.")
    url = f"/en/workspace/commitments/{commitment.code}/edit/"
    read = {"title": "A title", "summary": "Two\r\nlines.", "kind": "national", "made_on": "2024-01-01", "version": "1"}
    first, second = as_person(cast.secretary), as_person(cast.second_secretary)
    wrote = {**read, "title": "One title", "summary": "Three lines.", "public_reason": "Typing slip."}
    assert first.post(url, wrote).status_code == 302
    clash = second.post(url, {**read, "made_at": "Bogotá", "public_reason": "The place."})
    assert clash.status_code == 409
    page = clash.content.decode()
    assert page.count("You did not change it") == 2
    assert page.count("As you typed it") == 1
    sent_on = dict(re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', page))
    assert second.post(url, {**sent_on, "version": "2"}).status_code == 302
    commitment.refresh_from_db()
    assert (commitment.title_en, commitment.summary_en, commitment.made_at) == ("One title", "Three lines.", "Bogotá")


def test_focal_point_proposes_an_indicator_where_there_is_none(cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    focal, secretary = as_person(cast.focal_colombia), as_person(cast.secretary)
    assert "Propose an indicator" in focal.get("/en/workspace/commitments/").content.decode()
    fields = {name.removeprefix("indicator-"): value for name, value in INDICATOR.items()}
    new = {**fields, "once": new_token()}
    assert focal.post(f"/en/workspace/commitments/{commitment.code}/indicators/new/", new).status_code == 302
    proposed = Indicator.objects.get()
    assert (proposed.code, proposed.state, proposed.proposed_by) == (
        f"{commitment.code}-I1",
        "sent",
        cast.focal_colombia,
    )
    assert Client().get(f"/en/indicators/{proposed.code}/").status_code == 404
    review = f"/en/workspace/review/indicators/{proposed.code}/"
    page = main_words(secretary.get(review))
    assert "5,000" in page
    assert "Measured how? Not said yet" in page, "a title says what is measured, not how"
    secretary.post(review, {"decision": "return", "question": "Which workers?", "version": "1"})
    assert "Which workers?" in focal.get("/en/workspace/").content.decode()
    again = f"/en/workspace/indicators/{proposed.code}/propose/"
    assert focal.post(again, {**fields, "title": "Seasonal workers admitted", "version": "2"}).status_code == 302
    secretary.post(review, {"decision": "publish", "version": "3"})
    proposed.refresh_from_db()
    assert (proposed.state, proposed.title_en) == ("published", "Seasonal workers admitted")
    assert Client().get(f"/en/indicators/{proposed.code}/").status_code == 200


def test_who_decides_on_a_proposal_sees_all_that_would_be_published(cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    fields = {name.removeprefix("indicator-"): value for name, value in INDICATOR.items()}
    more = {"definition": "Seasonal permits too.", "cadence": "yearly", "horizon": "long", "target": "5000"}
    new = {**fields, **more, "once": new_token()}
    as_person(cast.focal_colombia).post(f"/es/workspace/commitments/{commitment.code}/indicators/new/", new)
    page = as_person(cast.secretary).get(f"/en/workspace/review/indicators/{commitment.code}-I1/")
    words = main_words(page)
    assert f"Proposed: {cast.focal_colombia}" in words
    assert "What to count Seasonal permits too. (Spanish)" in words
    assert "Way of counting Running total since the start Direction More is better" in words
    assert "Frequency every year Horizon Long term" in words
    assert "By when? 30 June 2027 Measured how? Seasonal permits too." in words


def test_a_question_too_long_or_overtaken_is_named_and_kept(cast: Cast) -> None:
    indicator = record.indicator(record.commitment(country=cast.colombia), state="sent")
    secretary, review = as_person(cast.secretary), f"/en/workspace/review/indicators/{indicator.code}/"
    ask = {"decision": "return", "question": "Which workers? " * 100 + "End.", "version": "1"}
    page = secretary.post(review, ask).content.decode()
    assert "Use at most 1000 characters. There are 1504 now" in page
    assert "Which workers? End.</textarea>" in page
    clash = secretary.post(review, {**ask, "question": "Which workers?", "version": "9"})
    assert clash.status_code == 409
    assert "Which workers?</textarea>" in clash.content.decode()
    publish_indicator(indicator=indicator, by=cast.actor(cast.second_secretary), at=NOON)
    late = secretary.post(review, {**ask, "question": "Which workers?"}).content.decode()
    assert "<blockquote>Which workers?</blockquote>" in late
    assert "This was decided on in the meantime. Nothing was changed." in late


@pytest.mark.parametrize("who", ["reader", "outsider", "administrator", "focal_canada"])
def test_nobody_else_records_or_proposes(cast: Cast, who: str) -> None:
    commitment = record.commitment(country=cast.colombia)
    client = as_person(getattr(cast, who))
    assert client.get(f"/en/workspace/commitments/{commitment.code}/edit/").status_code == 403
    assert client.get(f"/en/workspace/commitments/{commitment.code}/indicators/new/").status_code == 403


def test_records_page_costs_the_same_with_more_rows(cast: Cast, django_assert_num_queries: Any) -> None:
    client = as_person(cast.secretary)
    record.commitment("LAD-COL-901", country=cast.colombia)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get("/en/workspace/commitments/")
    with CaptureQueriesContext(connection) as few:
        client.get("/en/workspace/commitments/")
    record.commitment("LAD-COL-902", country=cast.colombia)
    record.commitment("LAD-COL-903", country=cast.colombia)
    with django_assert_num_queries(len(few)):
        client.get("/en/workspace/commitments/")


def test_the_editor_names_the_language_of_what_is_on_record(cast: Cast) -> None:
    code = record.commitment(country=cast.colombia).code
    client = Client()
    client.force_login(cast.secretary)
    page = main_words(client.get(f"/es/workspace/commitments/{code}/edit/"))
    assert f"En el registro, en otro idioma: Commitment {code} (inglés)" in page
    assert "On record in another language" not in main_words(client.get(f"/en/workspace/commitments/{code}/edit/"))


def test_two_versions_of_a_title_name_its_language(cast: Cast) -> None:
    code = record.commitment(country=cast.colombia).code
    client, at = Client(), f"workspace/commitments/{code}/edit/"
    client.force_login(cast.secretary)
    for language, label in (("es", "Título (español)"), ("en", "Title (English)")):
        page = client.get(f"/{language}/{at}")
        typed = {name: value for name, value in page.context["form"].initial.items() if value is not None}
        typed |= {"title": "One", "summary": "Words.", "public_reason": "A slip.", "version": "1"}
        client.post(f"/{language}/{at}", {**typed, "title": f"First {language}", "version": page.context["version"]})
        clash = client.post(f"/{language}/{at}", typed)
        assert clash.status_code == 409
        assert label in main_words(clash)
