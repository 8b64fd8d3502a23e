"""Roles in groups and places beside the Declaration kept here, and loaded again: a person's word stays."""

from datetime import date
from typing import Any

import pytest

from commitments.formats.partial import PartialDate
from commitments.mechanisms.models import Country
from commitments.sources.models import Source
from commitments.working_groups import actions
from commitments.working_groups.enums import AlignmentKind, GroupRoleKind
from commitments.working_groups.models import Alignment, GroupRole, WorkingGroup
from tests.commitments.exchange.editing import A_PERSON, NEXT_DAY, load

pytestmark = pytest.mark.usefixtures("loaded")
SAID: dict[str, Any] = {"by": A_PERSON, "at": NEXT_DAY, "public_reason": "We know better."}


def a_lead() -> GroupRole:
    return GroupRole.objects.filter(role="lead", country__isnull=False).order_by("id")[0]


def a_place() -> Alignment:
    return Alignment.objects.filter(kind="workstream").order_by("id")[0]


def kept() -> list[str]:
    return [str(one).partition(": kept: ")[2] for one in load().kept]


def test_a_role_changed_here_stays() -> None:
    row = a_lead()
    said = actions.SaidRole(
        role=GroupRoleKind.PARTICIPANT, source=Source(title="Minutes", language="en"), since=PartialDate.parse("2024")
    )
    actions.change_role(row=row, said=said, version=row.version, **SAID)
    assert kept() == ["edited here: role"]
    assert GroupRole.objects.get(pk=row.pk).role == "participant"


def test_a_role_ended_here_is_not_brought_back() -> None:
    row = a_lead()
    actions.end_role(row=row, until=date(2026, 1, 1), version=row.version, **SAID)
    before = GroupRole.objects.count()
    assert len(kept()) == 1
    assert GroupRole.objects.count() == before
    assert GroupRole.objects.get(pk=row.pk).until == date(2026, 1, 1)


def test_a_role_taken_away_here_is_not_made_again_and_one_made_here_stays() -> None:
    row = a_lead()
    actions.take_away(row=row, version=row.version, **SAID)
    group = WorkingGroup.objects.exclude(pk=row.group_id).order_by("id")[0]
    country = Country.objects.exclude(group_roles__group=group).order_by("iso3")[0]
    said = actions.SaidRole(role=GroupRoleKind.PARTICIPANT, source=Source(title="Minutes", language="en"))
    own = actions.record_role(row=GroupRole(group=group, country=country), said=said, by=A_PERSON, at=NEXT_DAY)
    assert len(kept()) == 1
    assert not GroupRole.objects.filter(group=row.group_id, country=row.country_id).exists()
    assert GroupRole.objects.filter(pk=own.pk).exists()


def test_a_group_placed_elsewhere_here_is_not_placed_where_the_file_says_too() -> None:
    row = a_place()
    taken = Alignment.objects.filter(group=row.group_id).values("workstream")
    elsewhere = WorkingGroup.objects.filter(mechanism__code="LAD").exclude(pk__in=taken).order_by("number")[0]
    said = actions.SaidPlace(kind=AlignmentKind.WORKSTREAM, workstream=elsewhere)
    before = Alignment.objects.count()
    actions.change_place(row=row, said=said, version=row.version, **SAID)
    assert len(kept()) == 1
    assert Alignment.objects.count() == before
    assert Alignment.objects.get(pk=row.pk).workstream_id == elsewhere.pk


def test_a_place_taken_away_here_is_not_made_again() -> None:
    row = a_place()
    before = Alignment.objects.count()
    actions.take_away(row=row, version=row.version, **SAID)
    assert len(kept()) == 1
    assert Alignment.objects.count() == before - 1


def test_a_place_changed_and_then_taken_away_is_not_made_again() -> None:
    row = a_place()
    before = Alignment.objects.count()
    taken = Alignment.objects.filter(group=row.group_id).values("workstream")
    elsewhere = WorkingGroup.objects.filter(mechanism__code="LAD").exclude(pk__in=taken).order_by("number")[0]
    said = actions.SaidPlace(kind=AlignmentKind.WORKSTREAM, workstream=elsewhere)
    changed = actions.change_place(row=row, said=said, version=row.version, **SAID)
    actions.take_away(row=changed, version=changed.version, **SAID)
    assert len(kept()) == 1
    assert Alignment.objects.count() == before - 1
