"""Cycles in the workspace: opened and moved after a look at what follows, extended for one, closed for good."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commitments.formats.dates import last_day_at, long_date
from commitments.formats.language import LANGUAGES, language_of
from commitments.history import conflict, once
from commitments.history.actions import EditedMeanwhileError
from commitments.mechanisms.models import Country, Mechanism
from commitments.mechanisms.queries import office_settings_from
from commitments.reporting import actions, closing, gathering
from commitments.reporting.board import counters, cycle_rows, name_of
from commitments.reporting.forms.cycle import DATES, ClosingForm, CycleForm, ExtensionForm
from commitments.reporting.models import ReportingCycle
from commitments.reporting.views.review import not_looked
from commitments.reporting.views.typed import typed_in
from commitments.roles import gate
from commitments.working_groups.models import WorkingGroup

#: What the table of a cycle can be narrowed to.
SHOWN = ("all", "overdue", "returned")


@dataclass(frozen=True, slots=True)
class Consequences:
    """What follows from a form, before it is saved: who is asked how much, when people are reminded, what stays."""

    asked: list[tuple[str, int, int]]
    reminders: list[date]
    leaderless: list[str]
    unappointed: list[str]
    staying: list[tuple[str, date]]
    overlapping: list[ReportingCycle]
    is_late: bool


def _cycle(request: HttpRequest, slug: str, permission: str = "change") -> ReportingCycle:
    rows = ReportingCycle.objects.select_related("mechanism")
    return gate.obtain(request.user, rows, permission, slug=slug)


def _typed(request: HttpRequest) -> Any:
    """What came with the form; None while it is only asked for. An empty form that was sent is a form."""
    return request.POST if request.method == "POST" else None


@gate.workspace_page
def cycles(request: HttpRequest) -> HttpResponse:
    """All cycles, the next due first."""
    gate.require(request.user, ReportingCycle, "add")
    rows = ReportingCycle.objects.select_related("mechanism").order_by("-due_on", "-pk")
    told = [(row, row.state_on(request.on)) for row in rows]  # type: ignore[attr-defined]
    return render(request, "reporting/cycles.html", {"cycles": told})


@gate.workspace_page
def cycle(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has reported, who has not, what do I send?"""
    found, on = _cycle(request, slug), request.on  # type: ignore[attr-defined]
    late_on = last_day_at(request.at)  # type: ignore[attr-defined]
    rows = cycle_rows(found, on=late_on)
    shown = request.GET.get("show", "all")
    wanted = {"overdue": [r for r in rows if r.is_overdue], "returned": [r for r in rows if r.is_returned]}
    context = {
        "cycle": found,
        "state": found.state_on(on),
        "counters": counters(rows),
        "overdue": len(wanted["overdue"]),
        "rows": wanted.get(shown, rows),
        "today": on,
        "shown": shown if shown in SHOWN else "all",
        "days_ago": (late_on - found.due_on).days,
        "snapshot": getattr(found, "snapshot", None),
    }
    return render(request, "reporting/cycle.html", context)


@gate.workspace_page
def new_cycle(request: HttpRequest) -> HttpResponse:
    """Open a cycle: first what follows from the dates, then the rest."""
    gate.require(request.user, ReportingCycle, "add")
    on = request.on  # type: ignore[attr-defined]
    form = CycleForm(_typed(request), on=on, initial=_proposed(on))
    context: dict[str, Any] = {"form": form, "once": request.POST.get("once") or once.new_token()}
    if request.method == "POST" and form.is_valid():
        if request.POST.get("step") == "save" and once.is_token(request.POST.get("once", "")):
            return redirect(once.carried_out(lambda: _open(request, form), request))
        if request.POST.get("step") != "back":
            typed = form.cycle()
            context |= {"cycle": typed, "follows": _consequences(typed, on), "hidden": _hidden(request)}
            return render(request, "reporting/cycle_check.html", context)
    return render(request, "reporting/cycle_form.html", context)


def _open(request: HttpRequest, form: CycleForm) -> str:
    opened = actions.open_cycle(cycle=form.cycle(), by=gate.actor(request), at=request.at)  # type: ignore[attr-defined]
    said = _("Opened. Whoever is appointed finds what they owe in My tasks.")
    if opened.opens_on > request.on:  # type: ignore[attr-defined]
        day = long_date(opened.opens_on, language_of(get_language()))
        words = _("Saved. It opens on %(date)s; from then on, whoever is appointed finds what they owe in My tasks.")
        said = words % {"date": day}
    messages.success(request, said)
    if unappointed := gathering.preview(opened, request.on).unappointed:  # type: ignore[attr-defined]
        messages.warning(request, _("Nobody is appointed for: %(places)s") % {"places": " · ".join(unappointed)})
    return reverse("workspace:cycle", args=[opened.slug])


@gate.workspace_page
def change_cycle(request: HttpRequest, slug: str) -> HttpResponse:
    """Move the dates of a cycle: first what follows and what stays, then the rest."""
    found, on = _cycle(request, slug), request.on  # type: ignore[attr-defined]
    if request.method != "POST" and found.closed_at is not None:
        return redirect("workspace:cycle", slug=found.slug)
    names = [f"name_{code}" for code in LANGUAGES]
    initial = {name: getattr(found, name) for name in (*DATES, "asks_groups", *names)}
    form = CycleForm(_typed(request), on=on, is_new=False, extended=_last_extension(found), initial=initial)
    version = request.POST.get("version", "")
    read_at = int(version) if version.isdecimal() and len(version) < 9 else found.version
    context: dict[str, Any] = {"form": form, "stored": found, "version": read_at}
    if request.method == "POST" and form.is_valid() and request.POST.get("step") != "back":
        if request.POST.get("step") == "save":
            return _move(request, found, form, read_at) or render(request, "reporting/cycle_form.html", context)
        for name, value in form.columns().items():
            setattr(found, name, value)
        context |= {"cycle": found, "follows": _consequences(found, on), "hidden": _hidden(request)}
        return render(request, "reporting/cycle_check.html", context)
    return render(request, "reporting/cycle_form.html", context)


def _last_extension(cycle: ReportingCycle) -> tuple[str, date] | None:
    """Who was given the most time in a cycle, and until when. One query."""
    row = cycle.extensions.select_related("country", "group").order_by("-due_on", "pk").first()
    return (name_of(row), row.due_on) if row is not None else None


def _move(request: HttpRequest, found: ReportingCycle, form: CycleForm, version: int) -> HttpResponse | None:
    """Save the dates; None where somebody was given more time in this moment, which the form then says."""
    at, back = request.at, reverse("workspace:cycle", args=[found.slug])  # type: ignore[attr-defined]
    try:
        actions.change_cycle(cycle=found, by=gate.actor(request), at=at, version=version, **form.columns())
        messages.success(request, _("Saved. Reports that nobody has begun and the reminders follow the new dates."))
    except EditedMeanwhileError as problem:
        return conflict.page(request, problem, version_read=version, back=back)
    except actions.CycleClosedError:
        return conflict.not_done(request, _("This cycle is closed. Nothing was changed."), form=form, back=back)
    except actions.StillExtendedError:
        form.refuse_closing(*(_last_extension(found) or ("", found.closes_on)))
        return None
    return redirect(back)


@gate.workspace_page
def extend_cycle(request: HttpRequest, slug: str) -> HttpResponse:
    """More time for one country or group, for a reason that is public."""
    found, token, status = _cycle(request, slug), request.POST.get("once", ""), 200
    if once.was_carried_out(request) or (request.method != "POST" and found.closed_at is not None):
        return redirect("workspace:cycle", slug=found.slug)
    unsent = found.reports.filter(state__in=gathering.UNSENT, is_of_secretariat=False)
    rows = unsent.select_related("country", "group")
    offered = [(f"c{row.country_id}" if row.country_id else f"g{row.group_id}", row) for row in rows]
    named = sorted(((key, name_of(row), row.due_on) for key, row in offered), key=lambda item: (item[0][0], item[1]))
    asked = request.GET.get("who", "")
    form = ExtensionForm(_typed(request), offered=named, closes_on=found.closes_on, initial={"who": asked})
    if request.method == "POST" and form.is_valid() and once.is_token(token):
        back = reverse("workspace:cycle", args=[found.slug])
        try:
            once.carried_out(lambda: _extend(request, found, form, back), request)
        except actions.CycleClosedError:
            return conflict.not_done(request, _("This cycle is closed. Nothing was changed."), form=form, back=back)
        except actions.NotLaterError:
            form.refuse_day()
            status = 409
        else:
            messages.success(request, _("Extended. The reminders follow the new date."))
            return redirect(back)
    context = {"cycle": found, "form": form, "once": token if once.is_token(token) else once.new_token()}
    return render(request, "reporting/cycle_extend.html", context, status=status)


def _extend(request: HttpRequest, found: ReportingCycle, form: ExtensionForm, back: str) -> str:
    key, data = form.cleaned_data["who"], form.cleaned_data
    places: Any = Country.objects if key[0] == "c" else WorkingGroup.objects
    actions.extend(
        cycle=found,
        to=places.get(pk=key[1:]),
        due_on=data["due_on"],
        public_reason=data["reason"],
        language=language_of(get_language()),
        by=gate.actor(request),
        at=request.at,  # type: ignore[attr-defined]
    )
    return back


@gate.workspace_page
def close_cycle(request: HttpRequest, slug: str) -> HttpResponse:
    """Close a cycle: what is open, what closing does, and that it cannot be undone."""
    found = _cycle(request, slug, "close")
    typed, at = typed_in(request, {"reason": ClosingForm.base_fields["reason"].label}), request.at  # type: ignore[attr-defined]
    if found.closed_at is not None and (not typed.texts or _is_closed_so(request, found)):
        return redirect("workspace:cycle", slug=found.slug)
    checklist, status = closing.checklist(found, at=at), 200
    form = ClosingForm(_typed(request), wants_reason=checklist.wants_reason)
    is_refused = request.method == "POST" and (checklist.stops or found.closed_at is not None)
    if request.method == "POST" and not is_refused and form.is_valid():
        said = {"why": form.cleaned_data.get("reason", ""), "language": language_of(get_language())}
        try:
            actions.close_cycle(cycle=found, by=gate.actor(request), at=at, **said)
        except (actions.CycleClosedError, actions.NotReadyError):
            is_refused, found = True, _cycle(request, slug, "close")
            checklist = closing.checklist(found, at=at)
            form = ClosingForm(not_looked(request), wants_reason=checklist.wants_reason)
        else:
            messages.success(request, _("Closed. The snapshot of all figures is public."))
            return redirect("workspace:cycle", slug=found.slug)
    if is_refused:
        messages.error(request, _("Something changed meanwhile. Look at the list once more."))
        status = 409
    context = {"cycle": found, "form": form, "checklist": checklist, "typed": typed}
    context["asked"] = closing.figures_asked_about(found) if checklist.questions else []
    return render(request, "reporting/cycle_close.html", context, status=status)


def _is_closed_so(request: HttpRequest, found: ReportingCycle) -> bool:
    """Whether this person has closed it with these words: the second of two clicks."""
    snapshot = getattr(found, "snapshot", None)
    said = snapshot.content.get("closing_reason", "") if snapshot is not None else ""
    return found.closed_by_id == request.user.pk and said.split() == request.POST.get("reason", "").split()


def _proposed(on: date) -> dict[str, Any]:
    """The last complete quarter, due in six weeks, closed two months later."""
    start = date(on.year, 3 * ((on.month - 1) // 3) + 1, 1)
    end = start - timedelta(days=1)
    due_on = on + timedelta(days=42)
    return {
        "mechanism": Mechanism.objects.filter(code="LAD").first(),
        "period_start": date(end.year, end.month - 2, 1),
        "period_end": end,
        "opens_on": on,
        "due_on": due_on,
        "closes_on": due_on + timedelta(days=60),
        "asks_groups": True,
    }


def _consequences(typed: ReportingCycle, on: date) -> Consequences:
    seen = gathering.preview(typed, on)
    begun = gathering.begun(typed, on=on) if typed.pk else set()
    staying = typed.reports.filter(pk__in=begun).select_related("country", "group") if typed.pk else []
    return Consequences(
        asked=seen.asked,
        reminders=[day for day in gathering.reminder_days(typed, office_settings_from(on)) if day >= on],
        leaderless=seen.leaderless,
        unappointed=seen.unappointed,
        staying=[(name_of(row), row.due_on) for row in staying],
        overlapping=gathering.overlapping(typed),
        is_late=typed.due_on < on,
    )


def _hidden(request: HttpRequest) -> Iterable[tuple[str, str]]:
    """Everything typed, for the second post."""
    kept = {"csrfmiddlewaretoken", "step", "once", "version"}
    return [(name, value) for name in request.POST if name not in kept for value in request.POST.getlist(name)]
