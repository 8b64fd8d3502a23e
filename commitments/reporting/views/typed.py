"""What was typed on a page of review, kept where the decision it belongs to could not be made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields that came with a post, by name, and its texts beside their labels, to copy."""

    fields: dict[str, str]
    texts: list[tuple[Any, str]]


def typed_in(request: HttpRequest, labels: Mapping[str, Any], more: Iterable[str] = ()) -> Typed:
    """What stands in the texts named in `labels`, and in the other fields that go with them."""
    post = request.POST
    texts = [(label, post[name]) for name, label in labels.items() if post.get(name, "").strip()]
    return Typed({name: post[name] for name in (*labels, *more) if post.get(name)}, texts)
