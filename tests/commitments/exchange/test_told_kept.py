"""Sources and reported statuses of commitments kept here, and loaded again: a person's word stays."""

from pathlib import Path
from typing import Any

import pytest

from commitments.register import told
from commitments.register.models import CommitmentSource, ReportedStatus
from commitments.sources.models import Source
from tests.commitments.exchange.editing import A_PERSON, NEXT_DAY, edit, load

pytestmark = pytest.mark.usefixtures("loaded")
SAID: dict[str, Any] = {"by": A_PERSON, "at": NEXT_DAY, "public_reason": "We know better."}


def document(title: str = "Decree 12") -> Source:
    return Source(title=title, language="en")


def a_status() -> ReportedStatus:
    return ReportedStatus.objects.filter(source__isnull=False).order_by("id")[0]


def kept() -> list[str]:
    return [str(one).partition(": kept: ")[2] for one in load().kept]


def test_a_status_put_under_another_document_is_not_made_again() -> None:
    row, before = a_status(), ReportedStatus.objects.count()
    words = told.Reported(
        value=told.ReportedValue.ENDED, basis=told.ReportedBasis.DERIVED, as_of=row.as_of_date, source=document()
    )
    told.change_status(row=row, said=words, version=row.version, **SAID)
    assert len(kept()) == 1
    assert ReportedStatus.objects.count() == before
    changed = ReportedStatus.objects.select_related("source").get(pk=row.pk)
    assert (changed.value, changed.source and changed.source.title) == ("ended", "Decree 12")


def test_a_status_taken_away_is_not_made_again_and_one_made_here_stays() -> None:
    row, before = a_status(), ReportedStatus.objects.count()
    told.take_away(row=row, version=row.version, **SAID)
    words = told.Reported(
        value=told.ReportedValue.ENDED, basis=told.ReportedBasis.STATED, as_of=None, source=document()
    )
    own = told.report_status(commitment=row.commitment, said=words, by=A_PERSON, at=NEXT_DAY)
    assert kept() == ["removed here"]
    assert ReportedStatus.objects.count() == before
    assert ReportedStatus.objects.filter(pk=own.pk).exists()


def test_a_source_named_here_stays_beside_what_the_file_comes_to_name(folder: Path) -> None:
    row = CommitmentSource.objects.select_related("commitment").get(
        commitment__reference_id="lad-2022-col-etpv", position=0
    )
    own = told.name_source(commitment=row.commitment, said=told.Named(source=document()), by=A_PERSON, at=NEXT_DAY)
    told.change_source(row=row, said=told.Named(source=document("Decree 13")), version=row.version, **SAID)
    edit(
        folder,
        "commitments.json",
        "lad-2022-col-etpv",
        lambda record: record["further_sources"].append(record["source"] | {"title": "A third paper"}),
    )
    report = load(folder)
    titles = list(row.commitment.source_links.order_by("position").values_list("source__title", flat=True))
    assert titles[0] == "Decree 13"
    assert "A third paper" in titles
    assert titles[-1] == "Decree 12"
    assert CommitmentSource.objects.filter(pk=own.pk).exists()
    assert any("source_id" in one.fields for one in report.kept)
