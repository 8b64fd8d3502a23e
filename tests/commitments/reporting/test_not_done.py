"""What is typed for a step that cannot be taken any more comes back with the reason: status 409, to copy."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from commitments.history import actions as history
from commitments.reporting import actions
from commitments.reporting.actions import Asked, return_report
from commitments.reporting.models import (
    CycleExtension,
    Draft,
    ProgressReport,
    ReportCorrection,
    ReportEntry,
    ReportingCycle,
)
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.commitments.reporting.test_corrections import correct, proposed, texts
from tests.commitments.reporting.test_country_report import as_person
from tests.factories import record
from tests.pages import main_words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_and_own_files")]

REASON = "Elections took the ministry’s time."


def gives_back(answer: Any, *texts: str, why: str, back: str) -> None:
    """The page that says why, with each text to copy once, and the way to what stands now."""
    page = answer.content.decode()
    assert answer.status_code == 409, answer
    assert why in main_words(answer)
    assert sorted(re.findall(r"<blockquote>(.*?)</blockquote>", page, re.DOTALL)) == sorted(texts)
    assert f'href="{back}"' in page


@pytest.fixture
def cycle(cast: Cast) -> ReportingCycle:
    """Colombia and Canada owe a report each."""
    found = record.cycle()
    for place in (cast.colombia, cast.canada):
        record.country_report(record.commitment(f"LAD-{place.iso3}-902", country=place), found)
    return found


def more_time(cast: Cast, **changed: str) -> dict[str, str]:
    said = {"who": f"c{cast.colombia.pk}", "due_on": "2026-12-20", "reason": REASON, "once": "b" * 32}
    return said | changed


def extend(cast: Cast, cycle: ReportingCycle, **changed: str) -> Any:
    url = f"/en/workspace/cycles/{cycle.slug}/extend/"
    return as_person(cast.secretary).post(url, more_time(cast, **changed))


def test_more_time_in_a_cycle_that_was_closed_meanwhile(cast: Cast, cycle: ReportingCycle) -> None:
    history.change(cycle, by=STAGE, at=NOON, closed_at=NOON, closed_by_id=cast.second_secretary.pk)
    answer = extend(cast, cycle)
    why = "This cycle is closed. Nothing was changed."
    gives_back(answer, "Colombia", "20 December 2026", REASON, why=why, back=f"/en/workspace/cycles/{cycle.slug}/")
    assert CycleExtension.objects.count() == 0


def test_more_time_that_somebody_gave_in_the_same_moment(
    cast: Cast, cycle: ReportingCycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = cycle.reports.get(country=cast.colombia)
    extended = actions.extend

    def overtaken(**said: Any) -> Any:
        history.change(report, by=STAGE, at=NOON, due_on=date(2026, 12, 25))
        return extended(**said)

    monkeypatch.setattr(actions, "extend", overtaken)
    answer = extend(cast, cycle)
    page = main_words(answer)
    assert answer.status_code == 409
    assert "The new date must be later than the old one" in page
    assert f"{REASON}</textarea>" in answer.content.decode()
    assert 'value="2026-12-20"' in answer.content.decode()
    assert CycleExtension.objects.count() == 0


def test_more_time_for_whoever_sent_meanwhile_keeps_the_reason(cast: Cast, cycle: ReportingCycle) -> None:
    history.change(cycle.reports.get(country=cast.colombia), by=STAGE, at=NOON, state="sent", sent_at=NOON)
    answer = extend(cast, cycle)
    assert f"{REASON}</textarea>" in answer.content.decode()
    assert "There is a problem" in main_words(answer)
    assert CycleExtension.objects.count() == 0


def test_dates_of_a_cycle_that_was_closed_meanwhile_give_back_its_name(cast: Cast, cycle: ReportingCycle) -> None:
    dates = ("period_start", "period_end", "opens_on", "due_on", "closes_on")
    typed = {name: getattr(cycle, name).isoformat() for name in dates} | {"asks_groups": "on", "step": "save"}
    closed = history.change(cycle, by=STAGE, at=NOON, closed_at=NOON, closed_by_id=cast.second_secretary.pk)
    url = f"/en/workspace/cycles/{cycle.slug}/"
    typed |= {"name_en": "The autumn round", "version": str(closed.version)}
    answer = as_person(cast.secretary).post(f"{url}dates/", typed)
    gives_back(answer, "The autumn round", why="This cycle is closed. Nothing was changed.", back=url)


@pytest.mark.parametrize(
    ("language", "day", "word"),
    [
        ("en", "1 February 2027", "No"),
        ("es", "1 de febrero de 2027", "No"),
        ("pt", "1º de fevereiro de 2027", "Não"),
        ("fr", "1er février 2027", "Non"),
    ],
)
def test_a_date_and_a_box_alone_come_back_as_the_page_writes_them(
    cast: Cast, cycle: ReportingCycle, language: str, day: str, word: str
) -> None:
    dates = ("period_start", "period_end", "opens_on", "due_on")
    names = {f"name_{code}": getattr(cycle, f"name_{code}") or "" for code in ("en", "es", "pt", "fr")}
    typed = {name: getattr(cycle, name).isoformat() for name in dates} | names | {"step": "save"}
    closed = history.change(cycle, by=STAGE, at=NOON, closed_at=NOON, closed_by_id=cast.second_secretary.pk)
    url, client = f"/{language}/workspace/cycles/{cycle.slug}/", as_person(cast.secretary)
    typed |= {"closes_on": "2027-02-01", "version": str(closed.version)}
    answer = client.post(f"{url}dates/", typed)
    gives_back(answer, day, word, why="", back=url)
    stands = typed | {"closes_on": cycle.closes_on.isoformat(), "asks_groups": "on"}
    assert client.post(f"{url}dates/", stands).url == url, "nothing was changed: it is said on the page of the cycle"


def test_a_cycle_that_one_has_closed_for_another_reason_gives_back_the_second(cast: Cast) -> None:
    cycle = record.cycle(due_on=date(2026, 11, 1))
    record.country_report(record.commitment("LAD-COL-902", country=cast.colombia), cycle)
    office, url = as_person(cast.secretary), f"/en/workspace/cycles/{cycle.slug}/"
    assert [office.post(f"{url}close/", {"reason": REASON}).url for _click in range(2)] == [url, url]
    answer = office.post(f"{url}close/", {"reason": "Nobody answered."})
    page = main_words(answer)
    assert answer.status_code == 409
    assert "Something changed meanwhile." in page
    assert "What you typed" in page
    assert "<blockquote>Nobody answered.</blockquote>" in answer.content.decode()


SLIP = "A slip of the pen."
NOT_CORRECTED = "Only a report that was accepted is corrected, and this one is worked on again. Nothing was changed."


@pytest.mark.parametrize("state", ["returned", "sent", "in_review"])
def test_a_correction_of_a_report_that_is_worked_on_again(
    cast: Cast, country_report: ProgressReport, state: str
) -> None:
    typed = texts(country_report, practice="Two desks.")
    history.change(country_report, by=STAGE, at=NOON, state=state)
    answer = as_person(cast.focal_colombia).post(correct(country_report), typed)
    back = f"/en/workspace/country-reports/{country_report.pk}/"
    gives_back(answer, "Two desks.", SLIP, why=NOT_CORRECTED, back=back)
    assert "What was wrong, for everybody to read" in main_words(answer)
    assert ReportCorrection.objects.count() == 0


def test_whoever_typed_nothing_is_led_to_the_report_that_is_worked_on(
    cast: Cast, country_report: ProgressReport
) -> None:
    history.change(country_report, by=STAGE, at=NOON, state="draft")
    answer = as_person(cast.focal_colombia).post(correct(country_report), {"recall": "1", "version": "1"}, follow=True)
    assert answer.redirect_chain == [(f"/en/workspace/country-reports/{country_report.pk}/", 302)]
    assert "Nothing was changed" not in main_words(answer)


def test_whoever_only_opens_the_page_has_typed_nothing(cast: Cast, country_report: ProgressReport) -> None:
    history.change(country_report, by=STAGE, at=NOON, state="draft")
    answer = as_person(cast.focal_colombia).get(correct(country_report))
    assert (answer.status_code, answer.url) == (302, f"/en/workspace/country-reports/{country_report.pk}/")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"practice": "Three desks."}, ["Three desks.", SLIP]),
        ({"practice": "Two desks.", "obstacles": "None."}, ["Two desks.", "None.", SLIP]),
        ({"practice": "Two desks.", "reason": "Counted anew."}, ["Two desks.", "Counted anew."]),
        ({"practice": "Three desks.", "reason": ""}, ["Three desks."]),
    ],
    ids=["other words", "more words", "another reason", "no reason"],
)
def test_a_second_correction_of_ones_own_waits_for_the_first(
    cast: Cast, country_report: ProgressReport, changed: dict[str, str], words: list[str]
) -> None:
    proposed(cast, country_report, practice="Two desks.")
    answer = as_person(cast.focal_colombia).post(correct(country_report), texts(country_report, **changed))
    why = "Another correction of yours waits already. Withdraw it first, then send this one."
    gives_back(answer, *words, why=why, back=correct(country_report))
    assert ReportCorrection.objects.count() == 1


def test_a_correction_of_a_choice_clicked_twice_is_sent_once(cast: Cast, country_report: ProgressReport) -> None:
    part = country_report.parts.get()
    typed = texts(country_report, **{f"answer-{part.pk}": "unchanged", f"part-{part.pk}": ""})
    client = as_person(cast.focal_colombia)
    assert [client.post(correct(country_report), typed).status_code for _click in range(2)] == [302, 302]
    assert ReportCorrection.objects.count() == 1


@pytest.fixture
def draft(cast: Cast) -> ProgressReport:
    """Colombia's report, begun."""
    row = record.country_report(record.commitment("LAD-COL-902", country=cast.colombia), record.cycle())
    return history.change(row, by=STAGE, at=NOON, state="draft")


LOCKED = "This part of the report cannot be changed now. Nothing was changed."


def sent(report: ProgressReport, **more: Any) -> ProgressReport:
    return history.change(report, by=STAGE, at=NOON, state="sent", sent_at=NOON, **more)


def test_why_no_report_can_be_given_of_one_that_was_sent_meanwhile(cast: Cast, draft: ProgressReport) -> None:
    sent(draft, sent_by_id=cast.deputy_colombia.pk)
    typed = {"cannot": "1", "cannot_reason": "other", "cannot_words": "The office moved.", "version": "2"}
    url = f"/en/workspace/country-reports/{draft.pk}/"
    answer = as_person(cast.focal_colombia).post(f"{url}check/", typed)
    gives_back(answer, "Another reason", "The office moved.", why=LOCKED, back=url)


def test_what_words_rest_on_of_a_report_that_was_sent_meanwhile(cast: Cast, draft: ProgressReport) -> None:
    version = sent(draft).version
    typed = {"behalf_basis": "call", "behalf_on": "2026-11-20", "behalf_words": "Call with the desk."}
    url = f"/en/workspace/country-reports/{draft.pk}/"
    answer = as_person(cast.secretary).post(f"{url}on-behalf/", typed | {"version": str(version)})
    gives_back(answer, "A telephone call", "20 November 2026", "Call with the desk.", why=LOCKED, back=url)


@pytest.mark.parametrize("of", ["country", "group"])
def test_a_document_for_a_report_that_was_sent_meanwhile(cast: Cast, draft: ProgressReport, of: str) -> None:
    report = draft if of == "country" else record.group_report(cast.labour, draft.cycle)
    sent(report)
    url = f"/en/workspace/{'country-reports' if of == 'country' else 'reports'}/{report.pk}/documents/"
    person = cast.focal_colombia if of == "country" else cast.lead_labour
    typed = {"add": "1", "title": "The new law", "language": "es"}
    gives_back(as_person(person).post(url, typed), "The new law", "Español", why=LOCKED, back=url)
    away = as_person(person).post(url, {"take_away": "1"}, follow=True)
    assert away.redirect_chain == [(url, 302)]
    assert LOCKED in main_words(away)


def test_a_reason_that_was_only_chosen_comes_back_in_its_words(cast: Cast, draft: ProgressReport) -> None:
    sent(draft, sent_by_id=cast.deputy_colombia.pk)
    url = f"/es/workspace/country-reports/{draft.pk}/"
    typed = {"cannot": "1", "cannot_reason": "not_collected", "cannot_words": "", "version": "2"}
    answer = as_person(cast.focal_colombia).post(f"{url}check/", typed)
    gives_back(answer, "Nadie recopila este dato", why="", back=url)


AGAIN = "A file cannot be carried over. Choose it again in the form."


def test_a_file_that_could_not_be_added_any_more_has_to_be_chosen_again(cast: Cast, draft: ProgressReport) -> None:
    sent(draft)
    url, client = f"/en/workspace/country-reports/{draft.pk}/documents/", as_person(cast.focal_colombia)
    law = SimpleUploadedFile("law.pdf", b"%PDF-1.4", content_type="application/pdf")
    answer = client.post(url, {"add": "1", "title": "", "language": "", "document": law})
    gives_back(answer, why=LOCKED, back=url)
    assert AGAIN in main_words(answer)
    assert AGAIN not in main_words(client.post(url, {"add": "1", "title": "The new law"}))


def on_behalf(cast: Cast, draft: ProgressReport) -> ProgressReport:
    return sent(draft, sent_by_id=cast.secretary.pk, is_on_behalf=True, behalf_basis="call", behalf_on=TODAY)


def test_an_objection_to_what_was_returned_meanwhile_gives_back_its_words(cast: Cast, draft: ProgressReport) -> None:
    report = on_behalf(cast, draft)
    asked = [Asked("Which law?", "obstacles", None)]
    return_report(report=report, questions=asked, due_on=TODAY, by=cast.actor(cast.second_secretary), at=NOON)
    typed = {"object": "1", "words": "We said two laws.", "version": str(report.version)}
    url = f"/en/workspace/country-reports/{report.pk}/confirm/"
    answer = as_person(cast.focal_colombia).post(url, typed)
    why = "This was decided on in the meantime. Nothing was changed."
    gives_back(answer, "We said two laws.", why=why, back="/en/workspace/")


def test_an_objection_clicked_twice_is_made_once(cast: Cast, draft: ProgressReport) -> None:
    report = on_behalf(cast, draft)
    typed = {"object": "1", "words": "We said two laws.", "version": str(report.version)}
    url, client = f"/en/workspace/country-reports/{report.pk}/", as_person(cast.focal_colombia)
    assert [client.post(f"{url}confirm/", typed).url for _click in range(2)] == [url, url]
    assert report.questions.count() == 1


# --- Figures -------------------------------------------------------------------------------------------------------


@pytest.fixture
def owed(cast: Cast) -> ReportEntry:
    """Colombia owes a figure."""
    return record.entry(record.indicator(record.commitment(country=cast.colombia)), record.cycle())


def figure(**more: str) -> dict[str, str]:
    return {"value": "44,900", "date_choice": "given", "source_choice": "other", "other_source": "Registry", **more}


def test_a_figure_of_what_ended_while_it_was_typed_comes_back(cast: Cast, owed: ReportEntry) -> None:
    ended = {"life_cycle": "ended", "life_cycle_reason": "It was repealed."}
    commitment = owed.series.indicator.commitment
    assert commitment is not None
    history.change(commitment, by=STAGE, at=NOON, **ended)
    url = f"/en/workspace/indicators/{owed.series.indicator.code}/update/"
    client = as_person(cast.focal_colombia)
    answer = client.post(url, figure(reason="A strike."))
    gives_back(answer, "44,900", "Registry", "A strike.", why="No figure is asked for any more", back="/en/workspace/")
    assert "Source Registry Reason A strike. Figure 44,900" in main_words(answer)
    assert client.post(f"{url}check/").status_code == 200


def test_a_figure_for_another_day_names_the_day(cast: Cast, owed: ReportEntry) -> None:
    sent_in = {"state": "sent", "accepted_at": None, "published_at": None, "entered_by": cast.focal_colombia}
    record.measurement(owed.series.indicator, 41_200, date(2026, 9, 30), **sent_in)
    url = f"/en/workspace/indicators/{owed.series.indicator.code}/update/"
    answer = as_person(cast.secretary).post(url, figure(date_choice="other", other_date="2026-10-05"))
    assert "Date of the figure 5 October 2026 Source Registry Figure 44,900" in main_words(answer)


def test_a_figure_for_a_country_that_gave_its_own_meanwhile_comes_back(cast: Cast, owed: ReportEntry) -> None:
    sent_in = {"state": "sent", "accepted_at": None, "published_at": None, "entered_by": cast.focal_colombia}
    row = record.measurement(owed.series.indicator, 41_200, date(2026, 9, 30), **sent_in)
    url = f"/en/workspace/indicators/{owed.series.indicator.code}/update/"
    office = as_person(cast.secretary)
    there = f"/en/workspace/review/figures/{row.pk}/"
    assert office.get(url).url == there
    said = figure(behalf_basis="call", behalf_on="2026-11-20", behalf_words="Call with the desk.")
    why = "The country gave a figure itself in the meantime, which waits for review. Nothing was changed."
    basis = ("A telephone call", "20 November 2026", "Call with the desk.")
    gives_back(office.post(url, said), "44,900", "Registry", *basis, why=why, back=there)


def test_words_for_a_place_that_is_locked_are_kept_and_the_person_is_told(cast: Cast, draft: ProgressReport) -> None:
    sent(draft)
    url = f"/en/workspace/country-reports/{draft.pk}/"
    typed = {"obstacles": "No shared registry.", "language": "en", "version": str(draft.version), "done": "1"}
    answer = as_person(cast.focal_colombia).post(f"{url}obstacles/", typed, follow=True)
    assert answer.redirect_chain == [(url, 302)]
    assert "What you typed is kept, should it open again." in main_words(answer)
    assert Draft.objects.get(user=cast.focal_colombia).fields["obstacles"] == "No shared registry."


def test_a_summary_of_a_report_that_is_not_public_any_more_in_the_moment_of_saving(
    cast: Cast, country_report: ProgressReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = actions.put_summary

    def overtaken(**said: Any) -> Any:
        history.change(country_report, by=STAGE, at=NOON, state="accepted", published_at=None)
        return put(**said)

    monkeypatch.setattr(actions, "put_summary", overtaken)
    url = f"/en/workspace/summaries/{country_report.pk}/fr/"
    answer = as_person(cast.secretary).post(url, {"summary": "Deux programmes.", "version": "0"})
    why = "This was decided on in the meantime. Nothing was changed."
    gives_back(answer, "Deux programmes.", why=why, back="/en/workspace/summaries/")
