"""Mechanisms, kept by the secretariat: who belongs to each, who chairs it, who serves it; the steps of each record."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from commitments.formats.collation import sort_key
from commitments.formats.language import Text, language_of, written_in
from commitments.history import once
from commitments.mechanisms import belonging as actions
from commitments.mechanisms.models import Adherence, Mechanism, Presidency, Secretariat
from commitments.roles import gate
from commitments.workspace.forms.belonging import FORMS, EndForm, TakeAwayForm
from commitments.workspace.queries import mechanisms_kept
from commitments.workspace.views import steps
from commitments.workspace.views.records import may_be_sent, token_of, version_of


@dataclass(frozen=True, slots=True)
class Room:
    """One kind of record of a mechanism: its heading, and the words of each step, which are its button's too."""

    model: type[actions.Belonging]
    heading: str | Promise
    none: str | Promise
    record: str | Promise
    change: str | Promise
    end: str | Promise
    take_away: str | Promise


#: By their address.
ROOMS = {
    "adherences": Room(
        Adherence,
        gettext_lazy("Countries"),
        gettext_lazy("No country is on record yet."),
        gettext_lazy("Record a country"),
        gettext_lazy("Change how a country belongs"),
        gettext_lazy("Say that a country has left"),
        gettext_lazy("Take a country away"),
    ),
    "presidencies": Room(
        Presidency,
        gettext_lazy("Presidencies pro tempore"),
        gettext_lazy("No presidency is on record yet."),
        gettext_lazy("Record a presidency"),
        gettext_lazy("Change a presidency"),
        gettext_lazy("Say that a presidency has ended"),
        gettext_lazy("Take a presidency away"),
    ),
    "secretariats": Room(
        Secretariat,
        pgettext_lazy("heading of those that serve a mechanism", "Technical secretariat"),
        gettext_lazy("No organization is on record yet."),
        gettext_lazy("Record who serves it"),
        gettext_lazy("Change who serves it"),
        gettext_lazy("Say that it serves no more"),
        gettext_lazy("Take a technical secretariat away"),
    ),
}
STEPS = ("change", "end", "take-away")


@dataclass(frozen=True, slots=True)
class Line:
    """One record in the list: whose, in the language of the page; the note on it, in its own."""

    row: Any
    name: Text
    note: Text


@gate.workspace_page
def mechanisms(request: HttpRequest) -> HttpResponse:
    """All mechanisms, with how many belong to each, chair it and serve it."""
    gate.require(request.user, Mechanism, "change")
    return render(request, "workspace/mechanisms.html", {"rows": mechanisms_kept()})


@gate.workspace_page
def mechanism(request: HttpRequest, slug: str) -> HttpResponse:
    """One mechanism: its countries, its presidencies, its secretariats."""
    found = gate.obtain(request.user, Mechanism.objects.all(), "change", slug=slug)
    sections = [(address, room, _lines(found, room)) for address, room in ROOMS.items()]
    return render(request, "workspace/mechanism.html", {"mechanism": found, "sections": sections})


@gate.workspace_page
def record_belonging(request: HttpRequest, slug: str, room: str) -> HttpResponse:
    """Record a country, a turn in the chair, or who serves."""
    found, kind = _mechanism(request, slug, room)
    row = kind.model(mechanism=found)
    form = FORMS[kind.model](steps.typed(request), row=row, on=_day(request))
    if request.method == "POST" and may_be_sent(request, form):
        setattr(row, form.holder, form.cleaned_data[form.holder])
        at = request.at  # type: ignore[attr-defined]

        def step() -> str:
            actions.record(row=row, said=form.said(), by=gate.actor(request), at=at)
            messages.success(request, _("Recorded."))
            return _back(found)

        sent = lambda: redirect(once.carried_out(step, request))  # noqa: E731
        if answer := steps.unless_refused(form, sent):
            return answer
    context = {"mechanism": found, "form": form, "words": kind.record, "once": token_of(request)}
    return render(request, "workspace/belonging.html", context)


@gate.workspace_page
def belonging_step(request: HttpRequest, slug: str, room: str, pk: int, step: str) -> HttpResponse:
    """One step of a record: changed, ended, taken away."""
    found, kind = _mechanism(request, slug, room)
    if step not in STEPS:
        raise Http404(step)
    row: Any = _rows(found, kind).filter(pk=pk).first()
    if row is None:
        return steps.gone(request, kind.model.history.filter(id=pk, mechanism_id=found.pk), _back(found))
    make: Any = {"change": FORMS[kind.model], "end": EndForm, "take-away": TakeAwayForm}[step]
    form = make(steps.typed(request), row=row, on=_day(request))
    sent = lambda: _taken(request, row, step, form)  # noqa: E731
    if request.method == "POST" and form.is_valid() and (answer := steps.unless_refused(form, sent)):
        return answer
    context = {
        "mechanism": found,
        "line": _line(row),
        "form": form,
        "words": getattr(kind, step.replace("-", "_")),
        "is_taken_away": step == "take-away",
        "version": version_of(request) or row.version,
    }
    return render(request, "workspace/belonging.html", context)


def _mechanism(request: HttpRequest, slug: str, room: str) -> tuple[Mechanism, Room]:
    found = gate.obtain(request.user, Mechanism.objects.all(), "change", slug=slug)
    if room not in ROOMS:
        raise Http404(room)
    gate.require(request.user, ROOMS[room].model, "change")
    return found, ROOMS[room]


def _rows(mechanism: Mechanism, room: Room) -> Any:
    holder = FORMS[room.model].holder
    return room.model.objects.filter(mechanism=mechanism).select_related("mechanism", "source", holder)


def _line(row: Any) -> Line:
    language = language_of(get_language())
    column = getattr(row, "note_column", "")
    note = (
        written_in(getattr(row, column), row.note_language, language) if column else Text("", language, foreign=False)
    )
    return Line(row, row.holder.name_in(language), note)


def _lines(mechanism: Mechanism, room: Room) -> list[Line]:
    """Those that hold first; turns by their beginning, the newest first, all others by name. One query."""
    lines = [_line(row) for row in _rows(mechanism, room).order_by("-since", "id")]
    if room.model is Presidency:
        return lines
    language = language_of(get_language())
    return sorted(lines, key=lambda line: (line.row.until is not None, sort_key(line.name.text, language)))


def _day(request: HttpRequest) -> Any:
    return request.on  # type: ignore[attr-defined]


def _back(mechanism: Mechanism) -> str:
    return reverse("workspace:mechanism", args=[mechanism.slug])


def _taken(request: HttpRequest, row: Any, step: str, form: Any) -> HttpResponse:
    back = _back(row.mechanism)
    if step == "change":
        return steps.taken(request, row, form, back=back, act=actions.change, is_away=False, said=form.said())
    if step == "end":
        return steps.taken(request, row, form, back=back, act=actions.end, is_away=False, until=form.end())
    return steps.taken(request, row, form, back=back, act=actions.take_away, is_away=True)
