"""Loading again after people kept adherences, presidencies and secretariats here: theirs stays, and is told."""

from datetime import date
from pathlib import Path

import pytest

from commitments.exchange.reference.report import Outcome
from commitments.formats.partial import PartialDate
from commitments.mechanisms import belonging, organizations
from commitments.mechanisms.belonging import Said
from commitments.mechanisms.models import Adherence, Mechanism, Organization, Presidency, Secretariat
from commitments.sources.models import Source
from commitments.workspace.queries import organizations_named
from tests.cast import country
from tests.commitments.exchange.editing import A_PERSON, NEXT_DAY, load

pytestmark = pytest.mark.usefixtures("loaded")
BY = {"by": A_PERSON, "at": NEXT_DAY}
AGAIN = {**BY, "public_reason": "As the note verbale says.", "version": 1}


def note() -> Source:
    return Source(title="Note verbale 7", language="en")


def kept() -> list[str]:
    report = load()
    assert report.total(Outcome.CREATED) == report.total(Outcome.CHANGED) == 0
    return [str(line) for line in report.kept]


def test_an_adherence_changed_ended_or_taken_away_here_stays_so() -> None:
    spain = Adherence.objects.get(mechanism__code="LAD", country__iso3="ESP")
    belonging.change(row=spain, said=Said(source=note(), kind="endorsing", since=PartialDate.parse("2025-03")), **AGAIN)
    peru = Adherence.objects.get(mechanism__code="LAD", country__iso3="PER")
    belonging.end(row=peru, until=PartialDate.parse("2026"), **AGAIN)
    brazil = Adherence.objects.get(mechanism__code="LAD", country__iso3="BRA")
    belonging.take_away(row=brazil, **AGAIN)

    told = kept()

    assert told == [
        "memberships.csv: LAD BRA: kept: removed here",
        "memberships.csv: LAD ESP: kept: edited here: kind, since, since_precision, as_of, as_of_precision",
    ]
    assert Adherence.objects.get(pk=spain.pk).kind == "endorsing"
    assert Adherence.objects.get(pk=peru.pk).until == date(2026, 1, 1)
    assert not Adherence.objects.filter(mechanism__code="LAD", country__iso3="BRA").exists()
    assert kept() == told


def test_an_adherence_recorded_here_is_not_doubled_by_a_file_that_learns_of_it() -> None:
    row = Adherence.objects.get(mechanism__code="LAD", country__iso3="ESP")
    belonging.take_away(row=row, **AGAIN)
    mechanism = Mechanism.objects.get(code="LAD")
    again = Adherence(mechanism=mechanism, country=country("ESP", "ES", "Spain"))
    belonging.record(row=again, said=Said(source=note(), kind="endorsing"), **BY)

    told = kept()

    assert [line.partition(": kept: edited here: ")[0] for line in told] == ["memberships.csv: LAD ESP"]
    assert Adherence.objects.get(mechanism__code="LAD", country__iso3="ESP").kind == "endorsing"


def test_a_turn_moved_to_another_year_is_the_same_turn_and_one_taken_away_stays_away() -> None:
    turn = Presidency.objects.get(mechanism__code="MIRPS", country__iso3="CRI")
    handover = PartialDate.parse("2024-12-05")
    belonging.change(row=turn, said=Said(source=note(), since=handover), **AGAIN)

    assert kept() == [
        "governance.json: presidency MIRPS CRI 2025: kept: edited here: since, since_precision, source_id"
    ]
    assert Presidency.objects.get(mechanism__code="MIRPS", country__iso3="CRI").since == handover.first

    belonging.take_away(row=turn, **(AGAIN | {"version": 2}))

    assert kept() == ["governance.json: presidency MIRPS CRI 2025: kept: removed here"]
    assert not Presidency.objects.filter(mechanism__code="MIRPS", country__iso3="CRI").exists()


def test_the_turns_of_the_record_may_be_ended_one_after_the_other() -> None:
    """Many are known to the year alone, and begin before the year that a source gives them."""
    turns = Presidency.objects.filter(mechanism__code="MIRPS").order_by("since")
    for turn, until in zip(turns, ["2023", "2024-01-24", "2024-12-05", "2025-11-25"], strict=False):
        belonging.end(row=turn, until=PartialDate.parse(until), **AGAIN)

    assert kept() == []
    assert Presidency.objects.filter(mechanism__code="MIRPS", until=None).get().country.iso3 == "SLV"


def test_an_organization_renamed_here_is_found_again_by_the_name_in_the_files() -> None:
    row = Organization.objects.get(code="IOM")
    names = {"en": "IOM – UN Migration", "es": "OIM", "pt": "", "fr": ""}
    organizations.change(organization=row, names=names, kind=row.kind, **AGAIN)
    before = Organization.objects.count()

    assert kept() == ["organizations.csv: IOM: kept: edited here: name_en, name_es, name_pt, name_fr, other_names"]
    assert Organization.objects.count() == before
    assert Organization.objects.get(code="IOM").name_es == "OIM"


def test_an_organization_that_nothing_names_stays_away_once_it_was_taken_away_here(folder: Path) -> None:
    with (folder / "organizations.csv").open("a", encoding="utf-8") as file:
        file.write("ZZZ,Body without a task,,,,international_organization,,A row of a test\n")
    load(folder)
    row = organizations_named().get(is_named=False)
    organizations.take_away(organization=row, **AGAIN)

    assert [str(line) for line in load(folder).kept] == ["organizations.csv: ZZZ: kept: removed here"]
    assert not Organization.objects.filter(code="ZZZ").exists()


def test_a_secretariat_ended_stays_ended_and_one_taken_away_stays_away() -> None:
    first, second = Secretariat.objects.filter(mechanism__code="MIRPS").order_by("pk")[:2]
    belonging.end(row=first, until=PartialDate.parse("2025-06-30"), **AGAIN)
    belonging.take_away(row=second, **AGAIN)

    assert kept() == ["mechanisms.json: MIRPS: secretariat: kept: removed here"]
    assert Secretariat.objects.get(pk=first.pk).until == date(2025, 6, 30)
    assert not Secretariat.objects.filter(pk=second.pk).exists()
