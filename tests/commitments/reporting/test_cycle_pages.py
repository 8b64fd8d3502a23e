"""The pages of a cycle: looked at before it is saved, chased in two clicks, closed on a page of its own."""

import csv
import io
import json
import re
from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from commitments.appointments.models import Appointment
from commitments.history import actions as history
from commitments.mechanisms.models import Country, Mechanism, OfficeSettings
from commitments.notices.actions import new_notice
from commitments.notices.models import Notice
from commitments.notices.registry import kind_named
from commitments.reporting import actions, closing
from commitments.reporting.models import CycleExtension, ProgressReport, ReportingCycle
from commitments.working_groups.models import GroupRole
from tests.cast import NOON, STAGE, TODAY, Cast, country
from tests.factories import record
from tests.pages import main_words

DATES = {
    "mechanism": "LAD",
    "period_start": "2026-07-01",
    "period_end": "2026-09-30",
    "opens_on": "2026-11-20",
    "due_on": "2026-12-15",
    "closes_on": "2027-01-31",
    "asks_groups": "on",
}


@pytest.fixture(autouse=True)
def noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def office(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.secretary)
    return client


@pytest.fixture
def late(cast: Cast) -> ReportingCycle:
    """A cycle that was due two weeks ago: Colombia and Canada owe a figure each, the labour group its report."""
    for place in (cast.colombia, cast.canada):
        record.indicator(record.commitment(f"LAD-{place.iso3}-901", country=place, group=cast.labour))
    cycle = ReportingCycle(
        mechanism=cast.declaration,
        slug="lad-2026-11",
        name_en="November 2026",
        period_start=date(2026, 7, 1),
        period_end=date(2026, 9, 30),
        opens_on=date(2026, 10, 1),
        due_on=date(2026, 11, 10),
        closes_on=date(2027, 1, 31),
    )
    return actions.open_cycle(cycle=cycle, by=STAGE, at=NOON)


def report_of(cycle: ReportingCycle, place: Any) -> ProgressReport:
    return ProgressReport.objects.get(cycle=cycle, country=place)


class TestForm:
    """What follows is shown before anything is saved."""

    def test_the_check_shows_reports_and_reminders_and_saves_nothing(self, cast: Cast, office: Client) -> None:
        record.indicator(record.commitment(country=cast.colombia))
        page = office.post("/en/workspace/cycles/new/", {**DATES, "step": "check"}).content.decode()

        assert ReportingCycle.objects.count() == 0
        for words in ("Colombia", "Labor Mobility", "1 Dec 2026", "12 Dec 2026", "16 Dec 2026", "13 Jan 2027"):
            assert words in page, words

    def test_the_check_shows_the_reminders_as_they_were_decided_for_their_days(self, office: Client) -> None:
        decided = OfficeSettings(
            valid_from=date(2026, 12, 10), early_reminders=[21, 7], late_reminders=[2], meeting_reminders=[1]
        )
        history.create(decided, by=STAGE, at=NOON)
        page = office.post("/en/workspace/cycles/new/", {**DATES, "step": "check"}).content.decode()
        days = re.findall(r"\d+ (?:Nov|Dec|Jan|Feb) 202[67]", page[page.index("eminder") :])
        assert {"1 Dec 2026", "17 Dec 2026"} <= set(days)
        assert not {"24 Nov 2026", "8 Dec 2026", "12 Dec 2026", "16 Dec 2026", "13 Jan 2027"} & set(days)

    def test_it_says_for_whom_nobody_is_appointed(self, cast: Cast, office: Client) -> None:
        for place in (cast.colombia, country("HND", "HN", "Honduras")):
            record.indicator(record.commitment(f"LAD-{place.iso3}-901", country=place))
        for post in Appointment.objects.filter(role="lead"):
            history.change(post, by=STAGE, at=NOON, valid_until=date(2026, 11, 19))
        history.create(GroupRole(group=cast.labour, country=cast.colombia, role="lead"), by=STAGE, at=NOON)
        words = "Nobody is appointed for: Honduras · Labor Mobility"
        assert words in main_words(office.post("/en/workspace/cycles/new/", {**DATES, "step": "check"}))
        typed = {**DATES, "step": "save", "once": "a" * 32}
        opened = main_words(office.post("/en/workspace/cycles/new/", typed, follow=True))
        assert "Opened. Whoever is appointed finds what they owe in My tasks." in opened
        assert words in opened
        assert "Everybody" not in opened

    def test_a_due_date_that_has_passed_is_remarked_on_and_promises_no_reminder(self, office: Client) -> None:
        late = {**DATES, "opens_on": "2026-10-01", "due_on": "2026-11-10"}
        words = "The due date has passed: every report that has not come is shown as late at once"
        page = main_words(office.post("/en/workspace/cycles/new/", {**late, "closes_on": "2026-11-30"}))
        assert words in page
        assert "11 Nov 2026" not in page
        assert "25 Nov 2026" in page
        over = main_words(office.post("/en/workspace/cycles/new/", {**late, "closes_on": "2026-11-20"}))
        assert "The days for reminders have passed. You can remind by hand." in over
        assert words not in main_words(office.post("/en/workspace/cycles/new/", DATES))

    def test_it_names_every_open_cycle_that_asks_about_the_same_days(
        self, cast: Cast, office: Client, late: ReportingCycle
    ) -> None:
        other = history.create(Mechanism(code="XYZ", name_en="X", slug="xyz"), by=STAGE, at=NOON)
        for slug, name, changed in (
            ("closed", "Closed round", {"closed_at": NOON}),
            ("other", "Other mechanism", {}),
            ("before", "Round before", {"period_start": date(2026, 4, 1), "period_end": date(2026, 6, 30)}),
        ):
            record.cycle(slug=slug, name_en=name, **changed)
        history.change(ReportingCycle.objects.get(slug="other"), by=STAGE, at=NOON, mechanism=other)
        page = main_words(office.post("/en/workspace/cycles/new/", {**DATES, "step": "check"}))
        words = "Another cycle asks about some of the same days: November 2026, for the period from 1 July 2026 to 30"
        assert words in page
        assert not [name for name in ("Closed round", "Other mechanism", "Round before") if name in page]
        own = office.post(f"/en/workspace/cycles/{late.slug}/dates/", {**DATES, "opens_on": "2026-10-01"})
        assert "Another cycle" not in main_words(own)
        moved = {**DATES, "opens_on": "2026-10-01", "period_start": "2026-06-30"}
        assert "Round before" in main_words(office.post(f"/en/workspace/cycles/{late.slug}/dates/", moved))

    def test_a_cycle_that_opens_later_promises_nothing_before_its_day(self, cast: Cast, office: Client) -> None:
        record.indicator(record.commitment(country=cast.colombia))
        typed = {**DATES, "opens_on": "2026-11-30", "step": "save", "once": "a" * 32}
        page = main_words(office.post("/en/workspace/cycles/new/", typed, follow=True))
        assert "It opens on 30 November 2026; from then on, whoever is appointed finds what they owe" in page
        assert "Opened." not in page

    def test_nothing_is_said_where_everybody_is_appointed(self, cast: Cast, office: Client) -> None:
        record.indicator(record.commitment(country=cast.colombia))
        assert "Nobody is appointed" not in main_words(
            office.post("/en/workspace/cycles/new/", {**DATES, "asks_groups": "", "step": "check"})
        )

    def test_saving_opens_it_once_with_names_in_four_languages(self, cast: Cast, office: Client) -> None:
        record.indicator(record.commitment(country=cast.colombia))
        typed = {**DATES, "step": "save", "once": "a" * 32}
        answers = [office.post("/en/workspace/cycles/new/", typed) for _ in range(2)]

        cycle = ReportingCycle.objects.get()
        assert [answer["Location"] for answer in answers] == ["/en/workspace/cycles/lad-2026-12/"] * 2
        names = (cycle.name_en, cycle.name_es, cycle.name_pt, cycle.name_fr)
        assert names == ("December 2026", "Diciembre de 2026", "Dezembro de 2026", "Décembre 2026")
        assert ProgressReport.objects.count() == 2

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"due_on": "2026-11-01"}, "The due date must lie on or after the day on which it opens"),
            ({"closes_on": "2026-12-01"}, "It must close on or after the due date"),
            ({"period_end": "2026-06-30"}, "The period must end on or after its first day"),
            ({"due_on": "2206-12-15"}, "Check the year of this date: 2206"),
            ({"due_on": "soon"}, "Enter a date, for example 2026-11-30"),
            ({"mechanism": ""}, "Choose the mechanism"),
        ],
    )
    def test_a_wrong_date_is_named_and_nothing_typed_is_lost(
        self, cast: Cast, office: Client, wrong: dict[str, str], words: str
    ) -> None:
        page = office.post("/en/workspace/cycles/new/", {**DATES, "name_en": "Winter round", **wrong}).content.decode()

        assert words in page
        assert 'value="Winter round"' in page
        assert ReportingCycle.objects.count() == 0

    def test_changing_shows_which_reports_keep_their_date(
        self, cast: Cast, office: Client, late: ReportingCycle
    ) -> None:
        part = report_of(late, cast.colombia).parts.get()
        history.change(part, by=STAGE, at=NOON, answer="unchanged")
        typed = {**DATES, "opens_on": "2026-10-01", "version": str(late.version)}
        url = f"/en/workspace/cycles/{late.slug}/dates/"

        check = office.post(url, {**typed, "step": "check"}).content.decode()
        assert "Somebody has begun these reports" in check
        assert report_of(late, cast.canada).due_on == date(2026, 11, 10)

        assert office.post(url, {**typed, "step": "save"}).status_code == 302
        due = {row.country.iso3: row.due_on for row in ProgressReport.objects.filter(country__isnull=False)}
        assert due == {"COL": date(2026, 11, 10), "CAN": date(2026, 12, 15)}

    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("en", "It must close on 20 December 2026 or later; until then there is an extension for: Colombia"),
            ("es", "Debe cerrarse el 20 de diciembre de 2026 o después; hasta ese día hay una prórroga para: Colombia"),
        ],
    )
    def test_it_cannot_close_before_somebodys_more_time_is_over(
        self, cast: Cast, office: Client, late: ReportingCycle, language: str, words: str
    ) -> None:
        by = cast.actor(cast.secretary)
        for place, day in ((cast.canada, date(2026, 12, 10)), (cast.colombia, date(2026, 12, 20))):
            actions.extend(cycle=late, to=place, due_on=day, public_reason="Elections.", by=by, at=NOON)
        typed = {**DATES, "opens_on": "2026-10-01", "name_en": "Winter", "version": str(late.version)}
        early = {**typed, "due_on": "2026-12-05", "closes_on": "2026-12-19"}
        for step in ("check", "save"):
            page = office.post(f"/{language}/workspace/cycles/{late.slug}/dates/", {**early, "step": step})
            assert words in main_words(page), step
            assert 'value="Winter"' in page.content.decode()
        late.refresh_from_db()
        assert late.closes_on == date(2027, 1, 31)

        last = {**early, "closes_on": "2026-12-20", "step": "save"}
        assert office.post(f"/{language}/workspace/cycles/{late.slug}/dates/", last).status_code == 302

    def test_two_hands_on_one_cycle_meet(self, office: Client, late: ReportingCycle) -> None:
        history.change(late, by=STAGE, at=NOON, closes_on=date(2027, 2, 1))
        typed = {**DATES, "version": "1", "step": "save"}

        assert office.post(f"/en/workspace/cycles/{late.slug}/dates/", typed).status_code == 409


class TestChasing:
    """From the overdue list to a previewed reminder in two clicks."""

    def test_the_preview_shows_each_message_in_its_readers_language(
        self, cast: Cast, office: Client, late: ReportingCycle
    ) -> None:
        table = office.get(f"/en/workspace/cycles/{late.slug}/?show=overdue").content.decode()
        assert table.count('type="checkbox"') == 3
        ticked = [str(report_of(late, place).pk) for place in (cast.colombia, cast.canada)]

        page = office.post(f"/en/workspace/cycles/{late.slug}/remind/", {"report": ticked, "step": "preview"})

        words = page.content.decode()
        assert "14 días de atraso" in words  # Colombia's deputy
        assert "14 jours de retard" in words  # Canada's focal point
        assert "Send 2 reminders" in words
        assert Notice.objects.count() == 0

    def test_sending_owes_each_once_a_day_and_asks_again_at_sending(
        self, cast: Cast, office: Client, late: ReportingCycle
    ) -> None:
        url = f"/en/workspace/cycles/{late.slug}/remind/"
        ticked = [str(report_of(late, place).pk) for place in (cast.colombia, cast.canada)]
        for _ in range(2):
            assert office.post(url, {"report": ticked, "step": "send"}).status_code == 302

        kinds = Notice.objects.order_by("recipient__email").values_list("kind", "recipient__email")
        assert list(kinds) == [
            ("report_chase", "deputy.colombia@example.org"),
            ("report_chase", "focal.canada@example.org"),
        ]
        colombia, canada = (Notice.objects.get(object_id=pk) for pk in ticked)
        recheck = kind_named("report_chase").recheck
        assert recheck(canada, NOON) is None
        history.change(report_of(late, cast.canada), by=STAGE, at=NOON, state="sent", sent_at=NOON)
        assert recheck(canada, NOON) == "done"
        history.change(late, by=STAGE, at=NOON, closed_at=NOON)
        assert recheck(colombia, NOON) == "closed"

    @pytest.mark.parametrize("step", ["preview", "send"])
    def test_where_nobody_is_appointed_nobody_was_reminded(
        self, cast: Cast, office: Client, late: ReportingCycle, step: str
    ) -> None:
        for post in Appointment.objects.filter(country=cast.canada):
            history.change(post, by=STAGE, at=NOON, valid_until=date(2026, 11, 23))
        typed = {"report": [str(report_of(late, cast.canada).pk)], "step": step}
        page = main_words(office.post(f"/en/workspace/cycles/{late.slug}/remind/", typed, follow=True))
        assert "Nobody is appointed who could be reminded: Canada" in page
        assert "Everybody was reminded" not in page

    def test_the_secretariats_own_report_is_chased_at_the_office(
        self, cast: Cast, office: Client, late: ReportingCycle
    ) -> None:
        own = ProgressReport(cycle=late, is_of_secretariat=True, due_on=late.due_on)
        own = history.create(own, by=STAGE, at=NOON)
        overdue = main_words(office.get(f"/en/workspace/cycles/{late.slug}/?show=overdue"))
        assert f"r{own.pk}" in office.get(f"/en/workspace/cycles/{late.slug}/?show=overdue").content.decode()
        assert "Secretariat Sofía Secretary, Samuel Second" in overdue
        url, typed = f"/en/workspace/cycles/{late.slug}/remind/", {"report": [str(own.pk)]}
        page = main_words(office.post(url, {**typed, "step": "preview"}))
        assert "Send 2 reminders" in page
        assert "14 days late: progress report (Secretariat)" in page
        assert "because you belong to the secretariat" in page
        assert "more time" not in page
        office.post(url, {**typed, "step": "send"})
        owed = Notice.objects.filter(kind="report_chase").order_by("recipient__email")
        assert [row.recipient.email for row in owed] == ["secretariat.second@example.org", "secretariat@example.org"]
        recheck = kind_named("report_chase").recheck
        assert [recheck(row, NOON) for row in owed] == [None, None]
        for post in Appointment.objects.filter(role="secretariat", user=cast.second_secretary):
            history.change(post, by=STAGE, at=NOON, valid_until=date(2026, 11, 23))
        assert [recheck(row, NOON) for row in owed] == ["not_responsible", None]

    @pytest.mark.parametrize(("back", "owed"), [(timedelta(hours=2), 0), (timedelta(days=1), 1)])
    def test_whoever_was_reminded_today_by_itself_is_not_reminded_again(
        self, cast: Cast, office: Client, late: ReportingCycle, back: timedelta, owed: int
    ) -> None:
        report = report_of(late, cast.canada)
        sent = new_notice(
            kind="report_late", object_type="progressreport", object_id=report.pk,
            recipient_id=cast.focal_canada.pk, at=NOON - back, due_revision="1", not_before=NOON - back,
        )  # fmt: skip
        sent.state, sent.sent_at = "sent", NOON - back
        sent.save()
        url, typed = f"/en/workspace/cycles/{late.slug}/remind/", {"report": [str(report.pk)]}

        words = main_words(office.post(url, {**typed, "step": "preview"}))
        assert ("reminded today already" in words) == (owed == 0)
        office.post(url, {**typed, "step": "send"})
        assert Notice.objects.filter(kind="report_chase").count() == owed

    def test_nobody_is_reminded_of_what_has_come_or_is_not_due(
        self, cast: Cast, office: Client, late: ReportingCycle
    ) -> None:
        report = report_of(late, cast.canada)
        history.change(report, by=STAGE, at=NOON, state="sent", sent_at=NOON)

        office.post(f"/en/workspace/cycles/{late.slug}/remind/", {"report": [str(report.pk)], "step": "send"})
        office.post(f"/en/workspace/cycles/{late.slug}/remind/", {"report": ["x", "99999"], "step": "send"})

        assert Notice.objects.count() == 0

    def test_the_address_of_the_preview_alone_leads_to_the_cycle(self, office: Client, late: ReportingCycle) -> None:
        answer = office.get(f"/es/workspace/cycles/{late.slug}/remind/")
        assert (answer.status_code, answer["Location"]) == (302, f"/es/workspace/cycles/{late.slug}/")

    def test_my_tasks_lead_to_the_overdue_list(self, office: Client, late: ReportingCycle) -> None:
        page = office.get("/en/workspace/").content.decode()

        assert "3 reports are late: send reminders" in page
        assert f"/en/workspace/cycles/{late.slug}/?show=overdue" in page

    def remind(self, office: Client, late: ReportingCycle, *owers: Country) -> None:
        typed = {"report": [str(report_of(late, place).pk) for place in owers], "step": "send"}
        assert office.post(f"/en/workspace/cycles/{late.slug}/remind/", typed).status_code == 302

    def test_what_was_done_today_is_not_asked_again_until_tomorrow(
        self, cast: Cast, office: Client, late: ReportingCycle
    ) -> None:
        self.remind(office, late, cast.colombia)
        page = main_words(office.get("/en/workspace/"))
        assert "Do first 2 reports are late: send reminders November 2026 14 days late Reminded today: 1" in page
        assert "Waiting for others" not in page
        everybody = {"report": [str(report.pk) for report in late.reports.all()], "step": "send"}
        office.post(f"/en/workspace/cycles/{late.slug}/remind/", everybody)
        listed = office.get(f"/en/workspace/cycles/{late.slug}/?show=overdue").content.decode()
        assert (listed.count('name="report"'), listed.count(" checked>")) == (3, 0), "ticked is who can be reminded"
        page = main_words(office.get("/en/workspace/"))
        assert "send reminders" not in page
        assert "nothing for you to do November 2026, 3 reports are late Reminded today" in page
        with time_machine.travel(NOON + timedelta(days=1), tick=False):
            client = Client()
            client.force_login(cast.secretary)
            assert "Do first 3 reports are late: send reminders" in main_words(client.get("/en/workspace/"))
            listed = client.get(f"/en/workspace/cycles/{late.slug}/?show=overdue").content.decode()
            assert listed.count(" checked>") == 3

    def test_nobody_is_asked_to_remind_where_nobody_is_appointed(
        self, cast: Cast, office: Client, late: ReportingCycle
    ) -> None:
        for post in Appointment.objects.filter(country=cast.canada):
            history.change(post, by=STAGE, at=NOON, valid_until=date(2026, 11, 23))
        page = main_words(office.get("/en/workspace/"))
        assert "Do first 2 reports are late: send reminders November 2026 14 days late Nobody appointed: 1" in page
        everybody = {"report": [str(report.pk) for report in late.reports.all()], "step": "send"}
        office.post(f"/en/workspace/cycles/{late.slug}/remind/", everybody)
        page = main_words(office.get("/en/workspace/"))
        assert "Do first" not in page
        alone = "1 report is late, and nobody is appointed who could be reminded November 2026 Reminded today: 2"
        assert f"Due soon {alone} An administrator appoints people Look at the list" in page


def test_an_extension_is_checked_and_told_in_public(cast: Cast, office: Client, late: ReportingCycle) -> None:
    url, who = f"/en/workspace/cycles/{late.slug}/extend/", f"c{cast.colombia.pk}"
    for day in ("2026-11-10", "2027-03-01"):
        answer = office.post(url, {"who": who, "due_on": day, "reason": "Elections in May."})
        assert "must be later than the old one" in answer.content.decode()
    assert "the reason is public" in office.post(url, {"who": who, "due_on": "2026-12-20"}).content.decode()
    named = {"who": who, "due_on": "2026-12-20", "reason": "Ask ana@example.org."}
    assert "Look at what may be about a person" in office.post(url, named).content.decode()
    assert CycleExtension.objects.count() == 0

    told = {"who": who, "due_on": "2026-12-20", "reason": "Elections in May.", "once": "a" * 32}
    assert office.post(url, told).status_code == 302

    assert CycleExtension.objects.get().country == cast.colombia
    page = Client().get(f"/en/cycles/{late.slug}/").content.decode()
    assert "Elections in May." in page
    assert "20 December 2026" in page


def test_the_reason_of_an_extension_says_its_language(cast: Cast, office: Client, late: ReportingCycle) -> None:
    said = {"who": f"c{cast.colombia.pk}", "due_on": "2026-12-20", "reason": "Elecciones en mayo."}
    said["once"] = "a" * 32
    assert office.post(f"/es/workspace/cycles/{late.slug}/extend/", said).status_code == 302
    marked = '<span lang="es-419">Elecciones en mayo.</span>'
    at = f"cycles/{late.slug}/"
    assert marked in Client().get(f"/en/{at}").content.decode()
    assert marked not in Client().get(f"/es/{at}").content.decode()
    told = closing.reports_told(late, at=NOON)
    assert [row["extension_language"] for row in told if row["extension_reason"]] == ["es"]


def test_closing_says_what_is_open_and_publishes_the_copy(cast: Cast, office: Client, late: ReportingCycle) -> None:
    url = f"/en/workspace/cycles/{late.slug}/close/"
    report = report_of(late, cast.canada)
    history.change(report, by=STAGE, at=NOON, state="sent", sent_at=NOON, sent_by=cast.focal_canada)
    assert "1 thing waits for your decision." in office.post(url, {"reason": "All the same."}).content.decode()
    history.change(report, by=STAGE, at=NOON, state="accepted")
    assert "Say why it is closed although something is missing" in office.post(url, {}).content.decode()
    assert "(ana@example.org)" in office.post(url, {"reason": "Ask ana@example.org."}).content.decode()
    assert Client().get(f"/en/cycles/{late.slug}/snapshot.json").status_code == 404

    assert office.post(url, {"reason": "Ask ana@example.org.", "looked": "on"}).status_code == 302

    late.refresh_from_db()
    assert late.closed_by == cast.secretary
    copy = Client().get(f"/en/cycles/{late.slug}/snapshot.json").content
    page = Client().get(f"/es/cycles/{late.slug}/").content.decode()
    assert sha256(copy).hexdigest() in page
    assert json.loads(copy)["cycle"]["slug"] == late.slug
    assert json.loads(copy)["closing_reason"] == "Ask ana@example.org."
    english = main_words(Client().get(f"/en/cycles/{late.slug}/"))
    assert "Closed although something was missing: Ask ana@example.org." in english
    assert '<span lang="en">Ask ana@example.org.</span>' in page
    table = list(csv.DictReader(io.StringIO(Client().get(f"/en/cycles/{late.slug}/snapshot.csv").content.decode())))
    assert [row["code"] for row in table] == ["LAD-CAN-901", "LAD-COL-901"]


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("America/Lima", "2026-11-25T02:30:00Z", "25 November 2026"),
        ("Asia/Tokyo", "2026-11-24T20:00:00Z", "24 November 2026"),
    ],
)
def test_a_copy_bears_the_day_of_the_site_wherever_it_is_closed(
    cast: Cast, late: ReportingCycle, zone: str, moment: str, day: str
) -> None:
    User.objects.filter(pk=cast.secretary.pk).update(time_zone=zone)
    with time_machine.travel(moment, tick=False):
        office = Client()
        office.force_login(cast.secretary)
        closed = office.post(f"/en/workspace/cycles/{late.slug}/close/", {"reason": "Elections."})
        assert closed.status_code == 302
        page = main_words(Client().get(f"/en/cycles/{late.slug}/"))
        assert f"All published figures as they stood on {day}." in page
        assert day in main_words(Client().get("/en/data/"))


def test_the_board_of_a_closed_cycle_offers_nothing_that_is_over(
    cast: Cast, office: Client, late: ReportingCycle
) -> None:
    url = f"/en/workspace/board/?cycle={late.slug}"
    assert "Remind, extend or close" in main_words(office.get(url))
    actions.close_cycle(cycle=late, by=cast.actor(cast.secretary), at=NOON, why="Elections.", language="en")
    page = main_words(office.get(url))
    assert "Remind, extend or close" not in page
    assert "November 2026: due 10 November 2026. Reports of this cycle" in page
    for form in ("dates", "extend"):
        answer = office.get(f"/en/workspace/cycles/{late.slug}/{form}/")
        assert (answer.status_code, answer.headers["location"]) == (302, f"/en/workspace/cycles/{late.slug}/")


def test_the_copy_of_a_cycle_is_checked_by_its_code_and_by_itself(cast: Cast, late: ReportingCycle) -> None:
    actions.close_cycle(cycle=late, by=cast.actor(cast.secretary), at=NOON, why="Elections.", language="en")
    reader, code = Client(), late.snapshot.code
    copy = reader.get(f"/en/cycles/{late.slug}/snapshot.json").content
    there = f"/en/check/{code[:5]}-{code[5:]}/"
    assert f'href="{there}"' in reader.get(f"/en/cycles/{late.slug}/").content.decode()
    assert reader.post("/en/check/", {"code": code}).url == there
    page = main_words(reader.get(there))
    assert f"Snapshot of the cycle {late.name_en}" in page
    assert late.snapshot.sha256 in page
    for url in ("/en/check/", there):
        same = main_words(reader.post(url, {"file": SimpleUploadedFile("copy.json", copy)}))
        assert "Your file is the true one, byte for byte." in same, url
    other = reader.post(there, {"file": SimpleUploadedFile("copy.json", copy + b" ")})
    assert "Your file is not the snapshot as it was published (JSON)" in main_words(other)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "We know no published file with this content. Check the code as well."),
        ("es", "No conocemos ningún archivo publicado con este contenido. Revise también el código."),
        ("pt", "Não conhecemos nenhum arquivo publicado com este conteúdo. Confira também o código."),
        ("fr", "Nous ne connaissons aucun fichier publié ayant ce contenu. Vérifiez aussi le code."),
    ],
)
def test_a_copy_that_no_cycle_made_is_not_looked_for_among_reports_alone(db: None, language: str, said: str) -> None:
    answer = Client().post(f"/{language}/check/", {"file": SimpleUploadedFile("copy.json", b"{}")})
    assert said in main_words(answer)


@pytest.mark.parametrize(
    ("language", "names"), [("en", ["Colombia", "Guatemala", "Spain"]), ("es", ["Colombia", "España", "Guatemala"])]
)
def test_who_reported_stands_in_the_order_of_the_names_on_the_page(
    cast: Cast, late: ReportingCycle, language: str, names: list[str]
) -> None:
    for iso3, name, name_es in (("ESP", "Spain", "España"), ("GTM", "Guatemala", "Guatemala")):
        place = country(iso3, iso3[:2], name, name_es=name_es)
        record.country_report(record.commitment(f"LAD-{iso3}-901", country=place), late)
    page = main_words(Client().get(f"/{language}/cycles/{late.slug}/"))
    assert sorted(names, key=page.rindex) == names


def test_a_reason_typed_while_the_list_changed_is_kept(cast: Cast, office: Client, late: ReportingCycle) -> None:
    url, why = f"/en/workspace/cycles/{late.slug}/close/", {"reason": "Canada asked us to."}
    with mock.patch("commitments.reporting.actions.close_cycle", side_effect=actions.NotReadyError(mock.Mock())):
        refilled = office.post(url, why)
    assert refilled.status_code == 409
    assert "Something changed meanwhile." in main_words(refilled)
    assert re.search(r"<textarea[^>]*>\s*Canada asked us to\.</textarea>", refilled.content.decode())

    report = report_of(late, cast.canada)
    history.change(report, by=STAGE, at=NOON, state="sent", sent_at=NOON, sent_by=cast.focal_canada)
    stopped = office.post(url, why)
    assert stopped.status_code == 409
    assert "<blockquote>Canada asked us to.</blockquote>" in stopped.content.decode()

    history.change(report, by=STAGE, at=NOON, state="accepted")
    colleague = Client()
    colleague.force_login(cast.second_secretary)
    assert colleague.post(url, {"reason": "All the same."}).status_code == 302
    closed = office.post(url, why)
    assert closed.status_code == 409
    assert "This cycle is closed." in main_words(closed)
    assert "<blockquote>Canada asked us to.</blockquote>" in closed.content.decode()
    assert colleague.post(url, {"reason": "All the same."}).status_code == 302


def test_closing_names_the_day_until_which_somebody_has_time(cast: Cast, office: Client, late: ReportingCycle) -> None:
    url, day = f"/en/workspace/cycles/{late.slug}/close/", date(2026, 12, 20)
    by = cast.actor(cast.secretary)
    actions.extend(cycle=late, to=cast.colombia, due_on=day, public_reason="Elections.", by=by, at=NOON)
    page = office.get(url)
    assert (
        "It is not due before 20 December 2026 is over. Somebody who has not sent a report has time until then. "
        "Reports of this cycle"
    ) in main_words(page)
    assert f'href="/en/workspace/cycles/{late.slug}/?show=overdue"' in page.content.decode()


def test_a_question_without_answer_is_found_from_the_page_that_closes_the_cycle(
    cast: Cast, office: Client, late: ReportingCycle
) -> None:
    entry = report_of(late, cast.canada).entries.get()
    asked: dict[str, Any] = {
        "question": "Which permits?\nSince when?",
        "question_field": "value",
        "question_due_on": TODAY,
    }
    asked |= {"accepted_at": None, "published_at": None}
    figure = record.measurement(entry.series.indicator, 5, date(2026, 9, 30), state="returned", **asked)
    history.change(entry, by=STAGE, at=NOON, measurement=figure)
    page = office.get(f"/en/workspace/cycles/{late.slug}/close/")
    assert "1 question is not answered. LAD-CAN-901-I1 Returned" in main_words(page)
    there = f"/en/workspace/review/figures/{figure.pk}/"
    assert f'href="{there}"' in page.content.decode()
    assert "It comes back when it is answered. Which permits? Since when? Reply by 24 November 2026" in main_words(
        office.get(there)
    )


def test_closing_from_an_old_page_says_that_nothing_was_done(cast: Cast, office: Client, late: ReportingCycle) -> None:
    report = report_of(late, cast.canada)
    history.change(report, by=STAGE, at=NOON, state="sent", sent_at=NOON, sent_by=cast.focal_canada)
    answer = office.post(f"/en/workspace/cycles/{late.slug}/close/", {})
    assert answer.status_code == 409
    assert "Something changed meanwhile. Look at the list once more." in main_words(answer)
    late.refresh_from_db()
    assert late.closed_at is None


def test_a_planned_cycle_is_nobodys_business_outside(cast: Cast) -> None:
    cycle = record.cycle(opens_on=date(2026, 11, 25))

    assert Client().get(f"/en/cycles/{cycle.slug}/").status_code == 404
    assert cycle.slug not in Client().get("/en/cycles/").content.decode()


def test_the_board_leads_to_each_thing(cast: Cast, office: Client, late: ReportingCycle) -> None:
    page = office.get("/en/workspace/board/").content.decode()

    assert "LAD-COL-901-I1: Not received" in page
    assert "/en/workspace/indicators/LAD-COL-901-I1/update/" in page
    assert "Labor Mobility" in page


@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_the_same_number_of_queries(cast: Cast, office: Client, number: int) -> None:
    for each in range(number):
        place = country(f"AA{each}", f"A{each}", f"Land {each}")
        record.indicator(record.commitment(f"LAD-AA{each}-901", country=place, group=cast.labour))
    cycle = record.cycle(due_on=date(2026, 11, 10))
    actions.change_cycle(cycle=cycle, by=STAGE, at=NOON, due_on=date(2026, 11, 11))
    counted = {}
    for name, url in {
        "cycle": f"/en/workspace/cycles/{cycle.slug}/",
        "board": "/en/workspace/board/",
        "cycles": "/en/workspace/cycles/",
        "public": f"/en/cycles/{cycle.slug}/",
    }.items():
        reader = office if "workspace" in url else Client()
        reader.get(url)  # what is kept for a version of the record is read
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(url).status_code == 200
        counted[name] = len(queries)

    assert counted == {"cycle": 14, "board": 18, "cycles": 6, "public": 8}
