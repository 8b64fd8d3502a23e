"""A focal point updates an indicator; the secretariat returns it with a question, accepts and publishes it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.indicators.models import CommitmentStatus, Indicator, Measurement
from commitments.reporting.models import Draft, ReportEntry
from tests.cast import NOON, TODAY, Cast
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db
#: What the secretariat says when it gives a figure for a country.
BASIS = {"behalf_basis": "call", "behalf_on": "2026-11-20", "behalf_words": "The ministry told us by telephone."}


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def owed(cast: Cast) -> ReportEntry:
    """Colombia owes a figure: 84 % of what is expected is easy to type."""
    commitment = record.commitment(country=cast.colombia, made_on=date(2024, 1, 1))
    indicator = record.indicator(
        commitment, baseline=(0, date(2024, 1, 1)), target=(100_000, date(2027, 12, 31)), definition_en="Valid cards."
    )
    record.measurement(indicator, 41_200, date(2026, 6, 30))
    return record.entry(indicator, record.cycle())


def url(code: str, step: str = "") -> str:
    return f"/en/workspace/indicators/{code}/update/{step}"


def code(owed: ReportEntry) -> str:
    return owed.series.indicator.code


def answers(**changes: str) -> dict[str, str]:
    """What a focal point types, most of it filled in."""
    return {"value": "62,000", "date_choice": "given", "source_choice": "same", "version": "0", "reason": "", **changes}


def as_person(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_repeat_update_asks_for_one_typed_field(cast: Cast, owed: ReportEntry) -> None:
    client = as_person(cast.focal_colombia)
    page = client.get(url(code(owed))).content.decode()
    assert "Last figure: 41,200 (30 June 2026)." in page
    assert "30 September 2026" in page
    assert "Monthly registry" in page
    answer = client.post(url(code(owed)), answers(value="64 000", reason="More offices opened."))
    assert answer.status_code == 302
    assert answer.url == url(code(owed), "check/")


def test_whole_way_from_focal_point_to_public_page(cast: Cast, owed: ReportEntry) -> None:
    focal, secretary = as_person(cast.focal_colombia), as_person(cast.secretary)
    focal.post(url(code(owed)), answers(value="58,000", reason="The online system started late."))
    check = focal.get(url(code(owed), "check/")).content.decode()
    assert "58,000" in check
    assert "At risk" in check
    assert focal.post(url(code(owed), "check/")).url == url(code(owed), "received/")
    sent = Measurement.objects.get(state="sent")
    assert (sent.value, sent.as_of, sent.entered_by) == (Decimal(58_000), date(2026, 9, 30), cast.focal_colombia)
    assert ReportEntry.objects.get(pk=owed.pk).measurement == sent
    assert Draft.objects.count() == 0
    assert "58,000" not in focal.get(f"/en/indicators/{code(owed)}/").content.decode()

    review = f"/en/workspace/review/figures/{sent.pk}/"
    shown = secretary.get(review).content.decode()
    assert "41,200" in shown
    assert "58,000" in shown
    asked = {
        "decision": "return",
        "version": str(sent.version),
        "question": "Which offices are counted?",
        "field": "source",
        "due_on": "2026-12-01",
    }
    assert secretary.post(review, asked).url == "/en/workspace/review/"
    assert "Which offices are counted?" in focal.get("/en/workspace/").content.decode()

    again = answers(value="58,500", reason="The online system started late.", answer="All of them.", version="2")
    assert focal.post(url(code(owed)), again).status_code == 302
    focal.post(url(code(owed), "check/"))
    sent.refresh_from_db()
    assert (sent.state, sent.value, sent.answer) == ("sent", Decimal(58_500), "All of them.")

    done = {"decision": "publish", "version": str(sent.version), "public_reason": "Checked."}
    assert secretary.post(review, done).status_code == 302
    sent.refresh_from_db()
    assert (sent.state, sent.accepted_by, sent.published_by) == ("published", cast.secretary, cast.secretary)
    page = Client().get(f"/en/indicators/{code(owed)}/").content.decode()
    assert "58,500" in page
    status = CommitmentStatus.objects.get(commitment=sent.series.indicator.commitment)
    assert (status.status, status.on) == ("at_risk", TODAY)
    kinds = [(row.actor_role, row.state) for row in sent.history.order_by("history_id")]
    assert kinds == [
        ("focal_point", "sent"),
        ("secretariat", "returned"),
        ("focal_point", "sent"),
        ("secretariat", "accepted"),
        ("secretariat", "published"),
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"value": ""}, "Enter the number of people"),
        ({"value": "about 45 thousand"}, "Enter the number of people using digits only, for example 44900"),
        ({"value": "4.000"}, "You wrote 4.000. Choose 4 thousand or 4"),
        ({"date_choice": "other", "other_date": "2027-01-01"}, "The date of the figure must be today or earlier"),
        ({"date_choice": "other", "other_date": ""}, "Enter the date of the figure"),
        ({"date_choice": "other", "other_date": "soon"}, "Enter the day, month and year"),
        ({"date_choice": "other", "other_date": "0202-09-30"}, "Check the year of this date: 202"),
        ({"date_choice": ""}, "Enter the date of the figure"),
        ({"source_choice": ""}, "Say where the figure comes from"),
        ({"source_choice": "other"}, "Say where the figure comes from"),
        ({"value": "50,000"}, "Say why the figure is below what was expected"),
        ({"value": "40,000"}, "This is below the last running total (41,200). Say why, or change it"),
    ],
)
def test_bad_input_gets_a_clear_sentence_and_loses_nothing(
    cast: Cast, owed: ReportEntry, changes: dict[str, str], sentence: str
) -> None:
    client = as_person(cast.focal_colombia)
    typed = answers(other_link="https://x.example", **changes)
    page = client.post(url(code(owed)), typed)
    assert page.status_code == 200
    text = page.content.decode()
    assert sentence in text
    assert "https://x.example" in text
    assert "<title>Error: " in text
    assert "This field is required" not in text
    assert Measurement.objects.filter(state="sent").count() == 0
    assert Draft.objects.get().fields["other_link"] == "https://x.example"


def test_a_link_that_is_none_is_asked_for_whole(cast: Cast, owed: ReportEntry) -> None:
    typed = answers(value="64,000", source_choice="other", other_source="Registry", other_link="see our site")
    page = as_person(cast.focal_colombia).post(url(code(owed)), typed).content.decode()
    assert page.count("Enter the whole address, for example https://www.example.org/report") == 2
    assert "see our site" in page


def test_ambiguous_number_is_asked_about_and_answered(cast: Cast, owed: ReportEntry) -> None:
    client = as_person(cast.focal_colombia)
    chosen = answers(value="64.000", reading="64000", reason="More offices.")
    assert "64,000" in client.post(url(code(owed)), answers(value="64.000")).content.decode()
    assert client.post(url(code(owed)), chosen).status_code == 302
    assert "64,000" in client.get(url(code(owed), "check/")).content.decode()


def test_nothing_changed_takes_one_press_without_script(cast: Cast, owed: ReportEntry) -> None:
    client = as_person(cast.focal_colombia)
    page = client.post(url(code(owed)), {**answers(value=""), "unchanged": "41200"}).content.decode()
    assert 'value="41200"' in page
    assert "There is a problem" not in page


def test_autosave_keeps_what_is_typed_as_typed(cast: Cast, owed: ReportEntry) -> None:
    client = as_person(cast.focal_colombia)
    answer = client.post(url(code(owed), "save/"), answers(value="about 45"))
    assert answer.json()["saved"].startswith("Saved at ")
    assert "about 45" in client.get(url(code(owed))).content.decode()
    assert "about 45" not in as_person(cast.secretary).get(url(code(owed))).content.decode()


def test_live_line_says_status_and_why(cast: Cast, owed: ReportEntry) -> None:
    client = as_person(cast.focal_colombia)
    line = client.post(url(code(owed), "preview/"), answers(value="58,000")).content.decode()
    assert "At risk" in line
    assert "58,000 on 30 September 2026 is" in line


def test_second_click_on_send_makes_no_second_figure(cast: Cast, owed: ReportEntry) -> None:
    client = as_person(cast.focal_colombia)
    client.post(url(code(owed)), answers(value="64,000", reason="More offices."))
    for _click in range(2):
        assert client.post(url(code(owed), "check/")).url == url(code(owed), "received/")
    assert Measurement.objects.filter(state="sent").count() == 1


def test_second_of_two_editors_sees_both_versions_and_loses_nothing(cast: Cast, owed: ReportEntry) -> None:
    focal, deputy = as_person(cast.focal_colombia), as_person(cast.deputy_colombia)
    focal.post(url(code(owed)), answers(value="64,000", reason="More offices."))
    focal.post(url(code(owed), "check/"))
    version = str(Measurement.objects.get(state="sent").version)
    for client, value in ((focal, "65,000"), (deputy, "66,000")):
        client.post(url(code(owed)), answers(value=value, reason="More offices.", version=version))
    assert focal.post(url(code(owed), "check/")).status_code == 302
    clash = deputy.post(url(code(owed), "check/"))
    assert clash.status_code == 409
    text = clash.content.decode()
    assert "65000" in text
    assert "66,000" in text
    current = Measurement.objects.get(state="sent")
    assert current.value == Decimal(65_000)
    kept = deputy.post(url(code(owed)), answers(value="66,000", reason="More offices.", version=str(current.version)))
    assert kept.status_code == 302
    assert deputy.post(url(code(owed), "check/")).status_code == 302
    current.refresh_from_db()
    assert current.value == Decimal(66_000)


def test_a_figure_on_behalf_says_what_it_rests_on(cast: Cast, owed: ReportEntry) -> None:
    secretary, focal = as_person(cast.secretary), as_person(cast.focal_colombia)
    assert "What does it rest on?" not in focal.get(url(code(owed))).content.decode()
    assert "What does it rest on?" in secretary.get(url(code(owed))).content.decode()
    typed = answers(value="64,000", reason="More offices.")
    for missing, said in (
        ("behalf_basis", "Say what it rests on"),
        ("behalf_on", "Enter the date"),
        ("behalf_words", "Say in a few words what was said or written"),
    ):
        page = secretary.post(url(code(owed)), typed | BASIS | {missing: ""})
        assert said in main_words(page), missing
    late = secretary.post(url(code(owed)), typed | BASIS | {"behalf_on": "2026-12-24"})
    assert "The date must be today or earlier" in main_words(late)
    assert BASIS["behalf_words"] in main_words(late)

    assert secretary.post(url(code(owed)), typed | BASIS).status_code == 302
    told = f"A telephone call, 20 November 2026 {BASIS['behalf_words']}"
    assert told in main_words(secretary.get(url(code(owed), "check/")))
    secretary.post(url(code(owed), "check/"))
    logged = Measurement.objects.get(state="sent")
    assert (logged.behalf_basis, logged.behalf_on) == ("call", date(2026, 11, 20))
    assert logged.history.get().history_change_reason == BASIS["behalf_words"]
    confirm = f"/en/workspace/figures/{logged.pk}/confirm/"
    review = as_person(cast.second_secretary).get(f"/en/workspace/review/figures/{logged.pk}/")
    for page in (focal.get(confirm), review, secretary.get(url(code(owed)))):
        assert BASIS["behalf_words"] in page.content.decode()
    focal.post(confirm, {"version": "1"})
    secretary.post(f"/en/workspace/review/figures/{logged.pk}/", {"decision": "publish", "version": "2"})
    for place in ("", "history/"):
        assert "telephone" not in Client().get(f"/en/indicators/{code(owed)}/{place}").content.decode()


def test_the_title_of_a_task_says_its_language_to_who_takes_over(cast: Cast, owed: ReportEntry) -> None:
    page = as_person(cast.focal_colombia).get("/es/workspace/hand-over/").content.decode()
    assert f'<span lang="en">{owed.series.indicator.title_en}</span></a>' in page


def test_the_countrys_own_figure_rests_on_nothing_else(cast: Cast, owed: ReportEntry) -> None:
    secretary, focal = as_person(cast.secretary), as_person(cast.focal_colombia)
    secretary.post(url(code(owed)), answers(value="64,000", reason="More offices.", **BASIS))
    secretary.post(url(code(owed), "check/"))
    focal.post(url(code(owed)), answers(value="65,000", reason="Counted again.", version="1", **BASIS))
    focal.post(url(code(owed), "check/"))
    sent = Measurement.objects.get(state="sent")
    assert (sent.value, sent.is_on_behalf) == (Decimal(65_000), False)
    assert (sent.behalf_basis, sent.behalf_on, sent.behalf_words) == ("", None, "")


def test_value_on_behalf_is_confirmed_by_the_focal_point(cast: Cast, owed: ReportEntry) -> None:
    secretary, focal = as_person(cast.secretary), as_person(cast.focal_colombia)
    secretary.post(url(code(owed)), answers(value="64,000", reason="More offices.", **BASIS))
    secretary.post(url(code(owed), "check/"))
    logged = Measurement.objects.get(state="sent")
    assert logged.is_on_behalf
    own = secretary.post(f"/en/workspace/review/figures/{logged.pk}/", {"decision": "publish", "version": "1"})
    assert own.status_code == 403
    assert "Confirm: " in focal.get("/en/workspace/").content.decode()
    assert (
        focal.post(f"/en/workspace/figures/{logged.pk}/confirm/", {"version": str(logged.version)}).status_code == 302
    )
    logged.refresh_from_db()
    assert (logged.state, logged.confirmed_by, logged.accepted_by) == (
        "accepted",
        cast.focal_colombia,
        cast.focal_colombia,
    )
    published = secretary.post(f"/en/workspace/review/figures/{logged.pk}/", {"decision": "publish", "version": "2"})
    assert published.status_code == 302
    logged.refresh_from_db()
    assert logged.state == "published"


def test_second_member_of_the_secretariat_may_accept(cast: Cast, owed: ReportEntry) -> None:
    as_person(cast.secretary).post(url(code(owed)), answers(value="64,000", reason="More offices.", **BASIS))
    as_person(cast.secretary).post(url(code(owed), "check/"))
    logged = Measurement.objects.get(state="sent")
    step = {"decision": "accept", "version": str(logged.version)}
    assert as_person(cast.second_secretary).post(f"/en/workspace/review/figures/{logged.pk}/", step).status_code == 302
    logged.refresh_from_db()
    assert (logged.state, logged.accepted_by) == ("accepted", cast.second_secretary)


def test_correction_replaces_a_published_figure_and_keeps_it(cast: Cast, owed: ReportEntry) -> None:
    focal, secretary = as_person(cast.focal_colombia), as_person(cast.secretary)
    wrong = Measurement.objects.get()
    fields = answers(value="42,000", date_choice="other", other_date="2026-06-30")
    assert "There is already a figure for this date" in focal.post(url(code(owed)), fields).content.decode()
    focal.post(url(code(owed)), {**fields, "reason": "Late records from two provinces."})
    focal.post(url(code(owed), "check/"))
    new = Measurement.objects.get(state="sent")
    assert new.replaces == wrong
    secretary.post(f"/en/workspace/review/figures/{new.pk}/", {"decision": "publish", "version": "1"})
    wrong.refresh_from_db()
    new.refresh_from_db()
    assert (wrong.state, wrong.value, wrong.is_used) == ("corrected", Decimal(41_200), False)
    assert (new.state, new.is_used) == ("published", True)


@pytest.mark.parametrize("who", ["reader", "lead_labour", "administrator", "outsider", "focal_canada"])
def test_nobody_else_updates_a_country(cast: Cast, owed: ReportEntry, who: str) -> None:
    client = as_person(getattr(cast, who))
    assert client.get(url(code(owed))).status_code == 403
    assert client.post(url(code(owed)), answers()).status_code == 403
    assert Draft.objects.count() == 0


def test_anonymous_reader_is_sent_to_sign_in(owed: ReportEntry) -> None:
    answer = Client().get(url(code(owed)))
    assert answer.status_code == 302
    assert answer.url.startswith("/en/account/login/")


def test_flow_asks_for_its_period(cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    indicator = record.indicator(commitment, counting="flow", baseline=(0, date(2026, 7, 1)))
    record.entry(indicator, record.cycle())
    client = as_person(cast.focal_colombia)
    assert "From 1 July 2026 to 30 September 2026" in client.get(url(indicator.code)).content.decode()
    client.post(url(indicator.code), answers(value="500", source_choice="other", other_source="Registry"))
    client.post(url(indicator.code, "check/"))
    sent = Measurement.objects.get(state="sent")
    assert (sent.period_start, sent.as_of) == (date(2026, 7, 1), date(2026, 9, 30))


def test_update_page_costs_the_same_with_more_figures(
    cast: Cast, owed: ReportEntry, django_assert_num_queries: Any
) -> None:
    client = as_person(cast.focal_colombia)
    client.get(url(code(owed)))
    indicator = Indicator.objects.get(code=code(owed))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        client.get(url(code(owed)))
    for month in (3, 4, 5):
        record.measurement(indicator, 30_000 + month, date(2026, month, 1))
    with django_assert_num_queries(len(few)):
        client.get(url(code(owed)))


@pytest.fixture
def soft(cast: Cast) -> str:
    """The code of an indicator that stands at "more than 41,200"."""
    commitment = record.commitment(country=cast.colombia, made_on=date(2024, 1, 1))
    indicator = record.indicator(commitment, target=(100_000, date(2027, 12, 31)))
    record.measurement(indicator, 41_200, date(2026, 6, 30), qualifier="more_than")
    record.entry(indicator, record.cycle())
    return indicator.code


def test_nothing_changed_keeps_the_word_before_the_figure(cast: Cast, soft: str) -> None:
    focal = as_person(cast.focal_colombia)
    assert "Nothing changed, use more than 41,200" in focal.get(url(soft)).content.decode()
    focal.post(url(soft), answers(value="41,200", reason="The registry is counted anew next year."))
    assert "more than 41,200" in main_words(focal.get(url(soft, "check/")))
    focal.post(url(soft, "check/"))
    sent = Measurement.objects.get(state="sent")
    assert (sent.value, sent.qualifier) == (Decimal(41_200), "more_than")
    assert "more than 41,200" in main_words(focal.get(url(soft, "received/")))


def test_another_figure_has_no_word_that_nobody_wrote(cast: Cast, soft: str) -> None:
    focal = as_person(cast.focal_colombia)
    focal.post(url(soft), answers(value="41,300", reason="More offices."))
    focal.post(url(soft, "check/"))
    assert Measurement.objects.get(state="sent").qualifier == "exact"


def test_a_falling_total_is_held_against_the_last_one_as_it_is_written(cast: Cast, soft: str) -> None:
    page = main_words(as_person(cast.focal_colombia).post(url(soft), answers(value="40,000")))
    assert "below the last running total (more than 41,200)" in page
