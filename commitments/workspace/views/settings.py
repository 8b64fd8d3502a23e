"""Settings: what holds, what is announced, and how it is decided. For the administrator."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from commitments.formats.dates import site_day
from commitments.history import conflict
from commitments.history.actions import EditedMeanwhileError, Refused
from commitments.indicators import thresholds as of_thresholds
from commitments.mechanisms import actions, queries
from commitments.mechanisms.models import Mechanism, OfficeSettings, Thresholds
from commitments.reminders.effect import reminder_effect
from commitments.reporting.translating import missing_summaries
from commitments.roles import gate
from commitments.workspace.forms.settings import Decided, OfficeForm, TakeBackForm, ThresholdsForm
from commitments.workspace.queries import mechanisms_in_order
from commitments.workspace.wording.settings import settings_of, version_lines

Saved = Callable[[Decided], object]


@gate.workspace_page
def settings(request: Any) -> HttpResponse:
    """All settings: in force, announced, and before."""
    gate.require(request.user, OfficeSettings, "add")
    mechanisms = mechanisms_in_order()
    by_mechanism, office = queries.threshold_versions(mechanisms), queries.office_versions()
    every = [version for rows in (*by_mechanism.values(), office) for version in rows]
    names = _names({version.user_id for version in every if version.user_id})
    day, zone = site_day(request.at), request.zone
    context = {
        "thresholds": [(row, version_lines(by_mechanism[row.pk], day, zone, names)) for row in mechanisms],
        "threshold_defaults": settings_of(Thresholds()),
        "office": version_lines(office, day, zone, names),
        "office_defaults": settings_of(OfficeSettings()),
    }
    return render(request, "workspace/settings/settings.html", context)


@gate.workspace_page
def thresholds(request: Any, slug: str, pk: int | None = None) -> HttpResponse:
    """Decide the thresholds of a mechanism, or change those that have not begun."""
    gate.require(request.user, Thresholds, "add")
    mechanism = get_object_or_404(Mechanism, slug=slug)
    rows = Thresholds.objects.filter(mechanism=mechanism)
    row = get_object_or_404(rows, pk=pk) if pk else _next(rows, Thresholds(mechanism=mechanism), site_day(request.at))
    form = ThresholdsForm(request.POST or None, initial=_start(ThresholdsForm, row, pk, request))

    def save(form: Decided) -> object:
        step = of_thresholds.change_thresholds if pk else of_thresholds.decide_thresholds
        return step(_filled(row, form, pk), **_said(request, form, pk))

    def effect(form: Decided) -> dict[str, Any]:
        proposed = of_thresholds.facts_of(_filled(row, form))
        return {"changes": of_thresholds.effect(mechanism, proposed, on=row.valid_from)}

    return _decide(request, form, row, pk, save, effect, {"mechanism": mechanism})


@gate.workspace_page
def office(request: Any, pk: int | None = None) -> HttpResponse:
    """Decide how the office works, or change what has not begun."""
    gate.require(request.user, OfficeSettings, "add")
    rows = OfficeSettings.objects.all()
    row = get_object_or_404(rows, pk=pk) if pk else _next(rows, OfficeSettings(), site_day(request.at))
    form = OfficeForm(request.POST or None, initial=_start(OfficeForm, row, pk, request))

    def save(form: Decided) -> object:
        step = actions.change_decision if pk else actions.decide
        return step(_filled(row, form, pk), **_said(request, form, pk))

    def effect(form: Decided) -> dict[str, Any]:
        before = queries.office_settings(form.cleaned_data["valid_from"]).languages
        reminders = reminder_effect(_filled(row, form), request.at)
        missing_before, missing = missing_summaries([before, row.languages])
        return {"reminders": reminders, "missing": missing, "missing_before": missing_before}

    return _decide(request, form, row, pk, save, effect, {})


@gate.workspace_page
def take_back_thresholds(request: Any, slug: str, pk: int) -> HttpResponse:
    """Take back thresholds that have not begun."""
    rows = Thresholds.objects.filter(mechanism__slug=slug)
    return _take_back(request, gate.obtain(request.user, rows, "change", pk=pk))


@gate.workspace_page
def take_back_office(request: Any, pk: int) -> HttpResponse:
    """Take back settings of the office that have not begun."""
    return _take_back(request, gate.obtain(request.user, OfficeSettings.objects.all(), "change", pk=pk))


def _decide(
    request: Any,
    form: Decided,
    row: queries.Settings,
    pk: int | None,
    save: Saved,
    effect: Callable[[Decided], dict[str, Any]],
    more: dict[str, Any],
) -> HttpResponse:
    """Ask, show the effect, save: in this order, on one page."""
    shown: dict[str, Any] = {}
    newest = actions.newest_of(row) if pk is None else ""
    if request.method == "POST" and form.is_valid():
        if form.is_confirmed:
            try:
                save(form)
            except EditedMeanwhileError as problem:
                back = reverse("workspace:settings")
                return conflict.page(request, problem, version_read=_version(request), back=back)
            except Refused as refused:
                form.add_error(refused.field, str(refused.sentence))
            else:
                messages.success(request, _("The settings are saved."))
                return redirect("workspace:settings")
        elif form.cleaned_data["valid_from"] < site_day(request.at):
            form.add_error("valid_from", str(actions.BeginsInThePast.sentence))
        if not form.errors:
            shown = {"effect": effect(form), "mark": form.mark, "unseen": "save" in request.POST}
    version = request.POST.get("version") or row.version
    context = {"form": form, "row": row, "pk": pk, "newest": newest, "version": version, **shown, **more}
    return render(request, "workspace/settings/decide.html", context)


def _take_back(request: Any, row: queries.Settings) -> HttpResponse:
    """Ask why, then take back what is announced; whoever comes second gets the reason back."""
    form, back = TakeBackForm(request.POST or None), reverse("workspace:settings")
    if request.method == "POST" and form.is_valid():
        said = {"why": form.cleaned_data["why"], "version": _version(request)}
        try:
            actions.take_back(row, by=gate.actor(request), at=request.at, **said)
        except EditedMeanwhileError:
            words = _("Somebody changed these settings in the meantime. They are still announced.")
            return conflict.not_done(request, words, form=form, back=back)
        except Refused as refused:
            return conflict.not_done(request, str(refused.sentence), form=form, back=back)
        messages.success(request, _("The announced settings are taken back."))
        return redirect(back)
    version = request.POST.get("version") or row.version
    context = {"form": form, "row": row, "version": version, "settings": settings_of(row)}
    return render(request, "workspace/settings/take_back.html", context)


def _next(rows: Any, fresh: Any, day: date) -> Any:
    """A new decision that starts from what holds, or from the defaults."""
    held = rows.filter(valid_from__lte=day).order_by("-valid_from").first()
    for name in (ThresholdsForm if isinstance(fresh, Thresholds) else OfficeForm).columns:
        setattr(fresh, name, getattr(held or fresh, name))
    return fresh


def _filled(row: Any, form: Decided, pk: int | None = None) -> Any:
    """The row with the values as typed; a stored one is filled by its action alone."""
    for name, value in form.values().items() if pk is None else ():
        setattr(row, name, value)
    return row


def _start(form: Any, row: Any, pk: int | None, request: Any) -> dict[str, Any]:
    reason = type(row).history.filter(id=pk).order_by("-history_id").first() if pk else None
    start = {"valid_from": row.valid_from if pk else site_day(request.at)}
    return {**form.start(row), **start, "public_reason": reason.public_reason if reason else ""}


def _said(request: Any, form: Decided, pk: int | None) -> dict[str, Any]:
    """The values and the reason of a decision, and what its author had read."""
    reason = form.cleaned_data["public_reason"]
    said: dict[str, Any] = {"by": gate.actor(request), "at": request.at, "public_reason": reason}
    if pk:
        return {**said, "version": _version(request), **form.values()}
    return {**said, "newest_read": request.POST.get("newest", "")}


def _version(request: Any) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


def _names(ids: set[int]) -> dict[int, str]:
    return {person.pk: str(person) for person in User.objects.filter(pk__in=ids)}
