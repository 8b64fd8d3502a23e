"""The kept counts of commitments are what the record says, whatever is done to it; where they are not, it is seen."""

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from io import StringIO
from random import Random
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client

from commitments.formats.partial import PartialDate
from commitments.history import actions, derived
from commitments.history.enums import ReportState
from commitments.indicators import counting, life, statuses
from commitments.indicators.actions import publish_measurement
from commitments.indicators.counting import counted, differences, gather
from commitments.indicators.models import CommitmentPlace, CommitmentStatus, CountChange, Face, Indicator
from commitments.indicators.proposals import publish_commitment
from commitments.indicators.tasks import check_counts
from commitments.mechanisms.models import Mechanism
from commitments.notices.models import Heartbeat
from commitments.register.enums import LifeCycle
from commitments.register.life import LifeStep, lawful_steps
from commitments.register.models import Commitment
from commitments.working_groups.models import Pillar, WorkingGroup
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.factories import record
from tests.locks import in_the_middle

STEPS = 60


class World:
    """A small record, and what chance does to it."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.chance, self.cast, self.number = Random(seed), cast, 0
        other = actions.create(Mechanism(code="OTH", slug="oth", name_en="Other"), by=STAGE, at=NOON)
        self.mechanisms = [cast.declaration, cast.declaration, other]
        pillar = actions.create(Pillar(mechanism=cast.declaration, number=2, code="P2"), by=STAGE, at=NOON)
        group = WorkingGroup(mechanism=cast.declaration, code="WS98", slug="ws98", number=98)
        self.pillars = [None, pillar]
        self.groups = [None, cast.labour, actions.create(group, by=STAGE, at=NOON)]
        self.source = record.source()

    def one(self) -> Commitment:
        """Any commitment."""
        rows: list[Commitment] = list(Commitment.objects.order_by("pk"))
        return self.chance.choice(rows)

    def step(self) -> None:
        """One thing that happens to the record."""
        ways: list[Callable[[], Any]] = [
            self.record_one, self.record_one, self.edit, self.edit, self.edit_many, self.measure, self.measure,
            self.revise_horizon, self.live_on, self.publish, self.remove, self.turn_the_day, self.withdraw_indicator,
        ]  # fmt: skip
        way = self.chance.choice(ways) if Commitment.objects.exists() else self.record_one
        way()

    def columns(self) -> dict[str, Any]:
        choose = self.chance.choice
        return {
            "pillar": choose(self.pillars),
            "group": choose(self.groups),
            "horizon": choose(["", "short", "long"]),
            "is_example": self.chance.random() < 0.1,
        }

    def record_one(self) -> None:
        self.number += 1
        commitment = record.commitment(
            f"X-{self.number:03}",
            country=self.chance.choice([None, self.cast.colombia, self.cast.canada]),
            mechanism=self.chance.choice(self.mechanisms),
            life_cycle=self.chance.choice(["draft", "active", "active"]),
            **self.columns(),
        )
        record.indicator(commitment, horizon=self.chance.choice(["", "medium"]), **PATH)

    def edit(self) -> None:
        name, value = self.chance.choice(
            [*self.columns().items(), ("mechanism", self.chance.choice(self.mechanisms)), ("title_en", "Another")]
        )
        actions.change(self.one(), by=STAGE, at=NOON, **{name: value})

    def edit_many(self) -> None:
        rows = Commitment.objects.filter(pk__lte=self.one().pk)
        actions.change_many(rows, by=STAGE, at=NOON, horizon=self.chance.choice(["short", "long"]))

    def measure(self) -> None:
        indicator = self.indicator()
        day = TODAY - timedelta(days=self.chance.randrange(300))
        figure = record.measurement(
            indicator, self.chance.randrange(120), day, state="accepted", published_at=None, source=self.source,
            is_used=False,
        )  # fmt: skip
        publish_measurement(measurement=figure, by=STAGE, at=NOON)

    def indicator(self) -> Indicator:
        rows: list[Indicator] = list(Indicator.objects.order_by("pk"))
        return self.chance.choice(rows)

    def revise_horizon(self) -> None:
        actions.change(self.indicator(), by=STAGE, at=NOON, horizon=self.chance.choice(["", "short", "long"]))

    def withdraw_indicator(self) -> None:
        actions.change(self.indicator(), by=STAGE, at=NOON, state=ReportState.DRAFT)

    def live_on(self) -> None:
        commitment = self.one()
        steps = [step for step in lawful_steps(commitment) if step is not LifeCycle.SUPERSEDED]
        if steps:
            step = LifeStep(to=self.chance.choice(steps), reason="So it was decided.", source=self.source, on=DAY)
            life.take_step(commitment=commitment, step=step, by=STAGE, at=NOON)

    def publish(self) -> None:
        draft = Commitment.objects.filter(life_cycle="draft").first()
        if draft is not None:
            publish_commitment(commitment=draft, by=STAGE, at=NOON)

    def remove(self) -> None:
        self.number += 1
        bare = record.commitment(f"X-{self.number:03}", country=self.cast.canada, **self.columns())
        actions.remove(bare, by=STAGE, at=NOON)

    def turn_the_day(self) -> None:
        statuses.refresh(at=NOON + timedelta(days=self.chance.randrange(2000)))


PATH: dict[str, Any] = {
    "baseline": (0, TODAY - timedelta(days=900)),
    "target": (100, TODAY + timedelta(days=300)),
}
DAY = PartialDate.parse("2026-05")


@pytest.mark.parametrize("seed", range(4))
def test_the_counts_follow_whatever_happens(cast: Cast, seed: int) -> None:
    world = World(cast, seed)
    for number in range(STEPS):
        world.step()
        if number % 20 == 0:
            gather(least=1)
        assert sum(row["number"] for row in counted(Face.WORK)) == Commitment.objects.real().public().count()
    assert differences() == []
    kinds = {row["life_cycle"] for row in counted(Face.WORK)}
    assert len(kinds) > 1  # chance did not do the same again and again
    gather(least=1)
    assert differences() == []


def test_control_a_write_path_that_does_not_tell_is_seen(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    commitment = record.commitment(country=cast.colombia)
    assert differences() == []
    monkeypatch.setattr(derived, "_kept", {})
    actions.change(commitment, by=STAGE, at=NOON, horizon="long")
    work = f"{cast.declaration.pk} {{}}active no_data"
    assert differences() == [
        f"horizon {work.format('')}: counted 1, on record 0",
        f"horizon {work.format('long ')}: counted 0, on record 1",
        f"work {work.format('')}: counted 1, on record 0",
        f"work {work.format('long ')}: counted 0, on record 1",
        "LAD-COL-901: counted as it stood before",
    ]


def broken(cast: Cast) -> str:
    """A count that is one too many."""
    record.commitment(country=cast.colombia)
    CountChange.objects.filter(face=Face.MAKER, change=1, status="no_data").update(change=2)
    return f"maker {cast.declaration.pk} {cast.colombia.pk} active no_data: counted 2, on record 1"


def test_the_command_says_each_difference_and_ends_with_one(cast: Cast) -> None:
    said = StringIO()
    line = broken(cast)
    with pytest.raises(CommandError, match="1 differences") as refused:
        call_command("check_counts", stdout=said)
    assert (refused.value.returncode, said.getvalue()) == (1, f"{line}\n")
    call_command("check_counts", "--repair", stdout=StringIO())
    said = StringIO()
    call_command("check_counts", stdout=said)
    assert said.getvalue() == "The counts are what the record says.\n"


def test_the_nightly_check_leaves_an_alarm_that_the_secretariat_sees(cast: Cast, client: Client) -> None:
    words = "Counts on the public pages differ from the record"
    client.force_login(cast.secretary)
    check_counts()
    assert words not in client.get("/en/workspace/").content.decode()
    broken(cast)
    with pytest.raises(counting.CountsDifferError):
        check_counts()
    assert not Heartbeat.objects.get(job=counting.CHECK).is_ok
    assert words in client.get("/en/workspace/").content.decode()
    counting.repair()
    check_counts()
    assert words not in client.get("/en/workspace/").content.decode()


def test_a_place_that_was_lost_or_outlived_its_commitment_is_seen(cast: Cast) -> None:
    kept, gone = record.commitment(country=cast.colombia), record.commitment("LAD-COL-902", country=cast.colombia)
    CommitmentPlace.objects.filter(pk=kept.pk).delete()
    place = CommitmentPlace.objects.get(pk=gone.pk)
    CommitmentPlace.objects.filter(pk=gone.pk).delete()
    place.pk, place.is_counted = gone.pk + 1000, False
    place.save(force_insert=True)
    assert differences() == [
        "LAD-COL-901: on record and not in the counts",
        "LAD-COL-902: on record and not in the counts",
        "LAD-COL-902: in the counts and not on record",
    ]


def test_putting_changes_together_leaves_every_count(cast: Cast) -> None:
    for number in range(3):
        record.commitment(f"LAD-COL-90{number}", country=cast.colombia)
    before = counted(Face.WORK, "mechanism_id")
    assert gather() == 0
    assert gather(least=1) > 3
    assert counted(Face.WORK, "mechanism_id") == before
    assert set(CountChange.objects.values_list("change", "is_sum")) == {(3, True)}


@pytest.mark.django_db(transaction=True)
def test_two_who_move_one_commitment_at_once_are_both_counted(cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    indicator = record.indicator(commitment, **PATH)
    figure = record.measurement(
        indicator, 80, TODAY - timedelta(days=30), state="accepted", published_at=None, entered_by=cast.focal_colombia
    )
    in_the_middle(
        lambda: publish_measurement(measurement=figure, by=STAGE, at=NOON),
        lambda: actions.change(commitment, by=STAGE, at=NOON, horizon="long"),
    )
    assert differences() == []
    assert CommitmentStatus.objects.get().status == "on_track"
    assert [(row["horizon"], row["status"]) for row in counted(Face.WORK, "horizon")] == [("long", "on_track")]


def test_counts_by_maker_alone_are_made_anew_with_the_pillar(cast: Cast) -> None:
    """What a database of before holds: the same numbers, without the pillar."""
    pillar = actions.create(Pillar(mechanism=cast.declaration, number=1, code="P1", name_en="One"), by=STAGE, at=NOON)
    for number in (1, 2):
        record.commitment(f"LAD-COL-90{number}", country=cast.colombia, pillar=pillar)
    CountChange.objects.filter(face=Face.MAKER).update(pillar=None)
    assert differences() != []
    migration = import_module("commitments.migrations.0027_counts_by_maker_and_pillar")
    migration.count_anew(apps, None)
    assert differences() == []
