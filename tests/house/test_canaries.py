"""Nothing unpublished reaches a stranger: the public site, byte for byte, with and without things that could leak.

Every address that can be reached, in four languages, with every choice of every filter, its headers with it, and what
is refused. Into every model goes a row that is not public, with a word that would be seen.
"""

import itertools
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.cache import cache
from django.db import models, transaction
from django.urls import reverse
from django.utils import translation

from accounts.models import Invitation, User
from commitments.appointments.models import Appointment
from commitments.history import actions
from commitments.history.enums import ReportState
from commitments.history.models import TrackedModel
from commitments.indicators.models import (
    Baseline,
    Evidence,
    Indicator,
    Measurement,
    Milestone,
    Revision,
    Series,
    Target,
    Waypoint,
)
from commitments.mistakes.models import MistakeReport
from commitments.register.models import Commitment, CommitmentLink, CommitmentSource, Party, Quotation, ReportedStatus
from commitments.reporting.models import (
    Draft,
    PrintedReport,
    ProgressReport,
    ReportCorrection,
    ReportDocument,
    ReportEntry,
    ReportingCycle,
    ReportPart,
    ReportQuestion,
    ReportTranslation,
)
from commitments.sources.models import Source, StoredFile
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.crawl import Seen, crawl
from tests.factories import record
from tests.house.test_rendered_words import ABOUT, NOT_HERE
from tests.house.test_routes import PUBLIC, world

__all__ = ["world"]  # the fixture that gives every address something to be about

LANGUAGES = ("en", "es", "pt", "fr")
WORD, FIGURE = "CANARY", 971_971
#: Addresses of things that are not public, and wild ones: what they answer says nothing either.
REFUSED = (
    "commitments/LAD-COL-903/",
    "commitments/LAD-COL-903/history/",
    "indicators/LAD-COL-903-I1/",
    "indicators/LAD-COL-901-I3/",
    "indicators/LAD-COL-901-I3/history/",
    "commitments/?country=XXX",
    "commitments/?stray=x",
    "commitments/?page=9999",
    "countries/XXX/",
    "check/99999-99999/",
    "nothing/here/",
)
#: Models of which no row is ever hidden: what stands in them is a published fact or a rule.
PUBLIC_BY_RULE = {
    "Adherence",
    "AdherenceCount",
    "Alignment",
    "Country",
    "CountryStatement",
    "CycleExtension",  # that somebody has more time is public
    "GroupRole",
    "Mechanism",
    "Meeting",
    "OfficeSettings",
    "Organization",
    "OrganizationKind",
    "Pillar",
    "Presidency",
    "ReportingCycle",
    "Secretariat",
    "StatusByHand",  # an override is public
    "Term",
    "Theme",
    "ThemeGroup",
    "Thresholds",
    "WorkingGroup",
}
#: Models that are made by the machine from others, and hold no words of anybody.
OF_THE_MACHINE = {
    "CommitmentPlace",
    "CommitmentStatus",
    "CountChange",
    "CycleSnapshot",
    "DataMark",
    "Heartbeat",
    "IndicatorStatus",
    "Notice",
    "NoticeAttempt",
    "ReportFigures",
    "SearchEntry",
    "SentForm",
    "TextState",
}
_numbers = itertools.count(1)


def marked(model: type[TrackedModel], **given: Any) -> Any:
    """A stored row whose every free text and figure is a canary; what it belongs to is given."""
    row = model(**given)
    for field in model._meta.concrete_fields:
        if field.name not in given and not field.primary_key and (value := canary(field)) is not None:
            setattr(row, field.attname, value)
    return actions.create(row, by=STAGE, at=NOON)


def canary(field: Any) -> Any:
    """What a column holds that people could read; None where it stays as it is."""
    if field.choices:
        return None if field.blank or field.has_default() else field.flatchoices[0][0]
    if field.name in {"language", "reason_language"}:
        return "en"
    if isinstance(field, models.DateField):
        day = NOON if isinstance(field, models.DateTimeField) else TODAY
        return None if field.null else day
    if isinstance(field, models.DecimalField):
        return FIGURE if field.name == "value" else None
    if isinstance(field, models.TextField | models.CharField) and (field.max_length or 999) > 60:
        text = f"{WORD} {next(_numbers)}"
        return f"https://canary.example/{text[-3:]}" if isinstance(field, models.URLField) else text
    return 1 if isinstance(field, models.PositiveIntegerField) and not field.has_default() else None


def plant(cast: Cast) -> set[str]:
    """A row that is not public in every model that can have one; the names of these models."""
    seen = set[str]()

    def put(model: Any, **given: Any) -> Any:
        seen.add(model.__name__)
        return marked(model, **given)

    shown = Commitment.objects.get(code="LAD-COL-901")
    indicator = Indicator.objects.get(code="LAD-COL-901-I1")
    line = indicator.series.get()
    source = put(Source)
    draft = put(
        Commitment, code="LAD-COL-903", life_cycle="draft", maker_country=cast.colombia, group=cast.labour,
        mechanism=cast.declaration, maker_name="", **dict.fromkeys(("maker_organization", "maker_mechanism", "pillar")),
    )  # fmt: skip
    for pair in ({"commitment": shown, "other": draft}, {"commitment": draft, "other": shown}):
        put(CommitmentLink, kind="related", **pair)
    put(Quotation, commitment=draft, source=source)
    put(Party, commitment=draft, country=cast.canada, organization=None, name="")
    put(CommitmentSource, commitment=draft, source=source)
    put(ReportedStatus, commitment=draft, source=source)
    put(Milestone, commitment=shown, state="draft", source=source)
    hidden = [
        put(Indicator, code="LAD-COL-903-I1", commitment=draft, state="published"),
        put(Indicator, code="LAD-COL-901-I3", commitment=shown, state="sent"),
    ]
    for row in hidden:
        own = put(Series, indicator=row, country=None, breakdown="")
        put(Baseline, series=own, source=source, date=date(2024, 1, 1))
        target = put(Target, series=own, source=source, date=date(2028, 1, 1), value_min=None, value_max=None)
        put(Waypoint, target=target, date=date(2026, 1, 1))
        put(Measurement, series=own, source=source, as_of=TODAY, state="published", value_min=None, value_max=None)
    unpublished = [state for state in ReportState if state not in {ReportState.PUBLISHED, ReportState.CORRECTED}]
    for number, state in enumerate(unpublished):
        figure = put(
            Measurement, series=line, source=source, as_of=date(2026, 7, 1 + number), state=state,
            value=FIGURE + number, value_min=None, value_max=None, accepted_at=NOON if state == "accepted" else None,
        )  # fmt: skip
    put(Evidence, commitment=None, measurement=figure, source=source, file=None)
    put(Revision, indicator=indicator, subject="target", state="sent", value_min=None, value_max=None)
    _reports(cast, shown, put)
    _people(cast)
    texts = dict.fromkeys(("wrong", "right", "source"), WORD)
    MistakeReport.objects.create(page="/en/", language="en", received_at=NOON, email="canary@example.org", **texts)
    return seen | {"MistakeReport", "Draft", "ReportPart", "PrintedReport", "Appointment", "ReportCorrection"}


def _reports(cast: Cast, shown: Commitment, put: Callable[..., Any]) -> None:
    """What a country and a group are writing, and what was asked back about it."""
    entry = ReportEntry.objects.get()
    texts = dict.fromkeys(("summary", "obstacles", "practice", "coherence_words"), f"{WORD} unsent")
    actions.change(entry.report, by=STAGE, at=NOON, **texts)
    actions.change(entry, by=STAGE, at=NOON, cannot_words=f"{WORD} cannot")
    for part in ReportPart.objects.filter(commitment=shown).exclude(report__state="published"):
        actions.change(part, by=STAGE, at=NOON, answer="progress", words=f"{WORD} words")
    for report in ProgressReport.objects.exclude(state="published"):
        put(ReportQuestion, report=report, part=None)
        put(ReportDocument, report=report, file=put(StoredFile))
        put(ReportTranslation, report=report, language="fr")
        Draft.objects.create(
            user=cast.focal_colombia, form="report", key=f"{report.pk}:x", fields={"a": WORD}, saved_at=NOON
        )
    later = ReportingCycle.objects.get(slug="cycle-2027-12-15")
    other = record.country_report(record.commitment("LAD-CAN-904", country=cast.canada, life_cycle="draft"), later)
    put(ReportEntry, report=other, series=Series.objects.get(indicator__code="LAD-COL-901-I3"), measurement=None)
    waiting = ReportCorrection.objects.get()
    actions.change(waiting, by=STAGE, at=NOON, texts={"summary": f"{WORD} corrected"}, reason=f"{WORD} reason")
    PrintedReport.objects.create(
        report=entry.report, code="2222222222", language="en", version=1, state="made", asked_at=NOON
    )
    put(ProgressReport, cycle=other.cycle, country=cast.colombia, group=None, is_of_secretariat=False, state="sent")


def asked_of_nobody_in_particular() -> None:
    """The secretariat's and the groups' reports ask about a commitment: what is owed, and by whom, is public."""
    shown = Commitment.objects.get(code="LAD-COL-901")
    for report in ProgressReport.objects.filter(country=None).exclude(state="published"):
        actions.create(ReportPart(report=report, commitment=shown), by=STAGE, at=NOON)


def later_cycle() -> None:
    """A cycle that asks nobody yet: it opens later."""
    record.cycle(due_on=date(2027, 12, 15), opens_on=date(2027, 11, 1), closes_on=date(2028, 1, 31))


def _people(cast: Cast) -> None:
    """Somebody new, appointed for a country, and somebody invited."""
    user = User.objects.create_user("canary@example.org", name=f"{WORD} Person")
    post = Appointment(user=user, role="focal_point", country=cast.colombia, valid_from=date(2026, 1, 1))
    actions.create(post, by=STAGE, at=NOON)
    assert Invitation.objects.count() == 0


def starts() -> list[str]:
    """Every address of the public tree, in every language, and what is refused."""
    found = []
    for language in LANGUAGES:
        with translation.override(language):
            found += [reverse(name, kwargs=ABOUT.get(name)) for name in sorted(PUBLIC - NOT_HERE)]
        found += [f"/{language}/{path}" for path in REFUSED]
    return list(dict.fromkeys(found))


@pytest.fixture(autouse=True)
def ready(settings: Any, world: dict[str, dict[str, Any]]) -> Iterator[None]:
    """As in use: pages are kept ready, with their ETags. What is planted goes again before the world is counted."""
    settings.READY_PAGES, settings.READY_PAGES_LAG_SECONDS = True, 0
    cache.clear()
    with time_machine.travel(NOON, tick=False), transaction.atomic():
        later_cycle()
        asked_of_nobody_in_particular()
        yield
        transaction.set_rollback(True)
    cache.clear()


def told(before: dict[str, Seen], after: dict[str, Seen]) -> list[str]:
    """The addresses that answer differently."""
    return sorted(address for address in {*before, *after} if before.get(address) != after.get(address))


@pytest.mark.django_db
def test_nothing_unpublished_changes_a_byte(cast: Cast) -> None:
    before = crawl(starts())
    assert {"/en/commitments/?country=COL", "/fr/commitments/?status=no_data", "/es/commitments/?q=canary"} <= {*before}
    assert any("ETag" in dict(seen.headers) for seen in before.values())

    plant(cast)

    after = crawl(starts())
    assert told(before, after) == []
    assert [address for address, seen in after.items() if WORD.encode() in seen.body or b"971" in seen.body] == []


@pytest.mark.django_db
def test_the_comparison_sees_what_is_published(cast: Cast) -> None:
    """The control: the same rows published do change pages in every language."""
    plant(cast)
    before = crawl(starts())
    draft = Commitment.objects.get(code="LAD-COL-903")
    actions.change(draft, by=STAGE, at=NOON, life_cycle="active")

    after = crawl(starts())
    changed = told(before, after)
    for language in LANGUAGES:
        assert {f"/{language}/", f"/{language}/commitments/", f"/{language}/countries/COL/"} <= {*changed}
        assert f"/{language}/commitments/LAD-COL-903/" in changed
        assert WORD.encode() in after[f"/{language}/commitments/LAD-COL-903/"].body


@pytest.mark.django_db
def test_every_model_is_thought_of(cast: Cast) -> None:
    planted = plant(cast)
    here = {
        model.__name__
        for model in apps.get_app_config("commitments").get_models()
        if not model.__name__.startswith("Historical")
    }
    assert planted | PUBLIC_BY_RULE | OF_THE_MACHINE == here
    assert not planted & (PUBLIC_BY_RULE | OF_THE_MACHINE)
