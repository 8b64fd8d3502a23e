"""The kinds of message. Rooms above register theirs at start, so that the ledger can ask without importing upward."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from commitments.notices.models import Notice

#: Asked at the moment of sending: why the message is not wanted any more (a `Reason`), or None.
Recheck = Callable[[Notice, datetime], str | None]
#: What the templates need, gathered at the moment of sending, with the recipient's language in force.
Context = Callable[[Notice, datetime], dict[str, Any]]
#: What messages about these objects are about, in a language: for lists, in a constant number of queries.
About = Callable[[Collection[int], str], dict[int, str]]


class UnknownKindError(LookupError):
    """No room has registered a kind of this name."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of message.

    `template` is the base path of three templates: `<template>.subject.txt`, `<template>.txt` and `<template>.html`;
    the last two extend `emails/base.txt` and `emails/base.html`. Kinds of one `family` speak of the same thing at
    different times: when several are due at once for one person, only the newest goes out.
    """

    name: str
    label: str | Promise
    template: str
    recheck: Recheck
    context: Context
    about: About
    family: str = ""

    @property
    def line(self) -> str:
        """The family, or the kind itself when it has none."""
        return self.family or self.name


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known. A name stands for one kind: the later registration wins (tests replace a kind this way)."""
    _kinds[kind.name] = kind


def kind_named(name: str) -> Kind:
    """The kind of this name; UnknownKindError when nobody registered it."""
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKindError(name) from None


def kinds() -> tuple[Kind, ...]:
    """All kinds, by name."""
    return tuple(_kinds[name] for name in sorted(_kinds))
