"""Who belongs to, chairs and serves a mechanism, kept by the secretariat: recorded, changed, ended, taken away."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.formats.partial import PartialDate
from commitments.history import actions as history
from commitments.history.actions import EditedMeanwhileError, NoReason
from commitments.history.once import new_token
from commitments.mechanisms import belonging
from commitments.mechanisms.belonging import Said
from commitments.mechanisms.models import Adherence, Mechanism, Organization, Presidency, Secretariat
from commitments.sources.models import Source
from tests.cast import NOON, STAGE, Cast
from tests.cast import country as of_record
from tests.commitments.workspace.test_queries import counter
from tests.factories import rows as any_row
from tests.pages import main_words

pytestmark = pytest.mark.django_db
DOCUMENT = {"source_title": "Note verbale 7", "source_url": "https://note.example"}
HOME = "/en/workspace/mechanisms/lad/"
WHY = {"public_reason": "As the note says."}


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as travelling:
        yield travelling


def as_person(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def typed(**changes: Any) -> dict[str, str]:
    return {**DOCUMENT, "once": new_token(), **{name: str(value) for name, value in changes.items()}}


def said(**words: Any) -> Said:
    days = {name: PartialDate.parse(words.pop(name)) for name in ("since", "until", "as_of") if name in words}
    return Said(source=Source(title="Note verbale 7", url="https://note.example", language="en"), **days, **words)


def endorsing(cast: Cast, country: Any = None, **words: Any) -> Adherence:
    row = Adherence(mechanism=cast.declaration, country=country or cast.colombia)
    return belonging.record(row=row, said=said(kind="endorsing", **words), by=STAGE, at=NOON)


def chairing(cast: Cast, since: str, country: Any = None, **words: Any) -> Presidency:
    row = Presidency(mechanism=cast.declaration, country=country or cast.colombia)
    return belonging.record(row=row, said=said(since=since, **words), by=STAGE, at=NOON)


def serving(cast: Cast, **words: Any) -> Secretariat:
    iom = any_row.stored(Organization, code="IOM", name="International Organization for Migration")
    return belonging.record(
        row=Secretariat(mechanism=cast.declaration, organization=iom), said=said(**words), by=STAGE, at=NOON
    )


def public(rest: str) -> str:
    return main_words(Client().get(f"/en/{rest}"))


def test_an_adherence_is_recorded_changed_ended_and_told(cast: Cast) -> None:
    office = as_person(cast.secretary)
    assert "/en/workspace/mechanisms/" in office.get("/en/workspace/commitments/").content.decode()
    assert "/en/workspace/mechanisms/lad/" in office.get("/en/workspace/mechanisms/").content.decode()
    assert "No country is on record yet." in main_words(office.get(HOME))
    assert "Has not endorsed the Declaration" in public("countries/COL/")
    new = typed(country=cast.colombia.pk, kind="endorsing", since="2022-06-10", as_of="2026-11-01")
    assert office.post(f"{HOME}adherences/new/", new | {"as_of_precision": "month"}).url == HOME
    assert "Colombia · Endorsing country since 10 June 2022 · as of November 2026 Note verbale 7" in main_words(
        office.get(HOME)
    )
    assert "1 endorsing country is named." in public("mechanisms/lad/")
    assert "Colombia 10 June 2022 Note verbale 7" in public("membership/")
    assert "Endorsing country since 10 June 2022 Note verbale 7" in public("countries/COL/")

    row = Adherence.objects.get()
    change = typed(kind="observer", since="2022-06-01", since_precision="month", version=1)
    url = f"{HOME}adherences/{row.pk}/change/"
    assert "Say why; the reason is public" in main_words(office.post(url, change))
    assert office.post(url, change | WHY).url == HOME
    assert "Observer country since June 2022" in public("countries/COL/")

    end = {"until": "2026-11-01", "until_precision": "month", "version": "2", "public_reason": "It has left."}
    assert office.post(f"{HOME}adherences/{row.pk}/end/", end).url == HOME
    assert "Countries that withdrew Country Since Source Note Colombia June 2022 until November 2026" in public(
        "membership/"
    )
    assert "Has withdrawn since June 2022 until November 2026" in public("countries/COL/")
    assert "Colombia Has withdrawn" in public("countries/?view=table")
    history.change(cast.colombia, by=STAGE, at=NOON, tile_row=4, tile_column=3)
    assert "Colombia: has withdrawn from the Declaration" in Client().get("/en/countries/").content.decode()
    assert "Has withdrawn since June 2022 · until November 2026" in public("compare/?country=COL&country=CAN")
    for left in ("countries/COL/", "countries/?view=table"):
        assert "Colombia Has not endorsed" not in public(left)
    told = public("mechanisms/lad/history/")
    assert "Secretariat Until November 2026 Reason: It has left." in told
    assert "How it belongs was Endorsing country → now Observer country" in told
    assert "Since was 10 June 2022 → now June 2022" in told
    assert "Reason: As the note says." in told
    assert "Country Colombia" in told
    assert "Sofía" not in told


def test_a_presidency_is_recorded_and_ended(cast: Cast) -> None:
    office, new = as_person(cast.secretary), f"{HOME}presidencies/new/"
    assert office.post(new, typed(country=cast.colombia.pk, since="2024-09-25")).url == HOME
    assert office.post(new, typed(country=cast.canada.pk, since="2027-01-01", since_precision="year")).url == HOME
    assert "Canada since 2027 · Source Colombia since 25 September 2024 · Source" in public("mechanisms/lad/")
    row = Presidency.objects.get(country=cast.colombia)
    end = {"until": "2026-12-31", "version": "1", **WHY}
    assert office.post(f"{HOME}presidencies/{row.pk}/end/", end).url == HOME
    assert "since 25 September 2024 · until 31 December 2026 · Source" in public("mechanisms/lad/")
    assert "since 25 September 2024 · until 31 December 2026 · Source" in public("countries/COL/")
    assert "Presidency pro tempore Colombia" in public("mechanisms/lad/history/")


def test_a_secretariat_is_recorded_and_ended(cast: Cast) -> None:
    other = serving(cast)
    belonging.take_away(row=other, by=STAGE, at=NOON, public_reason="Not yet.", version=1)
    office = as_person(cast.secretary)
    new = typed(organization=other.organization_id, since="2022-06-10")
    assert office.post(f"{HOME}secretariats/new/", new).url == HOME
    assert "International Organization for Migration since 10 June 2022" in public("mechanisms/lad/")
    row = Secretariat.objects.get()
    end = {"until": "2025-01-01", "until_precision": "year", "version": "1", **WHY}
    assert office.post(f"{HOME}secretariats/{row.pk}/end/", end).url == HOME
    assert "since 10 June 2022 · until 2025" in public("mechanisms/lad/")
    assert "Technical secretariat International Organization for Migration" in public("mechanisms/lad/history/")


@pytest.mark.parametrize("room", ["adherences", "presidencies", "secretariats"])
def test_what_was_recorded_by_mistake_is_taken_away_and_told(cast: Cast, room: str) -> None:
    row = {"adherences": endorsing, "secretariats": serving}.get(room, lambda cast: chairing(cast, "2024"))(cast)
    office, url = as_person(cast.secretary), f"{HOME}{room}/{row.pk}/take-away/"
    assert "Say why; the reason is public" in main_words(office.post(url, {"version": "1"}))
    for _press in range(2):
        assert office.post(url, {"version": "1", "public_reason": "It stood there by mistake."}).url == HOME
    assert type(row).objects.count() == 0
    told = public("mechanisms/lad/history/")
    assert f"was {row.holder.name} → removed Reason: It stood there by mistake." in told
    assert office.get(f"{HOME}{room}/999/take-away/").status_code == 404


def test_what_cannot_be_is_refused_with_a_sentence_and_keeps_what_was_typed(cast: Cast) -> None:
    office = as_person(cast.secretary)
    endorsing(cast, since="2022-06-10")
    serving(cast)
    organization = Secretariat.objects.get().organization_id
    colombia = cast.colombia.pk
    for room, changes, words in (
        ("adherences", {"country": colombia, "kind": "observer"}, "This country stands on record here already"),
        (
            "adherences",
            {"country": cast.canada.pk, "kind": "endorsing", "since": "2023-01-01", "until": "2022-12-31"},
            "The end cannot lie before the beginning",
        ),
        (
            "adherences",
            {"country": cast.canada.pk, "kind": "endorsing", "since": "2027-01-01"},
            "This day cannot lie ahead",
        ),
        ("adherences", {"country": cast.canada.pk, "kind": "member"}, "Choose from the list again"),
        ("adherences", {"country": cast.canada.pk}, "Choose how it belongs"),
        ("adherences", {"kind": "endorsing"}, "Choose the country"),
        ("adherences", {"country": cast.canada.pk, "kind": "endorsing", "source_title": ""}, "Say which document"),
        ("adherences", {"country": cast.canada.pk, "kind": "endorsing", "since": "1492-10-12"}, "Check the year"),
        ("secretariats", {"organization": organization}, "This organization stands on record here already"),
        ("presidencies", {"country": colombia}, "Enter the day on which the turn begins"),
        ("presidencies", {"country": colombia, "since": "soon"}, "Enter the day, month and year"),
    ):
        answer = office.post(f"{HOME}{room}/new/", typed(**({"source_title": "Letter 99"} | changes)))
        assert answer.status_code == 200, (room, changes)
        assert words in main_words(answer)
        assert "<title>Error: " in answer.content.decode()
        assert ('value="Letter 99"' in answer.content.decode()) is ("source_title" not in changes)
    assert (Adherence.objects.count(), Secretariat.objects.count(), Presidency.objects.count()) == (1, 1, 0)


def test_the_declaration_is_endorsed_and_other_mechanisms_have_members(cast: Cast) -> None:
    any_row.stored(Mechanism, code="QP", slug="qp", name_en="Quito Process")
    office = as_person(cast.secretary)
    assert "Member country" not in main_words(office.get(f"{HOME}adherences/new/"))
    other = main_words(office.get("/en/workspace/mechanisms/qp/adherences/new/"))
    assert "Member country" in other
    assert "Endorsing country" not in other


@pytest.mark.parametrize(
    ("first", "second", "may_be"),
    [
        (("2024-09-25", None), ("2026-01-01", None), True),
        (("2024-09-25", "2025-12-31"), ("2026-01-01", None), True),
        (("2024-09-25", "2026-01-01"), ("2026-01-01", None), True),
        (("2024-09-25", "2026-01-02"), ("2026-01-01", None), False),
        (("2024-09-25", None), ("2024-09-25", None), False),
        (("2024", None), ("2024", None), True),
        (("2024", "2025"), ("2025", "2026"), True),
        (("2024", "2026"), ("2025", None), False),
        (("2024", "2026"), ("2025-03", "2025-06"), False),
        (("2026-01-01", None), ("2024-09-25", "2026-02-01"), False),
    ],
)
def test_two_turns_in_one_chair_do_not_overlap(cast: Cast, first: Any, second: Any, may_be: bool) -> None:
    """A turn known to the year alone is given the benefit of it; one without an end lasts until the next begins."""

    def days(turn: Any) -> dict[str, str]:
        return {"since": turn[0]} | ({"until": turn[1]} if turn[1] else {})

    chairing(cast, **days(first))
    row = Presidency(mechanism=cast.declaration, country=cast.canada)
    if may_be:
        belonging.record(row=row, said=said(**days(second)), by=STAGE, at=NOON)
    else:
        with pytest.raises(belonging.HeldByAnother):
            belonging.record(row=row, said=said(**days(second)), by=STAGE, at=NOON)
    assert Presidency.objects.count() == 1 + may_be


def test_an_overlap_is_told_by_the_name_of_the_other(cast: Cast) -> None:
    chairing(cast, "2024-09-25", until="2026-12-31")
    new = typed(country=cast.canada.pk, since="2025-01-01")
    answer = as_person(cast.secretary).post(f"{HOME.replace('/en/', '/es/')}presidencies/new/", new)
    assert "Otro turno coincide con estas fechas: Colombia. Revise ambos" in main_words(answer)
    again = typed(country=cast.colombia.pk, since="2024-09-25")
    answer = as_person(cast.secretary).post(f"{HOME}presidencies/new/", again)
    assert "A turn of this country that begins then is on record already" in main_words(answer)


def test_recorded_twice_it_stands_once(cast: Cast) -> None:
    office, new = as_person(cast.secretary), typed(country=cast.colombia.pk, since="2024-09-25")
    for _press in range(2):
        assert office.post(f"{HOME}presidencies/new/", new).url == HOME
    assert Presidency.objects.count() == 1
    unclear = main_words(office.post(f"{HOME}presidencies/new/", new | {"once": ""}))
    assert "it was not clear whether this had been sent before" in unclear


def test_the_second_of_two_editors_sees_both_versions(cast: Cast) -> None:
    row = endorsing(cast, since="2022-06-10")
    url = f"{HOME}adherences/{row.pk}/change/"
    first = typed(kind="observer", since="2022-06-01", since_precision="month", version=1, **WHY)
    for _press in range(2):
        assert as_person(cast.second_secretary).post(url, first).url == HOME
    mine = typed(kind="endorsing", since="2023-01-01", since_precision="year", version=1, **WHY)
    clash = as_person(cast.secretary).post(url, mine)
    assert clash.status_code == 409
    told = main_words(clash)
    assert "Since When you opened it 10 June 2022 As it stands now June 2022 As you typed it 2023" in told
    assert "precision" not in told
    assert Adherence.objects.get().kind == "observer"
    gone = as_person(cast.secretary).post(f"{HOME}adherences/{row.pk}/take-away/", {"version": "1", **WHY})
    assert gone.status_code == 409


def test_two_who_say_that_it_ended(cast: Cast) -> None:
    row = chairing(cast, "2024-09-25")
    url, end = f"{HOME}presidencies/{row.pk}/end/", {"until": "2026-11-20", "version": "1", **WHY}
    office = as_person(cast.secretary)
    assert [office.post(url, end).status_code for _press in range(2)] == [302, 302]
    assert Presidency.history.filter(id=row.pk).count() == 2
    again = office.post(url, end | {"until": "2026-11-21", "version": "2"})
    assert "An end is on record already. Change it instead" in main_words(again)
    early = office.post(url, end | {"until": "2020-01-01", "version": "2"})
    assert "An end is on record already" in main_words(early)


def test_a_document_named_again_is_the_one_on_record(cast: Cast) -> None:
    row = endorsing(cast)
    change = typed(kind="observer", version=1, **WHY)
    assert as_person(cast.secretary).post(f"{HOME}adherences/{row.pk}/change/", change).url == HOME
    assert Source.objects.count() == 1


def test_what_may_be_about_a_person_is_looked_at_first(cast: Cast) -> None:
    row = endorsing(cast)
    url, end = f"{HOME}adherences/{row.pk}/end/", {"until": "2026-11-20", "version": "1"}
    office, why = as_person(cast.secretary), {"public_reason": "Ask ana@example.org"}
    assert "Look at what may be about a person, then tick the box" in main_words(office.post(url, end | why))
    assert office.post(url, end | why | {"looked": "on"}).url == HOME


@pytest.mark.parametrize("who", ["administrator", "focal_colombia", "lead_labour", "reader", "outsider"])
def test_nobody_else_keeps_them(cast: Cast, who: str) -> None:
    row, person = endorsing(cast), as_person(getattr(cast, who))
    refused = {403, 404} if who == "outsider" else {403}
    assert person.get("/en/workspace/mechanisms/").status_code == 403
    assert person.get(HOME).status_code in refused
    assert person.post(f"{HOME}adherences/new/", typed(country=cast.canada.pk, kind="endorsing")).status_code in refused
    end = {"until": "2026-11-20", "version": "1", **WHY}
    assert person.post(f"{HOME}adherences/{row.pk}/end/", end).status_code in refused
    assert "/workspace/mechanisms/" not in person.get("/en/workspace/commitments/").content.decode()
    assert Adherence.history.count() == 1


def test_a_room_or_step_that_does_not_exist_is_not_found(cast: Cast) -> None:
    row, office = endorsing(cast), as_person(cast.secretary)
    for rest in ("friends/new/", f"adherences/{row.pk}/forget/", f"presidencies/{row.pk}/change/"):
        assert office.get(HOME + rest).status_code == 404
    assert office.get("/en/workspace/mechanisms/nowhere/").status_code == 404


def test_what_is_public_is_not_moved_without_a_reason_nor_over_a_colleague(cast: Cast) -> None:
    row = endorsing(cast)
    step: dict[str, Any] = {"row": row, "by": STAGE, "at": NOON, "version": 1, "public_reason": ""}
    with pytest.raises(NoReason):
        belonging.take_away(**step)
    with pytest.raises(NoReason):
        belonging.change(**step, said=said(kind="observer"))
    with pytest.raises(NoReason):
        belonging.end(**step, until=PartialDate.parse("2026"))
    with pytest.raises(EditedMeanwhileError):
        belonging.take_away(**(step | {"version": 7, "public_reason": "Twice."}))
    assert Adherence.history.count() == 1


def test_three_records_cost_what_one_costs(cast: Cast) -> None:
    office = as_person(cast.secretary)
    pages = [
        (office, HOME),
        (office, "/en/workspace/mechanisms/"),
        (Client(), "/en/mechanisms/lad/"),
        (Client(), "/en/mechanisms/lad/history/"),
        (Client(), "/en/membership/"),
    ]
    serving(cast)
    endorsing(cast)
    chairing(cast, "2024-09-25")
    asked = [counter(*page) for page in pages]
    for count in asked:
        count()
    one = [count() for count in asked]
    for year, (iso3, iso2) in enumerate((("PER", "PE"), ("CRI", "CR")), start=2025):
        other = of_record(iso3, iso2, iso3)
        endorsing(cast, other)
        chairing(cast, str(year), other)
    for count in asked:
        count()
    assert [count() for count in asked] == one
