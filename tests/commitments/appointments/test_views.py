"""The administrator's pages about people: who gets in, what they do, what a second editor sees."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from commitments.appointments.models import Appointment
from commitments.history import actions as history
from commitments.notices.models import Notice
from commitments.roles.enums import Role
from tests.cast import NOON, SINCE, STAGE, TODAY, Cast, appoint, person

WHY = "letter of 12 November 2026"


def where(name: str, *args: int, language: str = "en") -> str:
    with override(language):
        return reverse(f"workspace:{name}", args=args)


def post_of(user: User) -> Appointment:
    return Appointment.objects.get(user=user)


def text(answer: Any) -> str:
    return " ".join(re.sub("<[^>]*>", " ", answer.content.decode().replace("<wbr>", "")).split())


def invitation(cast: Cast, **typed: str) -> dict[str, str]:
    return {
        "email": "nueva.canada@example.org",
        "name": "Nadia N.",
        "language": "fr",
        "time_zone": "",
        "role": Role.FOCAL_POINT,
        "country": str(cast.canada.pk),
        "group": "",
        "deputy_of": "",
        "valid_from": TODAY.isoformat(),
        "valid_until": "",
        "why": WHY,
        **typed,
    }


# --- Who gets in ------------------------------------------------------------------------------------------------
def pages(cast: Cast) -> list[str]:
    subject, post = cast.focal_canada.pk, post_of(cast.focal_canada).pk
    return [
        where("users"),
        where("invite"),
        where("person", subject),
        where("appoint", subject),
        where("end-access", subject),
        where("appointment-dates", subject, post),
        where("appoint-deputy", subject, post),
        where("end-appointment", subject, post),
    ]


def test_the_administrator_opens_every_page(desk: Client, cast: Cast) -> None:
    assert [desk.get(path).status_code for path in pages(cast)] == [200] * 8


@pytest.mark.parametrize(
    "name", ["secretary", "focal_colombia", "deputy_colombia", "focal_canada", "lead_labour", "reader", "outsider"]
)
def test_nobody_else_reads_or_changes_anything(client: Client, cast: Cast, name: str) -> None:
    client.force_login(cast.people[name])
    before = Appointment.history.count()
    for path in [*pages(cast), where("invite-again", cast.focal_canada.pk)]:
        assert client.get(path).status_code in {403, 404, 405}
        assert client.post(path, {"why": WHY, "version": "1"}).status_code in {403, 404}
    assert Appointment.history.count() == before
    assert not Notice.objects.exists()


def test_visitors_are_sent_to_sign_in(client: Client, cast: Cast) -> None:
    for path in [*pages(cast), where("invite-again", cast.focal_canada.pk)]:
        assert client.get(path)["Location"] == f"/en/account/login/?next={path}"
        assert client.post(path)["Location"] == f"/en/account/login/?next={path}"


def test_a_post_is_found_under_its_own_person_only(desk: Client, cast: Cast) -> None:
    foreign = post_of(cast.focal_colombia).pk
    assert desk.get(where("appointment-dates", cast.focal_canada.pk, foreign)).status_code == 404
    assert desk.get(where("person", 10**18)).status_code == 404
    assert desk.get(f"/en/workspace/users/{10**30}/").status_code == 404


def test_a_person_whose_post_ends_is_refused_with_the_next_page(client: Client, cast: Cast) -> None:
    browser = Client()
    browser.force_login(cast.administrator)
    client.force_login(cast.administrator)
    second = person("second.admin@example.org", "Second Administrator")
    appoint(second, Role.ADMINISTRATOR)
    client.force_login(second)
    assert browser.get(where("users")).status_code == 200
    post = post_of(cast.administrator)
    client.post(where("end-appointment", cast.administrator.pk, post.pk), {"why": WHY, "version": "1"})
    assert browser.get(where("users")).status_code == 403


def test_ending_access_signs_out_everywhere(desk: Client, cast: Cast) -> None:
    browser = Client()
    browser.force_login(cast.focal_canada)
    assert browser.get("/en/account/").status_code == 200
    desk.post(where("end-access", cast.focal_canada.pk), {"why": WHY})
    assert browser.get("/en/account/")["Location"] == "/en/account/login/?next=/en/account/"


def test_no_old_session_comes_back_with_the_access(desk: Client, cast: Cast) -> None:
    browser = Client()
    browser.force_login(cast.focal_canada)
    desk.post(where("end-access", cast.focal_canada.pk), {"why": WHY})
    desk.post(where("invite-again", cast.focal_canada.pk))
    assert User.objects.get(pk=cast.focal_canada.pk).is_active
    assert browser.get("/en/account/").status_code == 302


# --- The list ---------------------------------------------------------------------------------------------------
def test_the_list_shows_role_place_days_deputy_and_last_sign_in(desk: Client, cast: Cast) -> None:
    User.objects.filter(pk=cast.deputy_colombia.pk).update(last_login="2026-11-20T12:00Z")
    shown = text(desk.get(where("users")))
    assert (
        "Diego Deputy deputy.colombia@example.org Invited, has not set a password yet "
        "Focal point Colombia from 1 Jan 2021 until further notice Camila Colombia 20 Nov 2026"
    ) in shown
    assert "Olga Outsider outsider@example.org Invited, has not set a password yet No appointment never" in shown


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("role=focal_point&country=COL", ["Camila Colombia", "Diego Deputy"]),
        ("role=administrator", ["Ada Administrator"]),
        ("access=ended", ["Rui Reader"]),
        ("role=reader&access=ended", []),
    ],
)
def test_filters_narrow_the_list(desk: Client, cast: Cast, query: str, names: list[str]) -> None:
    desk.post(where("end-access", cast.reader.pk), {"why": WHY})
    page = desk.get(f"{where('users')}?{query}").content.decode()
    found = re.findall(r'<th scope="row">\s*<a href="[^"]*">([^<]*)</a>', page)
    assert found == names


@pytest.mark.parametrize("query", ["role=king", "rank=1", "page=0", "page=2", "country=ZZZ", "role=reader&role=lead"])
def test_a_filter_that_is_none_is_refused(desk: Client, query: str) -> None:
    assert desk.get(f"{where('users')}?{query}").status_code == 400


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_takes_the_same_queries_for_one_person_and_for_three(
    desk: Client, cast: Cast, django_assert_num_queries: Any, people: int
) -> None:
    for number in range(people):
        extra = person(f"extra{number}@example.org", f"Extra {number}")
        appoint(extra, Role.FOCAL_POINT, country=cast.colombia, deputy_of=post_of(cast.focal_colombia))
    desk.get(where("users"))
    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        desk.get(where("users"))


#: Person, their posts, countries of the filter, how many, people, posts of these, whether this is a demonstration, and
#: who asks for a deputy (the counter beside My tasks).
QUERIES_OF_THE_LIST = 8


@pytest.mark.parametrize("changes", [1, 3])
def test_a_persons_page_takes_the_same_queries_for_one_change_and_for_three(
    desk: Client, cast: Cast, django_assert_num_queries: Any, changes: int
) -> None:
    for number in range(changes):
        extra = person(f"extra{number}@example.org", f"Extra {number}")
        appoint(extra, Role.FOCAL_POINT, country=cast.canada, deputy_of=post_of(cast.focal_canada))
        end = TODAY + timedelta(days=number)
        data = {"valid_from": SINCE.isoformat(), "valid_until": end.isoformat(), "why": WHY, "version": str(number + 1)}
        desk.post(where("appointment-dates", cast.focal_canada.pk, post_of(cast.focal_canada).pk), data)
        desk.post(where("invite-again", cast.focal_canada.pk))
    desk.get(where("person", cast.focal_canada.pk))
    with django_assert_num_queries(QUERIES_OF_A_PERSON):
        desk.get(where("person", cast.focal_canada.pk))


#: Who asks and their posts; person, posts, deputies, history, invitations, authors, countries; demonstration or not;
#: and who asks for a deputy (the counter beside My tasks).
QUERIES_OF_A_PERSON = 11


# --- Inviting ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["en", "es"])
def test_one_form_invites_and_appoints(desk: Client, cast: Cast, language: str) -> None:
    answer = desk.post(where("invite", language=language), invitation(cast))
    invited = User.objects.get(email="nueva.canada@example.org")
    assert answer["Location"] == where("person", invited.pk, language=language)
    assert (invited.name, invited.language, invited.time_zone) == ("Nadia N.", "fr", "America/Toronto")
    post = post_of(invited)
    assert (post.role, post.country, post.group, post.valid_from, post.valid_until) == (
        Role.FOCAL_POINT,
        cast.canada,
        None,
        TODAY,
        None,
    )
    assert Notice.objects.get().kind == "invitation"


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"email": ""}, "Enter the e-mail address"),
        ({"email": "reader@example.org"}, "There is an account with this address already"),
        ({"name": ""}, "Enter the name"),
        ({"name": "Na\u202edia"}, "This text holds characters that cannot be seen. Type it here again"),
        ({"language": ""}, "Choose the language"),
        ({"role": ""}, "Choose the role"),
        ({"country": ""}, "Choose the country that this focal point speaks for"),
        ({"role": Role.LEAD}, "Choose the working group that this person leads"),
        ({"valid_from": ""}, "Enter the first day"),
        ({"valid_from": "24/11/2026"}, "Enter the day, month and year"),
        ({"valid_from": "1899-12-31"}, "Enter a day between the years 2000 and 2100"),
        ({"valid_until": "2020-01-01"}, "The last day must not be before the first day"),
        ({"why": ""}, "Say why, for example which letter asks for this"),
    ],
)
def test_what_is_missing_or_wrong_is_said_twice_in_the_same_words(
    desk: Client, cast: Cast, typed: dict[str, str], fault: str
) -> None:
    answer = desk.post(where("invite"), invitation(cast, **typed))
    assert answer.status_code == 200
    assert answer.content.decode().count(fault) == 2
    assert "<title>Error: Invite somebody" in " ".join(answer.content.decode().split())
    assert not User.objects.filter(email="nueva.canada@example.org").exists()
    assert not Notice.objects.exists()


def test_what_a_role_does_not_speak_for_is_left_out(desk: Client, cast: Cast) -> None:
    desk.post(where("invite"), invitation(cast, role=Role.READER))
    post = Appointment.objects.get(user__email="nueva.canada@example.org")
    assert (post.role, post.country, post.group) == (Role.READER, None, None)


def test_a_deputy_takes_the_country_from_the_person_stood_in_for(desk: Client, cast: Cast) -> None:
    principal = post_of(cast.focal_canada)
    desk.post(where("invite"), invitation(cast, country="", deputy_of=str(principal.pk)))
    post = Appointment.objects.get(user__email="nueva.canada@example.org")
    assert (post.country, post.deputy_of) == (cast.canada, principal)


# --- Deputies ---------------------------------------------------------------------------------------------------
def test_a_deputy_of_a_focal_point_is_appointed_on_its_own_page(desk: Client, cast: Cast) -> None:
    principal = post_of(cast.focal_canada)
    data = {"person": str(cast.outsider.pk), "valid_from": TODAY.isoformat(), "valid_until": "", "why": WHY}
    answer = desk.post(where("appoint-deputy", cast.focal_canada.pk, principal.pk), data)
    assert answer["Location"] == where("person", cast.focal_canada.pk)
    post = post_of(cast.outsider)
    assert (post.role, post.country, post.deputy_of) == (Role.FOCAL_POINT, cast.canada, principal)
    shown = text(desk.get(where("person", cast.focal_canada.pk)))
    assert "Deputy: Olga Outsider" in shown


# --- Days and clashes -------------------------------------------------------------------------------------------
def dates(cast: Cast, until: str, version: int = 1) -> dict[str, str]:
    return {"valid_from": SINCE.isoformat(), "valid_until": until, "why": WHY, "version": str(version)}


def test_the_second_of_two_editors_sees_both_versions_and_keeps_what_was_typed(desk: Client, cast: Cast) -> None:
    path = where("appointment-dates", cast.focal_canada.pk, post_of(cast.focal_canada).pk)
    desk.post(path, dates(cast, "2027-01-31"))
    clash = desk.post(path, dates(cast, "2027-06-30"))
    assert clash.status_code == 409
    page = clash.content.decode()
    assert 'name="valid_until" hidden>2027-06-30</textarea>' in page
    assert 'name="version" value="2"' in page
    assert "Ada Administrator" in page
    assert post_of(cast.focal_canada).valid_until == date(2027, 1, 31)
    assert desk.post(path, dates(cast, "2027-06-30", version=2)).status_code == 302
    assert post_of(cast.focal_canada).valid_until == date(2027, 6, 30)


def test_ending_a_post_that_was_changed_meanwhile_asks_too(desk: Client, cast: Cast) -> None:
    post = post_of(cast.focal_canada)
    desk.post(where("appointment-dates", cast.focal_canada.pk, post.pk), dates(cast, "2027-01-31"))
    clash = desk.post(where("end-appointment", cast.focal_canada.pk, post.pk), {"why": WHY, "version": "1"})
    assert clash.status_code == 409
    assert post_of(cast.focal_canada).valid_until == date(2027, 1, 31)


def test_saving_the_same_days_leaves_no_history(desk: Client, cast: Cast) -> None:
    before = Appointment.history.count()
    path = where("appointment-dates", cast.focal_canada.pk, post_of(cast.focal_canada).pk)
    assert desk.post(path, dates(cast, "")).status_code == 302
    assert Appointment.history.count() == before


def test_a_page_of_its_own_says_what_follows_before_access_ends(desk: Client, cast: Cast) -> None:
    page = text(desk.get(where("end-access", cast.focal_colombia.pk)))
    assert "What will happen" in page
    assert "These deputies lose their appointment too: Diego Deputy" in page
    assert "The way back" in page
    assert User.objects.get(pk=cast.focal_colombia.pk).is_active


def test_without_a_reason_nothing_ends(desk: Client, cast: Cast) -> None:
    for name, args in [
        ("end-access", (cast.focal_canada.pk,)),
        ("end-appointment", (cast.focal_canada.pk, post_of(cast.focal_canada).pk)),
    ]:
        assert desk.post(where(name, *args), {"why": " ", "version": "1"}).status_code == 200
    assert post_of(cast.focal_canada).valid_until is None


def test_ones_own_access_cannot_be_ended(desk: Client, cast: Cast) -> None:
    answer = desk.post(where("end-access", cast.administrator.pk), {"why": WHY})
    assert "You cannot end your own access" in answer.content.decode()
    assert User.objects.get(pk=cast.administrator.pk).is_active


def test_the_persons_page_tells_what_changed_who_did_it_and_why(desk: Client, cast: Cast) -> None:
    path = where("appointment-dates", cast.focal_canada.pk, post_of(cast.focal_canada).pk)
    desk.post(path, dates(cast, "2027-01-31"))
    shown = text(desk.get(where("person", cast.focal_canada.pk)))
    assert (
        "Ada Administrator (Administrator) Dates changed: Focal point: Canada. "
        "Last day was until further notice → now 31 January 2027 Internal reason: letter of 12 November 2026"
    ) in shown
    assert "System Appointed: Focal point: Canada (from 1 Jan 2021 until further notice)." in shown


def test_the_persons_page_tells_times_in_one_zone_the_readers(desk: Client, cast: Cast) -> None:
    cast.administrator.time_zone = "America/Lima"
    cast.administrator.save(update_fields=["time_zone"])
    cast.focal_canada.last_login = NOON
    cast.focal_canada.save(update_fields=["last_login"])
    path = where("appointment-dates", cast.focal_canada.pk, post_of(cast.focal_canada).pk)
    desk.post(path, dates(cast, "2027-01-31"))
    shown = text(desk.get(where("person", cast.focal_canada.pk)))
    assert "24 November 2026 08:00 (UTC−5) Ada Administrator" in shown
    assert "(UTC)" not in shown


def test_a_post_is_in_force_on_the_pages_when_its_rights_are(cast: Cast) -> None:
    cast.administrator.time_zone = "America/Lima"
    cast.administrator.save(update_fields=["time_zone"])
    history.change(post_of(cast.focal_canada), by=STAGE, at=NOON, valid_from=date(2026, 11, 25))
    with time_machine.travel("2026-11-25T02:30:00Z", tick=False):
        focal, desk = Client(), Client()
        focal.force_login(cast.focal_canada)
        desk.force_login(cast.administrator)
        assert focal.get("/en/workspace/commitments/").status_code == 200
        assert "not yet in force" not in text(desk.get(where("person", cast.focal_canada.pk)))


def test_a_post_ended_east_of_greenwich_is_over_at_once(cast: Cast) -> None:
    cast.administrator.time_zone = "Pacific/Auckland"
    cast.administrator.save(update_fields=["time_zone"])
    desk, post = Client(), post_of(cast.focal_canada)
    desk.force_login(cast.administrator)
    path = where("end-appointment", cast.focal_canada.pk, post.pk)
    assert desk.post(path, {"why": WHY, "version": "1"}).status_code == 302
    post.refresh_from_db()
    assert post.valid_until == TODAY - timedelta(days=1)


def test_fields_of_no_form_are_never_stored(desk: Client, cast: Cast) -> None:
    path = where("appointment-dates", cast.focal_canada.pk, post_of(cast.focal_canada).pk)
    desk.post(
        path, {**dates(cast, "2027-01-31"), "role": "administrator", "country": str(cast.colombia.pk), "user": "1"}
    )
    post = post_of(cast.focal_canada)
    assert (post.role, post.country) == (Role.FOCAL_POINT, cast.canada)


@pytest.fixture(autouse=True)
def an_hour_after_the_curtain_rose() -> Iterator[None]:
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        yield
