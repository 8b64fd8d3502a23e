"""Commitments as open data."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from commitments.indicators.models import StatusByHand
from commitments.indicators.queries import CommitmentReading, commitment_readings
from commitments.indicators.statuses import PLACES, deciding
from commitments.opendata.fields import Field, Kind, Table
from commitments.opendata.tables.shared import (
    PART_OF_ONE,
    REASONS,
    STATUSES,
    address,
    in_languages,
    known_day,
    number,
    source_fields,
    text,
    yes_no,
)
from commitments.register.enums import CommitmentKind, Horizon, LifeCycle, SourceRole
from commitments.register.models import Commitment, CommitmentSource, Party
from commitments.sources.models import Source


def _published(on: date) -> QuerySet[Any]:
    """Commitments that anybody may read, examples left out, with what their rows name. Constant number of queries."""
    main = CommitmentSource.objects.filter(role=SourceRole.MAIN).select_related("source").order_by("position", "id")
    parties = Party.objects.select_related("country", "organization").order_by("position", "id")
    by_hand = StatusByHand.objects.filter(lapsed_on__isnull=True)
    rows: QuerySet[Any] = (
        Commitment.objects.public()
        .real()
        .select_related(
            "mechanism", "pillar", "group", "maker_country", "maker_organization", "maker_mechanism", "superseded_by"
        )
        .prefetch_related(
            Prefetch("source_links", main, to_attr="main_sources"),
            Prefetch("parties", parties),
            Prefetch("statuses_by_hand", by_hand, to_attr="stated"),
        )
    )
    return rows


def _rows(batch: list[Any], on: date) -> list[CommitmentReading]:
    readings = commitment_readings(batch, on=on)
    return [readings[row.pk] for row in batch]


def maker_of(row: Commitment) -> str:
    """Who made it: the code of a country, an organization or a mechanism; a name where there is no code."""
    if row.maker_country:
        return str(row.maker_country.iso3)
    if row.maker_organization:
        return str(row.maker_organization.code)
    return str(row.maker_mechanism.code) if row.maker_mechanism else str(row.maker_name)


def _parties(row: Commitment) -> str:
    named = (
        party.country.iso3 if party.country else party.organization.code if party.organization else party.name
        for party in row.parties.all()
    )
    return ";".join(named)


def _source(row: CommitmentReading) -> Source | None:
    links: Any = getattr(row.commitment, "main_sources", [])
    return links[0].source if links else None


def _by_hand(row: CommitmentReading) -> str | None:
    stated: Any = getattr(row.commitment, "stated", [])
    return stated[0].status if stated else None


def _decided(name: str) -> Callable[[CommitmentReading], Decimal | None]:
    """A number of the result of the deciding indicator."""

    def read(row: CommitmentReading) -> Decimal | None:
        found = deciding(row)
        number = getattr(found.result, name) if found else None
        return number.quantize(PLACES) if number is not None and name != "value" else number

    return read


COMMITMENTS = Table(
    name="commitments",
    title=_("Commitments"),
    about=_("Every published commitment, with its status of the day and the source it was taken from."),
    published=_published,
    key="code",
    rows=_rows,
    refers=(("mechanism", "mechanisms", "code"), ("working_group", "working_groups", "code")),
    fields=(
        Field(
            "code",
            Kind.TEXT,
            _("Code of the commitment; it never changes"),
            lambda row: row.commitment.code,
            is_required=True,
        ),
        in_languages("title", _("Title"), lambda row: row.commitment),
        in_languages("summary", _("Summary in the secretariat’s words, not a quotation"), lambda row: row.commitment),
        text(
            "mechanism", _("Code of the mechanism under which it was made"), lambda row: row.commitment.mechanism.code
        ),
        Field(
            "pillar",
            Kind.WHOLE,
            _("Number of the Declaration’s pillar"),
            lambda row: row.commitment.pillar.number if row.commitment.pillar else None,
        ),
        text(
            "working_group",
            _("Code of the working group, or workstream, that it belongs to"),
            lambda row: row.commitment.group.code if row.commitment.group else None,
        ),
        text(
            "maker",
            _("Who made it: code of a country (ISO 3166-1), an organization or a mechanism, or a name without a code"),
            lambda row: maker_of(row.commitment),
        ),
        text(
            "parties",
            _("Others that it names, in the same way, with a semicolon between them"),
            lambda row: _parties(row.commitment),
        ),
        text(
            "kind",
            _("Who carries it, or that it is about money"),
            lambda row: row.commitment.kind,
            values=tuple(CommitmentKind.values),
        ),
        known_day("made_on", _("When it was made"), lambda row: row.commitment.made),
        known_day("due_on", _("When it is due"), lambda row: row.commitment.due),
        text(
            "horizon", _("Short, medium or long term"), lambda row: row.commitment.horizon, values=tuple(Horizon.values)
        ),
        text(
            "life_cycle",
            _("Whether it is active or has ended; what ended stays in the file"),
            lambda row: row.commitment.life_cycle,
            values=tuple(life.value for life in LifeCycle if life.is_public),
        ),
        known_day(
            "life_cycle_on",
            _("When it ended or was suspended"),
            lambda row: row.commitment.life_cycle_date if row.commitment.is_closed else None,
        ),
        text(
            "status",
            _("Status of the day, worked out from published figures alone; none: no status, because it has ended"),
            lambda row: row.result.status.value,
            values=STATUSES,
        ),
        text(
            "last_status",
            _("Of one that has ended: the status at its last figure"),
            lambda row: row.result.last_status.value if row.result.last_status else None,
            values=STATUSES,
        ),
        text(
            "status_by_hand", _("Status that the secretariat states beside the computed one"), _by_hand, values=STATUSES
        ),
        Field(
            "rule",
            Kind.WHOLE,
            _("Number of the rule that decided the status, see the method"),
            lambda row: row.result.rule,
        ),
        text(
            "status_reason", _("Code of the reason for the status"), lambda row: row.result.reason.value, values=REASONS
        ),
        text(
            "deciding_indicator",
            _("Code of the key indicator that stands as it does, the least advanced of several"),
            lambda row: found.indicator.code if (found := deciding(row)) else None,
        ),
        number("value", _("Figure that the deciding indicator was judged by"), _decided("value")),
        number("expected", _("Figure expected on that day on the way from baseline to target"), _decided("expected")),
        number(
            "share", _("How much of what was expected since the baseline is reached"), _decided("share"), PART_OF_ONE
        ),
        Field(
            "assessed",
            Kind.WHOLE,
            _("How many of its key indicators and steps can be assessed"),
            lambda row: row.result.assessed,
        ),
        Field("key_count", Kind.WHOLE, _("How many key indicators and steps it has"), lambda row: row.result.key_count),
        yes_no("is_verified", _("Whether it was checked against its source"), lambda row: row.commitment.is_verified),
        *source_fields(_source),
        address(lambda row: ("public:commitment", {"code": row.commitment.code})),
    ),
)
