"""Loading again: nothing changes twice, what a person changed stays, and what the file changes follows."""

from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from commitments.exchange.reference.report import Outcome
from commitments.history import actions
from commitments.history.enums import ReportState
from commitments.indicators.models import Indicator
from commitments.mechanisms.models import Adherence
from commitments.register.models import Commitment, CommitmentLink, CommitmentSource, Party
from commitments.sources.models import Source
from commitments.working_groups.models import GroupRole
from tests.commitments.exchange.editing import A_PERSON, NEXT_DAY, by_a_person, edit, history_rows, load

pytestmark = pytest.mark.usefixtures("loaded")


def permits() -> Commitment:
    return Commitment.objects.get(reference_id="lad-2022-col-etpv")


def test_a_second_load_changes_nothing_and_writes_no_history() -> None:
    before = history_rows()

    report = load()

    assert history_rows() == before
    assert {report.total(Outcome.CREATED), report.total(Outcome.CHANGED), len(report.kept)} == {0}
    assert report.total(Outcome.LEFT) == 476


def test_a_second_load_takes_few_queries(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(80):
        load()


def test_a_value_that_a_person_changed_stays_and_is_told() -> None:
    by_a_person(permits(), title_en="Our title", horizon="long")

    report = load()

    assert (permits().title_en, permits().horizon) == ("Our title", "long")
    assert [str(kept) for kept in report.kept] == [
        "commitments.json: lad-2022-col-etpv: kept: edited here: title_en, horizon"
    ]
    assert report.changed_anything is False


def test_what_the_file_changes_follows_with_history(folder: Path) -> None:
    edit(folder, "commitments.json", "lad-2022-col-etpv", lambda row: row.update(title="A better title"))

    report = load(folder)

    past = permits().history.first()
    assert (permits().title_en, permits().version) == ("A better title", 2)
    assert (past.door, past.request_id, past.history_user_id) == ("import", "load_reference_data", None)
    assert {file: report.count(file, Outcome.CHANGED) for file in report.outcomes if report.count(file, "changed")} == {
        "commitments.json": 1
    }


def test_a_persons_value_outlives_changes_of_other_fields(folder: Path) -> None:
    """The loader's later row of history holds the person's value too: that does not make it the loader's."""
    by_a_person(permits(), title_en="Our title")
    edit(folder, "commitments.json", "lad-2022-col-etpv", lambda row: row.update(notes="A new note"))
    load(folder)
    edit(folder, "commitments.json", "lad-2022-col-etpv", lambda row: row.update(title="A better title"))

    report = load(folder)

    assert (permits().title_en, permits().notes) == ("Our title", "A new note")
    assert [kept.fields for kept in report.kept] == [("title_en",)]


def test_a_value_put_back_by_a_person_follows_the_file_again(folder: Path) -> None:
    title = permits().title_en
    by_a_person(permits(), title_en="Our title")
    by_a_person(permits(), title_en=title)
    edit(folder, "commitments.json", "lad-2022-col-etpv", lambda row: row.update(title="A better title"))

    load(folder)

    assert permits().title_en == "A better title"


def test_an_edited_source_stays_and_is_not_doubled() -> None:
    source = permits().source_links.get(position=0).source
    by_a_person(source, publisher="The White House")

    report = load()

    assert Source.objects.count() == 104
    assert Source.objects.get(pk=source.pk).publisher == "The White House"
    assert {(kept.part, kept.fields) for kept in report.kept} == {(f"source {source.pk}", ("publisher",))}


def test_a_part_that_a_person_removed_stays_away() -> None:
    commitment = Commitment.objects.get(reference_id="lad-2022-mex-guatemala-labour")
    actions.remove(commitment.parties.get(), by=A_PERSON, at=NEXT_DAY)

    report = load()

    assert commitment.parties.count() == 0
    assert [str(kept) for kept in report.kept] == [
        "commitments.json: lad-2022-mex-guatemala-labour: party: kept: removed here"
    ]


def test_a_role_that_a_person_ended_stays_ended() -> None:
    role = GroupRole.objects.get(group__code="WS02", role="lead")
    by_a_person(role, until=date(2026, 11, 1))

    report = load()

    assert GroupRole.objects.filter(group__code="WS02", country=role.country).count() == 1
    assert [(kept.record, kept.part, kept.fields) for kept in report.kept] == [("workstream 2", "role", ("until",))]


def test_parts_that_the_file_no_longer_lists_go_and_those_of_people_stay(folder: Path) -> None:
    commitment = Commitment.objects.get(reference_id="lad-2022-col-etpv")
    other = Commitment.objects.get(reference_id="lad-2024-col-parents-600000")
    actions.create(
        CommitmentLink(commitment=commitment, other=other, kind="related"), by=A_PERSON, at=NEXT_DAY, why="ours"
    )
    edit(folder, "commitments.json", "lad-2022-mex-guatemala-labour", lambda row: row["other_actors"].clear())
    edit(folder, "commitments.json", "lad-2022-usa-resettlement-20000", lambda row: row["further_sources"].pop(0))

    load(folder)

    assert Party.objects.filter(commitment__reference_id="lad-2022-mex-guatemala-labour").count() == 0
    links = CommitmentSource.objects.filter(commitment__reference_id="lad-2022-usa-resettlement-20000")
    assert [link.position for link in links] == [0, 1, 2, 3]
    assert [link.source.publisher for link in links][1] == "The White House (archived)"
    assert commitment.links.get().other == other


def test_a_dry_run_tells_the_same_and_stores_nothing(folder: Path) -> None:
    edit(folder, "commitments.json", "lad-2022-col-etpv", lambda row: row.update(title="A better title"))
    before, said = history_rows(), StringIO()

    call_command("load_reference_data", "--dry-run", "--from", str(folder), stdout=said)

    lines = said.getvalue().splitlines()
    assert lines[0] == "Dry run: nothing was stored."
    assert "commitments.json: 0 created, 1 changed, 88 left" in lines
    assert (history_rows(), permits().version) == (before, 1)


def test_the_command_tells_each_file(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_reference_data")

    lines = capsys.readouterr().out.splitlines()
    assert lines[:4] == [
        "countries.json: 0 created, 0 changed, 38 left",
        "terms.json: 0 created, 0 changed, 71 left",
        "organizations.csv: 0 created, 0 changed, 9 left",
        "mechanisms.json: 0 created, 0 changed, 7 left",
    ]
    assert "finance.json: kept for later: 27 records" in lines
    assert lines[-1] == "all files: 0 created, 0 changed, 476 left, 158 kept for later"


def test_adherences_that_people_added_stay() -> None:
    before = Adherence.objects.get(mechanism__code="LAD", country__iso3="ESP")
    by_a_person(before, kind="endorsing")

    report = load(at=datetime(2027, 1, 1, tzinfo=UTC))

    assert Adherence.objects.get(pk=before.pk).kind == "endorsing"
    assert [(kept.file, kept.record) for kept in report.kept] == [("memberships.csv", "LAD ESP")]


def test_indicators_are_public_from_the_start() -> None:
    assert set(Indicator.objects.values_list("state", flat=True)) == {ReportState.PUBLISHED}
