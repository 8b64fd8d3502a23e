"""Atoms of every permission. Models compose them in Meta.rules_permissions with `&`, `|` and `~`."""

from collections.abc import Callable
from typing import Any

import rules

from commitments.roles.enums import Role
from commitments.roles.standing import standing_of


def predicate(test: Callable[[Any, Any], bool]) -> Any:
    """The one typed wrapper around `rules.predicate`: a question about a user and an object."""
    return rules.predicate(test)


@predicate
def is_secretariat(user: Any, thing: Any) -> bool:
    """The person belongs to the secretariat."""
    return standing_of(user).holds(Role.SECRETARIAT)


@predicate
def is_administrator(user: Any, thing: Any) -> bool:
    """The person administers people and settings."""
    return standing_of(user).holds(Role.ADMINISTRATOR)


@predicate
def is_appointed(user: Any, thing: Any) -> bool:
    """The person holds any post today."""
    return bool(standing_of(user).posts)


@predicate
def is_focal_point(user: Any, thing: Any) -> bool:
    """The person speaks for some country."""
    return bool(standing_of(user).countries)


@predicate
def leads_a_group(user: Any, thing: Any) -> bool:
    """The person leads some working group."""
    return bool(standing_of(user).groups)


@predicate
def is_focal_point_of(user: Any, thing: Any) -> bool:
    """The person speaks for the country that the object is about (`country_id_for_rules`)."""
    country_id = getattr(thing, "country_id_for_rules", None)
    return country_id is not None and country_id in standing_of(user).countries


@predicate
def leads_group_of(user: Any, thing: Any) -> bool:
    """The person leads the group that the object belongs to (`group_id_for_rules`)."""
    group_id = getattr(thing, "group_id_for_rules", None)
    return group_id is not None and group_id in standing_of(user).groups


@predicate
def may_take_decision(user: Any, thing: Any) -> bool:
    """Nobody else has taken the object up for review (`taken_up_by`, the id of the person who did)."""
    holder = getattr(thing, "taken_up_by", None)
    return holder is None or holder == getattr(user, "pk", None)


@predicate
def is_public(user: Any, thing: Any) -> bool:
    """The object is published: everybody may read it, signed in or not."""
    return bool(getattr(thing, "is_public", False))
