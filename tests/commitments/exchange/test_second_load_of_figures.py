"""Loading again: baselines, targets and figures are never rewritten."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from commitments.history import actions
from commitments.history.enums import ReportState
from commitments.indicators.models import CommitmentStatus, Measurement, Series, Target
from tests import cast as people
from tests.commitments.exchange.editing import A_PERSON, NEXT_DAY, by_a_person, edit, load

pytestmark = pytest.mark.usefixtures("loaded")


def line_of(reference_id: str) -> Series:
    return Series.objects.get(indicator__reference_id=reference_id)


def test_a_new_target_in_the_file_keeps_the_old_one_with_its_days(folder: Path) -> None:
    edit(folder, "indicators.json", "ind-col-permits", lambda row: row["target"].update(value=2_000_000))

    load(folder)

    old, new = Target.objects.filter(series=line_of("ind-col-permits")).order_by("id")
    assert (old.value, old.valid_from, old.valid_until) == (Decimal(1_500_000), None, date(2026, 11, 25))
    assert (new.value, new.valid_from, new.valid_until) == (Decimal(2_000_000), date(2026, 11, 25), None)
    assert load(folder).changed_anything is False


def test_a_target_that_people_revised_is_theirs() -> None:
    old = Target.objects.get(series=line_of("ind-col-permits"))
    by_a_person(old, valid_until=date(2026, 11, 20))
    revised = Target(series=old.series, value=1_800_000, date=date(2027, 6, 30), date_precision="day")
    actions.create(revised, by=A_PERSON, at=NEXT_DAY)

    report = load()

    assert Target.objects.filter(series=old.series).count() == 2
    assert [(kept.part, kept.fields) for kept in report.kept] == [("target", ("value", "date"))]


def test_another_figure_in_the_file_is_a_correction(folder: Path) -> None:
    edit(folder, "indicators.json", "ind-col-permits", lambda row: row["measurements"][0].update(value=1_718_812))

    load(folder)

    old, new = Measurement.objects.filter(series=line_of("ind-col-permits")).order_by("id")
    assert (old.value, old.state, old.is_used) == (Decimal(1_718_811), ReportState.CORRECTED, False)
    assert (new.value, new.state, new.is_used, new.replaces) == (Decimal(1_718_812), ReportState.PUBLISHED, True, old)
    assert load(folder).changed_anything is False


def test_a_figure_that_people_corrected_is_theirs(folder: Path) -> None:
    old = Measurement.objects.get(series=line_of("ind-col-permits"))
    cast = people.assemble()
    by_a_person(old, state=ReportState.CORRECTED, is_used=False)
    entered = Measurement(
        series=old.series,
        value=1_700_000,
        as_of=old.as_of,
        as_of_precision=old.as_of_precision,
        state=ReportState.PUBLISHED,
        accepted_at=NEXT_DAY,
        entered_by=cast.focal_colombia,
        replaces=old,
    )
    actions.create(entered, by=A_PERSON, at=NEXT_DAY)
    edit(folder, "indicators.json", "ind-col-permits", lambda row: row["measurements"][0].update(value=1_718_812))

    report = load(folder)

    assert Measurement.objects.filter(series=old.series).count() == 2
    assert [str(kept) for kept in report.kept] == [
        "indicators.json: ind-col-permits: figure: kept: corrected here: 2023: 1718811.0000"
    ]


def test_a_figure_that_left_the_file_stays_and_is_told(folder: Path) -> None:
    edit(folder, "indicators.json", "ind-col-permits", lambda row: row["measurements"].clear())

    report = load(folder)

    assert Measurement.objects.filter(series=line_of("ind-col-permits")).count() == 1
    assert [kept.because for kept in report.kept] == ["no longer in the file"]


def test_several_figures_for_one_date_are_all_kept_and_one_is_used(folder: Path) -> None:
    def add(row: dict[str, Any]) -> None:
        other = {**row["measurements"][0], "value": 1_600_000, "note": "Another office"}
        row["measurements"] = [
            {**other, "comparable": False, "comparable_why": "other unit"},
            *row["measurements"],
            other,
        ]

    edit(folder, "indicators.json", "ind-col-permits", add)

    load(folder)

    kept = Measurement.objects.filter(series=line_of("ind-col-permits"), state=ReportState.PUBLISHED)
    assert [(row.value, row.is_used, row.used_because) for row in kept.order_by("value", "id")] == [
        (Decimal(1_600_000), False, "Another figure is used for this date."),
        (Decimal(1_600_000), False, "Another figure is used for this date."),
        (Decimal(1_718_811), True, "The first comparable figure on record for this date."),
    ]
    assert load(folder).changed_anything is False


def test_statuses_follow_a_load(folder: Path) -> None:
    edit(folder, "indicators.json", "ind-col-permits", lambda row: row["target"].update(value=2_000_000))

    load(folder)

    kept = CommitmentStatus.objects.get(commitment__reference_id="lad-2022-col-etpv")
    assert (kept.on, kept.status) == (date(2026, 11, 25), "off_track")
