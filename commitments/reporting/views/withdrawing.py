"""The page on which the secretariat takes a published document or text off the site: what, the effect, why."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commitments.formats.language import Text, language_of, written_in
from commitments.history import conflict
from commitments.history.actions import EditedMeanwhileError
from commitments.indicators.actions import StepRefusedError
from commitments.indicators.models import Evidence
from commitments.reporting import actions
from commitments.reporting.documents import PUBLIC_REPORTS, published_evidence
from commitments.reporting.forms.withdrawing import WithdrawForm
from commitments.reporting.models import ProgressReport, ReportDocument, ReportEntry
from commitments.reporting.paper import who_reports
from commitments.reporting.views.review import last_hand, version_of
from commitments.roles import gate

#: Whose report it is, and of which cycle.
_OWNERS = ("cycle", "country", "group")
_OF_FIGURE = ("measurement__series__indicator",)
_OF_REPORT = tuple(f"report__{name}" for name in _OWNERS)


@gate.workspace_page
def withdraw(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Withdraw one published thing; 404 for what is not public or was withdrawn already."""
    rows = _rows().get(kind)
    if rows is None:
        raise Http404(kind)
    form, status = WithdrawForm(request.POST or None), 200
    if request.method == "POST" and (done := _withdrawn_so(request, rows.model, pk)) is not None:
        return redirect(_back(done))
    thing = gate.obtain(request.user, rows.filter(withdrawn_at=None), "withdraw", pk=pk)
    version = version_of(request) or thing.version
    if request.method == "POST" and form.is_valid():
        if (answer := _withdraw(request, thing, form)) is not None:
            return answer
        form.add_error(None, _("Somebody changed this in the meantime. Read it again, then send your words"))
        version, status = thing.version, 409
    context = {
        "thing": thing,
        "about": _about(thing),
        "in_reports": not isinstance(thing, Evidence) or _is_in_a_report(thing),
        "shown": _shown(thing),
        "form": form,
        "version": version,
        "back": _back(thing),
    }
    return render(request, "reporting/withdraw.html", context, status=status)


def _withdrawn_so(request: HttpRequest, model: Any, pk: int) -> Any:
    """What this person has withdrawn already, for this very reason: the second of two clicks."""
    gone = model.objects.filter(pk=pk, withdrawn_at__isnull=False).first()
    is_said = gone is not None and gone.withdrawn_reason.split() == request.POST.get("reason", "").split()
    return gone if is_said and last_hand(gone) == request.user.pk else None


def _rows() -> dict[str, Any]:
    """What is public now, by kind."""
    public = {"report__state__in": PUBLIC_REPORTS}
    return {
        "evidence": published_evidence().select_related("file", "source", "commitment", *_OF_FIGURE),
        "document": ReportDocument.objects.filter(**public).select_related("file", *_OF_REPORT),
        "entry": ReportEntry.objects.filter(**public).exclude(cannot_words="").select_related(*_OF_REPORT),
        "report": ProgressReport.objects.filter(state__in=PUBLIC_REPORTS)
        .exclude(cannot_words="")
        .select_related(*_OWNERS),
    }


def _shown(thing: Any) -> Text:
    """What everybody reads now."""
    lang = language_of(get_language())
    if isinstance(thing, Evidence | ReportDocument):
        return Text(thing.title or str(thing.file or thing.source), lang, foreign=False)
    report = thing if isinstance(thing, ProgressReport) else thing.report
    return written_in(thing.cannot_words, report.language, lang)


def _about(thing: Any) -> list[Text]:
    """Where it stands: the commitment or the figure that it shows, or whose report of which cycle."""
    lang = language_of(get_language())
    if isinstance(thing, Evidence) and thing.commitment is not None:
        return [Text(thing.commitment.code, lang, foreign=False), thing.commitment.title_in(lang)]
    if isinstance(thing, Evidence) and thing.measurement is not None:
        indicator = thing.measurement.series.indicator
        return [Text(indicator.code, lang, foreign=False), indicator.title_in(lang)]
    report = thing if isinstance(thing, ProgressReport) else thing.report
    return [who_reports(report), report.cycle.name_in(lang)]


def _is_in_a_report(evidence: Evidence) -> bool:
    """Whether the same file stands among the documents of a report: it goes from there too."""
    same = ReportDocument.objects.filter(file__sha256=evidence.file.sha256 if evidence.file else "", withdrawn_at=None)
    return same.exists()


def _back(thing: Any) -> str:
    """The page of the workspace on which it stands."""
    if isinstance(thing, Evidence) and thing.measurement_id is not None:
        return reverse("workspace:review-measurement", args=[thing.measurement_id])
    if isinstance(thing, Evidence) and thing.commitment is not None:
        return reverse("workspace:commitment-evidence", args=[thing.commitment.code])
    report = thing if isinstance(thing, ProgressReport) else thing.report
    return reverse(f"workspace:review-{'report' if report.group_id else 'country-report'}", args=[report.pk])


def _withdraw(request: HttpRequest, thing: Any, form: WithdrawForm) -> HttpResponse | None:
    """Carry it out; None where the thing was changed since its page was read."""
    try:
        actions.withdraw(
            thing=thing,
            reason=form.cleaned_data["reason"],
            language=language_of(get_language()),
            by=gate.actor(request),
            at=request.at,  # type: ignore[attr-defined]
            version=version_of(request),
        )
        messages.success(request, _("Withdrawn. The site shows the date and the reason in its place."))
    except EditedMeanwhileError:
        return None
    except StepRefusedError:
        words = _("This was decided on in the meantime. Nothing was changed.")
        return conflict.not_done(request, words, form=form, back=_back(thing))
    return redirect(_back(thing))
