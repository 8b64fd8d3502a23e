"""What people do by accident: send a form twice, type a wrong year, publish what is closed, work late."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.history import actions as history
from commitments.history.once import new_token
from commitments.indicators.models import Indicator
from commitments.mechanisms.models import OfficeSettings
from commitments.meetings.models import Meeting
from commitments.register.models import Commitment
from tests.cast import NOON, STAGE, Cast
from tests.commitments.workspace.test_records import INDICATOR, as_person, typed
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db

PROPOSAL = {name.removeprefix("indicator-"): value for name, value in INDICATOR.items()}


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def hidden(page: Any, name: str) -> str:
    """The value of a hidden field of a page."""
    found = re.search(rf'name="{name}" value="([^"]+)"', page.content.decode())
    assert found is not None
    return found[1]


def meeting(cast: Cast, **changes: str) -> dict[str, str]:
    fields = {"title": "Third meeting", "group": str(cast.labour.pk), "day": "2026-12-10", "time": "10:00"}
    return {**fields, "zone": "America/Bogota", "place": "online", **changes}


def proposed(client: Client, commitment: Commitment) -> Indicator:
    client.post(f"/en/workspace/commitments/{commitment.code}/indicators/new/", {**PROPOSAL, "once": new_token()})
    return Indicator.objects.get(commitment=commitment)


def returned(cast: Cast, client: Client, commitment: Commitment) -> Indicator:
    indicator = proposed(client, commitment)
    answer = {"decision": "return", "question": "Which workers?", "version": "1"}
    as_person(cast.secretary).post(f"/en/workspace/review/indicators/{indicator.code}/", answer)
    indicator.refresh_from_db()
    assert indicator.state == "returned"
    return indicator


def ends(indicator: Indicator) -> list[tuple[Any, ...]]:
    series = indicator.series.get()
    rows = [*series.baselines.all(), *series.targets.all()]
    return [(row.pk, row.value, row.date, row.version) for row in rows]


def test_answered_proposal_keeps_its_starting_value_and_target(cast: Cast) -> None:
    focal = as_person(cast.focal_colombia)
    indicator = returned(cast, focal, record.commitment(country=cast.colombia))
    before = ends(indicator)
    assert len(before) == 2
    url = f"/en/workspace/indicators/{indicator.code}/propose/"
    page = focal.get(url).content.decode()
    shown = {
        name: re.search(rf'name="{name}" value="([^"]*)"', page) for name in PROPOSAL if "_on" in name or "e" in name
    }
    fields = {name: found[1] for name, found in shown.items() if found}
    assert (fields["target"], fields["target_on"], fields["baseline"], fields["baseline_on"]) == (
        "5000",
        "2027-06-30",
        "0",
        "2026-11-01",
    )
    answer = {**PROPOSAL, **fields, "title": "Seasonal workers", "counting": "cumulative", "direction": "increase"}
    assert focal.post(url, {**answer, "version": "2"}).status_code == 302
    assert ends(indicator) == before, "rows that did not change are neither replaced nor versioned"
    indicator.refresh_from_db()
    assert (indicator.state, indicator.title_en) == ("sent", "Seasonal workers")


def test_what_is_on_record_in_another_language_is_not_asked_for_again(cast: Cast) -> None:
    focal, lead = as_person(cast.focal_colombia), as_person(cast.lead_labour)
    indicator = returned(cast, focal, record.commitment(country=cast.colombia))
    url = f"/pt/workspace/indicators/{indicator.code}/propose/"
    answer = {**PROPOSAL, "title": "", "unit": "", "counting": "stock", "version": str(indicator.version)}
    assert focal.post(url, answer | {"baseline": "0", "target": "5000"}).status_code == 302
    indicator.refresh_from_db()
    assert (indicator.state, indicator.counting, indicator.title_pt, indicator.unit_pt) == ("sent", "stock", None, None)
    assert (indicator.title_en, indicator.unit_en) == ("Workers admitted", "people")

    lead.post("/en/workspace/meetings/new/", {**meeting(cast), "once": new_token()})
    row = Meeting.objects.get()
    moved = meeting(cast, title="", day="2026-12-17", public_reason="A sala.", version="1")
    assert lead.post(f"/pt/workspace/meetings/{row.slug}/edit/", moved).status_code == 302
    row.refresh_from_db()
    assert (str(row.start), row.title_en, row.title_pt) == ("2026-12-17", "Third meeting", None)


def test_answered_proposal_moves_its_target_in_place(cast: Cast) -> None:
    focal = as_person(cast.focal_colombia)
    indicator = returned(cast, focal, record.commitment(country=cast.colombia))
    (_, _, _, _), (key, *_) = ends(indicator)
    fields = {**PROPOSAL, "target": "6000", "version": "2"}
    focal.post(f"/en/workspace/indicators/{indicator.code}/propose/", fields)
    assert ends(indicator)[1] == (key, 6000, date(2027, 6, 30), 2)


def test_answer_to_another_version_shows_both(cast: Cast) -> None:
    focal = as_person(cast.focal_colombia)
    indicator = returned(cast, focal, record.commitment(country=cast.colombia))
    history.change(indicator, by=STAGE, at=NOON, title_en="Corrected title")
    url = f"/en/workspace/indicators/{indicator.code}/propose/"
    clash = focal.post(url, {**PROPOSAL, "title": "Typed title", "version": "2"})
    assert clash.status_code == 409
    for words in ("Corrected title", "Typed title"):
        assert words in clash.content.decode()
    assert hidden(focal.get(url), "version") == "3"


def test_answer_to_another_version_shows_the_starting_value_and_target_too(cast: Cast) -> None:
    focal, deputy, secretary = (as_person(who) for who in (cast.focal_colombia, cast.deputy_colombia, cast.secretary))
    indicator = returned(cast, focal, record.commitment(country=cast.colombia))
    url = f"/en/workspace/indicators/{indicator.code}/propose/"
    review = f"/en/workspace/review/indicators/{indicator.code}/"
    with time_machine.travel(NOON + timedelta(minutes=5), tick=False):
        deputy.post(url, {**PROPOSAL, "target": "6000", "baseline": "", "baseline_on": "", "version": "2"})
        secretary.post(review, {"decision": "return", "question": "By when?", "version": "3"})
        clash = focal.post(url, {**PROPOSAL, "target": "7000", "version": "2"})
    text = " ".join(re.sub(r"<[^>]+>", " ", clash.content.decode()).split())

    assert clash.status_code == 409
    labels = ("When you opened it", "As it stands now", "As you typed it")
    for part, values in (
        ("Target", ("5,000 people (30 June 2027)", "6,000 people (30 June 2027)", "7,000 people (30 June 2027)")),
        ("Baseline", ("0 people (1 November 2026)", "Empty", "0 people (1 November 2026)")),
    ):
        assert f"{part} {' '.join(f'{label} {value}' for label, value in zip(labels, values, strict=True))}" in text
    assert (hidden_text(clash, "target"), hidden_text(clash, "baseline")) == ("7000", "0"), "nothing typed is lost"


def hidden_text(page: Any, name: str) -> str:
    """What a conflict page keeps of a field."""
    found = re.search(rf'name="{name}" hidden>([^<]*)<', page.content.decode())
    assert found is not None
    return found[1]


def test_answer_without_a_version_is_not_carried_out(cast: Cast) -> None:
    focal = as_person(cast.focal_colombia)
    indicator = returned(cast, focal, record.commitment(country=cast.colombia))
    url = f"/en/workspace/indicators/{indicator.code}/propose/"
    assert focal.post(url, {**PROPOSAL, "title": "Typed title"}).status_code == 409
    indicator.refresh_from_db()
    assert (indicator.state, indicator.title_en) == ("returned", "Workers admitted")


def test_lead_answers_on_a_draft_before_it_is_published(cast: Cast) -> None:
    lead, secretary = as_person(cast.lead_labour), as_person(cast.secretary)
    lead.post("/en/workspace/commitments/new/", typed(cast))
    draft = Commitment.objects.get()
    indicator = returned(cast, lead, draft)
    again = f"/en/workspace/indicators/{indicator.code}/propose/"
    assert again in lead.get("/en/workspace/").content.decode()
    assert lead.get(again).status_code == 200
    assert as_person(cast.focal_colombia).get(again).status_code == 404, "a draft is the group's alone"

    edit = f"/en/workspace/commitments/{draft.code}/edit/"
    publish = {"decision": "publish", "version": str(draft.version)}
    page = secretary.post(edit, publish, follow=True).content.decode()
    assert f"Not published: a question about an indicator is not answered yet ({indicator.code})." in page
    draft.refresh_from_db()
    assert draft.life_cycle == "draft"

    assert lead.post(again, {**PROPOSAL, "version": "2"}).status_code == 302
    assert "proposed indicator" not in secretary.get("/en/workspace/").content.decode(), "it goes with the draft"
    secretary.post(edit, publish)
    draft.refresh_from_db()
    indicator.refresh_from_db()
    assert (draft.life_cycle, indicator.state) == ("active", "published")


@pytest.mark.parametrize("life", ["suspended", "ended"])
def test_publishing_what_is_closed_changes_nothing(cast: Cast, life: str) -> None:
    commitment = record.commitment(country=cast.colombia, life_cycle=life)
    url = f"/en/workspace/commitments/{commitment.code}/edit/"
    as_person(cast.secretary).post(url, {"decision": "publish", "version": "1"})
    commitment.refresh_from_db()
    assert (commitment.life_cycle, commitment.version) == (life, 1)


def test_each_form_makes_one_record(cast: Cast) -> None:
    lead = as_person(cast.lead_labour)
    new, plan = "/en/workspace/commitments/new/", "/en/workspace/meetings/new/"
    for url, fields, model in ((new, typed(cast), Commitment), (plan, meeting(cast), Meeting)):
        fields = {**fields, "once": hidden(lead.get(url), "once")}
        first, second = lead.post(url, fields), lead.post(url, fields)
        assert (first.status_code, second.status_code, first.url) == (302, 302, second.url)
        assert model.objects.count() == 1
    commitment = Commitment.objects.get()
    url = f"/en/workspace/commitments/{commitment.code}/indicators/new/"
    fields = {**PROPOSAL, "once": hidden(lead.get(url), "once")}
    assert [lead.post(url, fields).status_code for _ in range(2)] == [302, 302]
    assert Indicator.objects.count() == 1
    lead.post(url, {**PROPOSAL, "once": hidden(lead.get(url), "once")})
    assert Indicator.objects.count() == 2, "a new form is a new proposal"


def test_a_refused_form_keeps_its_token_and_may_be_sent_again(cast: Cast) -> None:
    lead, url = as_person(cast.lead_labour), "/en/workspace/meetings/new/"
    token = hidden(lead.get(url), "once")
    refused = lead.post(url, meeting(cast, title="", once=token))
    assert (refused.status_code, hidden(refused, "once")) == (200, token)
    assert lead.post(url, meeting(cast, once=token)).status_code == 302
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize("token", ["", "short", "not a token of ours, that is"])
def test_form_without_its_token_comes_back_with_all_that_was_typed(cast: Cast, token: str) -> None:
    lead = as_person(cast.lead_labour)
    commitment = record.commitment(country=cast.colombia, group=cast.labour)
    before = Commitment.objects.count()
    forms = (
        ("/en/workspace/commitments/new/", {**typed(cast), **INDICATOR}, "Open a seasonal programme"),
        ("/en/workspace/meetings/new/", meeting(cast), "Third meeting"),
        (f"/en/workspace/commitments/{commitment.code}/indicators/new/", PROPOSAL, "Workers admitted"),
    )
    for url, fields, words in forms:
        page = lead.post(url, {**fields, "once": token})
        body = page.content.decode()
        assert page.status_code == 200, url
        assert "Nothing was recorded: it was not clear whether this had been sent before." in body, url
        assert words in body, url
        again = lead.post(url, {**fields, "once": hidden(page, "once")})
        assert again.status_code == 302, url
    assert (Commitment.objects.count() - before, Meeting.objects.count(), Indicator.objects.count()) == (1, 1, 2)


@pytest.mark.parametrize("day", ["9999-12-31", "2032-01-01", "1899-12-31"])
def test_meeting_in_an_impossible_year_is_asked_about(cast: Cast, day: str) -> None:
    fields = meeting(cast, day=day, time="23:00")
    page = as_person(cast.lead_labour).post("/en/workspace/meetings/new/", fields)
    assert page.status_code == 200
    assert f"Check the year of this date: {day[:4]}" in page.content.decode()
    assert Meeting.objects.count() == 0


def test_a_meeting_at_an_hour_that_has_passed_is_refused(cast: Cast) -> None:
    lead, past = as_person(cast.lead_labour), meeting(cast, day="2026-11-24", time="06:59", once=new_token())
    page = lead.post("/en/workspace/meetings/new/", past)
    assert "This hour has passed already in the time zone of the host. Choose a later one" in main_words(page)
    assert 'value="06:59"' in page.content.decode()
    assert Meeting.objects.count() == 0
    assert lead.post("/en/workspace/meetings/new/", {**past, "time": "07:01"}).status_code == 302
    row = Meeting.objects.get()
    moved = meeting(cast, day="2026-11-24", time="06:30", public_reason="A slip.", version="1")
    edit = f"/en/workspace/meetings/{row.slug}/edit/"
    assert "This hour has passed already" in main_words(lead.post(edit, moved))
    assert lead.post(edit, {**moved, "decision": "cancel"}).status_code == 302


@pytest.mark.parametrize("field", ["made_on", "due_on", "source_published", "indicator-target_on"])
def test_commitment_in_an_impossible_year_is_asked_about(cast: Cast, field: str) -> None:
    fields = {**typed(cast), **INDICATOR, field: "9999-12-31"}
    page = as_person(cast.lead_labour).post("/en/workspace/commitments/new/", fields)
    assert page.status_code == 200
    assert "Check the year of this date: 9999" in page.content.decode()
    assert Commitment.objects.count() == 0


def test_task_named_in_another_language_says_so(cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    indicator = record.indicator(commitment)
    record.entry(indicator, record.cycle())
    page = as_person(cast.focal_colombia).get("/es/workspace/").content.decode()
    assert f'<span lang="en">{indicator.title_en}</span> <span class="language-label">(inglés)</span></h3>' in page


def test_due_today_is_not_late_on_the_evening_of_that_day(cast: Cast) -> None:
    indicator = record.indicator(record.commitment(country=cast.colombia))
    record.entry(indicator, record.cycle(due_on=date(2026, 11, 24)))
    cast.focal_colombia.time_zone = "America/Bogota"
    cast.focal_colombia.save(update_fields=["time_zone"])
    with time_machine.travel(datetime(2026, 11, 25, 1, 0, tzinfo=UTC), tick=False):
        page = as_person(cast.focal_colombia).get("/en/workspace/").content.decode()
    assert "Due today" in page
    assert "1 day late" not in page


@pytest.mark.parametrize(
    ("days", "words"),
    [([3, 1], "before it (3 and 1 days)."), ([5], "before it (5 days)."), ([], "are not reminded of it.")],
)
def test_who_plans_a_meeting_hears_when_people_are_reminded(cast: Cast, days: list[int], words: str) -> None:
    history.create(OfficeSettings(valid_from=date(2026, 1, 1), meeting_reminders=days), by=STAGE, at=NOON)
    lead, url = as_person(cast.lead_labour), "/en/workspace/meetings/new/"
    form = lead.get(url)
    answer = lead.post(url, {**meeting(cast), "once": hidden(form, "once")}, follow=True)
    assert words in main_words(form)
    assert words in main_words(answer)
    assert words in main_words(lead.get(f"/en/workspace/meetings/{Meeting.objects.get().slug}/edit/"))


def test_the_zone_of_a_host_is_chosen_by_country_and_city_in_the_language_of_the_page(cast: Cast) -> None:
    lead = as_person(cast.lead_labour)
    page = lead.get("/es/workspace/meetings/new/").content.decode()
    assert '<option value="America/Lima">Perú: Lima</option>' in page
    assert "America/Mexico City" not in page
    assert (
        lead.post(
            "/en/workspace/meetings/new/",
            {**meeting(cast, zone="Europe/Zurich"), "once": hidden(lead.get("/en/workspace/meetings/new/"), "once")},
        ).status_code
        == 302
    )
    assert Meeting.objects.get().time_zone == "Europe/Zurich"


def test_a_figure_that_reads_two_ways_says_what_to_type(cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    url = f"/en/workspace/commitments/{commitment.code}/indicators/new/"
    focal = as_person(cast.focal_colombia)
    page = main_words(focal.post(url, {**PROPOSAL, "target": "20.000", "once": hidden(focal.get(url), "once")}))
    assert "You wrote 20.000. Type 20000 or 20" in page


def test_what_a_meeting_says_about_a_person_is_looked_at_before_it_is_public(cast: Cast) -> None:
    lead, url = as_person(cast.lead_labour), "/en/workspace/meetings/new/"
    said = {**meeting(cast, place="Call ana@example.org"), "once": hidden(lead.get(url), "once")}
    page = main_words(lead.post(url, said))
    assert "Look at what may be about a person, then tick the box" in page
    assert "an e-mail address (ana@example.org)" in page
    assert Meeting.objects.count() == 0
    assert lead.post(url, {**said, "looked": "on"}).status_code == 302
    edit = f"/en/workspace/meetings/{Meeting.objects.get().slug}/edit/"
    moved = {**meeting(cast), "version": "1", "public_reason": "Ask ana@example.org.", "decision": "cancel"}
    assert "an e-mail address (ana@example.org)" in main_words(lead.post(edit, moved))
    assert Meeting.objects.get().state == "planned"
    assert lead.post(edit, {**moved, "looked": "on"}).status_code == 302
    assert Meeting.objects.get().state == "cancelled"


WORSE = "The target is worse than the starting value: check both figures, and which way is better"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"target_on": "2026-11-01"}, "The target date must lie after the date of the starting value"),
        ({"target_on": "2026-10-31"}, "The target date must lie after the date of the starting value"),
        ({"baseline": "100", "target": "99"}, WORSE),
        ({"baseline": "100", "target": "101", "direction": "decrease"}, WORSE),
    ],
)
def test_a_target_that_any_figure_would_meet_is_refused(cast: Cast, changed: dict[str, str], words: str) -> None:
    commitment = record.commitment(country=cast.colombia)
    focal, url = as_person(cast.focal_colombia), f"/en/workspace/commitments/{commitment.code}/indicators/new/"
    said = {**PROPOSAL, "once": hidden(focal.get(url), "once")}
    assert main_words(focal.post(url, {**said, **changed})).count(words) == 2
    assert Indicator.objects.count() == 0
    assert focal.post(url, {**said, "baseline": "100", "target": "100"}).status_code == 302


def test_of_amounts_in_a_period_the_starting_value_is_for_reference_only(cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    focal, url = as_person(cast.focal_colombia), f"/en/workspace/commitments/{commitment.code}/indicators/new/"
    said = {**PROPOSAL, "once": hidden(focal.get(url), "once"), "counting": "flow", "baseline": "9000"}
    assert focal.post(url, said).status_code == 302
