"""Suspending, ending, withdrawing, replacing a commitment, or taking it up again: the effect first, then the step."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commitments.formats.dates import site_day
from commitments.history import conflict
from commitments.history.actions import EditedMeanwhileError
from commitments.indicators import life
from commitments.register.actions import LifeRefusedError
from commitments.register.enums import LifeCycle
from commitments.register.life import SupersededInACircleError
from commitments.register.models import Commitment
from commitments.roles import gate
from commitments.workspace.forms.life import LifeForm
from commitments.workspace.views.records import version_of

#: Fields that are not the form's own.
FRAME = {"csrfmiddlewaretoken", "step", "version"}


@gate.workspace_page
def commitment_life(request: HttpRequest, code: str) -> HttpResponse:
    """What happens to a commitment that was published: the form, then the effect and the way back, then the step."""
    rows = Commitment.objects.exclude(life_cycle=LifeCycle.DRAFT)
    rows = rows.select_related("maker_country", "mechanism", "group", "life_cycle_source")
    commitment = gate.obtain(request.user, rows, "close", code=code)
    data = request.POST if request.method == "POST" else None
    on = site_day(request.at)  # type: ignore[attr-defined]
    form = LifeForm(data, commitment=commitment, on=on)
    context = {
        "commitment": commitment,
        "form": form,
        "version": version_of(request) or commitment.version,
    }
    step = request.POST.get("step", "")
    if step == "take" and data is not None and data.get("to") == commitment.life_cycle:
        return _taken_already(request, commitment, form)
    if data is not None and step != "back" and form.is_valid():
        if step == "take":
            return _take(request, commitment, form)
        kept = [(name, value) for name in data for value in data.getlist(name) if name not in FRAME]
        return render(request, "workspace/life_check.html", context | {"kept": kept} | _effect(form))
    if step == "back":
        context["form"] = LifeForm(initial=request.POST.dict(), commitment=commitment, on=on)
    return render(request, "workspace/life.html", context)


def _taken_already(request: HttpRequest, commitment: Commitment, form: LifeForm) -> HttpResponse:
    """The second of two clicks; a step that a colleague took first, or oneself in other words, is said."""
    last = Commitment.history.filter(id=commitment.pk).order_by("-history_id").first()
    is_own = last is not None and last.history_user_id == request.user.pk
    if is_own and str(form["reason"].value() or "").split() == commitment.life_cycle_reason.split():
        return redirect("workspace:edit-commitment", code=commitment.code)
    return _decided(request, commitment, form)


def _decided(request: HttpRequest, commitment: Commitment, form: LifeForm) -> HttpResponse:
    back = reverse("workspace:edit-commitment", args=[commitment.code])
    words = _("This was decided on in the meantime. Nothing was changed.")
    return conflict.not_done(request, words, form=form, back=back)


def _effect(form: LifeForm) -> dict[str, Any]:
    """The effect of a step and the way back, in sentences."""
    step = form.step()
    keeps = _("The page stays on the site, with its history, and can still be cited.")
    if step.to is LifeCycle.REMOVED:
        effect = [
            _("Its page, indicators and history leave the site at once, and every list, count, file and chart."),
            _("Their addresses say that it was removed, with the reason and the decision, and nothing else of it."),
            _("Snapshots of closed cycles and printed reports keep what they said on the day they were published."),
            _("Nobody is reminded of it any more, and no figure is asked for."),
        ]
        back = _("It can be put back at any time: on this page, with a reason and a source.")
    elif step.to is LifeCycle.ACTIVE:
        effect = [
            _("The commitment counts again among those under way, with the status of its figures today."),
            _("Figures are asked for again from the next reporting cycle on."),
        ]
        back = _("It can be suspended or ended again at any time.")
    else:
        effect = [
            keeps,
            _("It loses its colour. The status at its last figure is shown in words and does not move any more."),
            _("It is counted apart, as ended or suspended, and never dropped from the totals."),
            _("Nobody is reminded of it any more, and no figure is asked for."),
        ]
        back = _("An end is final. A commitment that goes on after all is recorded as a new one.")
        if step.to is LifeCycle.SUSPENDED:
            back = _("It can be taken up again at any time: on this page, with a reason and a source.")
    if form.commitment.life_cycle == LifeCycle.REMOVED:
        effect = [_("Its page, its indicators and its history are public again."), *effect]
    word = pgettext("step of a commitment", "%(was)s → %(now)s") % {
        "was": LifeCycle(form.commitment.life_cycle).label,
        "now": step.to.label,
    }
    return {"life_step": step, "effect": effect, "way_back": back, "step_words": word}


def _take(request: HttpRequest, commitment: Commitment, form: LifeForm) -> HttpResponse:
    here = reverse("workspace:commitment-life", args=[commitment.code])
    version = version_of(request)
    try:
        life.take_step(
            commitment=commitment,
            step=form.step(),
            by=gate.actor(request, group_id=commitment.group_id),
            at=request.at,  # type: ignore[attr-defined]
            version=version,
        )
        messages.success(request, _("Done. The public page says so, with the reason and the source."))
    except EditedMeanwhileError as problem:
        typed = EditedMeanwhileError(problem.current, form.step().columns() | {"superseded_by": None})
        return conflict.page(request, typed, version_read=version or 0, back=here, action=here)
    except SupersededInACircleError:
        form.add_error("superseded_by", _("That commitment was itself replaced by this one. Choose another"))
        context = {"commitment": commitment, "form": form, "version": version}
        return render(request, "workspace/life.html", context)
    except LifeRefusedError:
        return _decided(request, commitment, form)
    return redirect("workspace:edit-commitment", code=commitment.code)
