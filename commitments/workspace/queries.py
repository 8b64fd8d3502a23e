"""Readings of the workspace that join subjects."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from commitments.formats.language import LANGUAGES
from commitments.indicators.models import Target
from commitments.mechanisms.models import Mechanism, Organization
from commitments.register.enums import LifeCycle
from commitments.register.likeness import Described, Likeness, likely
from commitments.register.models import Commitment, Party
from commitments.roles.standing import standing_of
from commitments.working_groups.enums import GroupRoleKind
from commitments.working_groups.models import Alignment, GroupRole, WorkingGroup


def without_indicator(user: Any, *, limit: int = 5) -> list[Commitment]:
    """Public commitments of the own countries that nobody measures yet: an indicator can be proposed."""
    standing = standing_of(user)
    if not standing.countries:
        return []
    own = Commitment.objects.answered_by(standing.countries)
    rows = own.filter(life_cycle=LifeCycle.ACTIVE, indicators__isnull=True)
    return list(rows.order_by("code")[:limit])


def record_rows(user: Any) -> QuerySet[Commitment]:
    """The commitments a person answers for, drafts first: all for the secretariat, else of own country and group."""
    standing = standing_of(user)
    rows = Commitment.objects.visible_to(user)
    if not standing.is_staff:
        own = Commitment.objects.answered_by(standing.countries).values("pk")
        rows = rows.filter(Q(pk__in=own) | Q(group_id__in=standing.groups))
    first = Case(When(life_cycle=LifeCycle.DRAFT, then=Value(0)), default=Value(1), output_field=IntegerField())
    return (
        rows.annotate(draft_first=first, with_indicators=Count("indicators"))
        .select_related("maker_country", "group")
        .order_by("draft_first", "code")
    )


def declaration_first(column: str) -> Case:
    """An order in which the Declaration's own stand first; `column` holds the mechanism's code."""
    return Case(When(**{column: "LAD"}, then=Value(0)), default=Value(1), output_field=IntegerField())


def mechanisms_in_order() -> list[Mechanism]:
    """Every mechanism, the Declaration first. One query."""
    return list(Mechanism.objects.order_by(declaration_first("code"), "code"))


def mechanisms_kept() -> QuerySet[Mechanism]:
    """Every mechanism, the Declaration first, with how many belong to it, chair it and serve it now. One query."""
    counted = {
        f"{name}_now": Count(name, filter=Q(**{f"{name}__until": None}), distinct=True)
        for name in ("adherences", "secretariats")
    }
    turns = Count("presidencies", distinct=True)
    rows: QuerySet[Mechanism] = Mechanism.objects.annotate(**counted, presidencies_known=turns)
    return rows.order_by(declaration_first("code"), "code")


def groups_kept() -> QuerySet[WorkingGroup]:
    """Every working group, the Declaration's first, with how many lead it today and how many take part. One query."""
    now = Q(roles__until__isnull=True)
    leading = now & Q(roles__role__in=(GroupRoleKind.LEAD, GroupRoleKind.CO_LEAD))
    return (
        WorkingGroup.objects.annotate(
            leading=Count("roles", filter=leading),
            taking_part=Count("roles", filter=now & Q(roles__role=GroupRoleKind.PARTICIPANT)),
        )
        .select_related("mechanism")
        .order_by(declaration_first("mechanism__code"), "mechanism__code", "number", "code")
    )


def roles_of_group(group: WorkingGroup) -> list[GroupRole]:
    """Who has or had a role in a group: those who have it now first, leads before participants. One query."""
    order = list(GroupRoleKind)
    rows = group.roles.select_related("country", "organization", "source").order_by("-until", "id")
    return sorted(rows, key=lambda row: (row.until is not None, order.index(GroupRoleKind(row.role))))


def places_of_group(group: WorkingGroup) -> QuerySet[Alignment]:
    """What of the Declaration a group works on. One query."""
    return group.alignments.select_related("workstream", "pillar", "source").order_by("workstream__number", "id")


def organizations_named() -> QuerySet[Organization]:
    """Every organization, and whether a record names it (`is_named`): then it stays."""
    naming = Q()
    for relation in Organization._meta.related_objects:
        rows = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
        naming |= Q(Exists(rows))
    rows_: QuerySet[Organization] = Organization.objects.annotate(is_named=ExpressionWrapper(naming, BooleanField()))
    return rows_.select_related("kind").order_by("code")


def possible_leads(commitment: Commitment) -> list[Party]:
    """The countries that may lead a commitment made together; none of one that a country made."""
    if commitment.maker_country_id is not None:
        return []
    rows = commitment.parties.filter(country__isnull=False).select_related("country")
    return list(rows.order_by("position", "id"))


@dataclass(frozen=True, slots=True)
class LikelyOne:
    """A commitment on record that may be the one at hand, and why."""

    commitment: Commitment
    why: Likeness


def described(commitment: Commitment, figures: Iterable[Decimal] = ()) -> Described:
    """A commitment on record as likeness compares it. Needs the maker's row loaded."""
    maker = commitment.maker_country.iso3 if commitment.maker_country else ""
    if commitment.maker_organization is not None:
        maker = commitment.maker_organization.code
    if commitment.maker_mechanism is not None:
        maker = maker_together(commitment.maker_mechanism.code)
    titles = (getattr(commitment, f"title_{language}") or "" for language in LANGUAGES)
    return Described(
        code=commitment.code,
        maker=maker or commitment.maker_name,
        titles=tuple(title for title in titles if title),
        figures=tuple(figures),
        made_on=commitment.made_on,
    )


def maker_together(mechanism_code: str) -> str:
    """The members of a mechanism together, as a maker."""
    return f"ALL {mechanism_code}"


def likely_ones(user: Any, one: Described, *, limit: int = 5) -> list[LikelyOne]:
    """Commitments that a person may see and that may be the same as this one. Two queries."""
    makers = Q(maker_country__iso3=one.maker) | Q(maker_organization__code=one.maker) | Q(maker_name=one.maker)
    if one.maker.startswith("ALL "):
        makers = Q(maker_mechanism__code=one.maker.removeprefix("ALL "))
    rows = Commitment.objects.visible_to(user).filter(makers).exclude(code=one.code)
    found = {row.code: row for row in rows.select_related("maker_country", "maker_organization", "maker_mechanism")}
    figures: dict[str, list[Decimal]] = {}
    targets = Target.objects.filter(
        series__indicator__commitment__code__in=found, valid_until=None, value__isnull=False
    )
    for code, value in targets.values_list("series__indicator__commitment__code", "value"):
        figures.setdefault(code, []).append(value or Decimal(0))
    others = (described(row, figures.get(code, ())) for code, row in sorted(found.items()))
    return [LikelyOne(found[why.code], why) for why in likely(one, others)][:limit]


def likely_to(user: Any, commitment: Commitment) -> list[LikelyOne]:
    """The commitments on record that may be the same as one of them. Three queries."""
    targets = Target.objects.filter(series__indicator__commitment=commitment, valid_until=None, value__isnull=False)
    figures = [value for value in targets.values_list("value", flat=True) if value is not None]
    return likely_ones(user, described(commitment, figures))
