"""What a country says on its page in its own words: written, published and taken back by its focal point."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from commitments.history import conflict
from commitments.history.actions import EditedMeanwhileError
from commitments.mechanisms.models import Country
from commitments.reporting.actions.statement import LANGUAGES, say, take_back_statement
from commitments.reporting.forms.statement import StatementForm
from commitments.reporting.models import CountryStatement
from commitments.reporting.views.review import version_of
from commitments.roles import gate
from commitments.roles.standing import standing_of


@gate.workspace_page
def statement(request: Any) -> HttpResponse:
    """Write the country's own words, publish them at once, or take them back."""
    gate.require(request.user, CountryStatement, "add")
    own = Country.objects.filter(pk__in=standing_of(request.user).countries).order_by("iso3")
    asked = request.GET.get("country", "").replace("\x00", "")
    country = get_object_or_404(own, iso3=asked) if asked else own[0]
    said = CountryStatement.objects.filter(country=country).first()
    if request.method == "POST" and "take_back" in request.POST and said is not None:
        return _take_back(request, said, country)
    form = StatementForm(request.POST or None, initial=_start(said))
    doubts = form.suspicions() if request.method == "POST" and form.is_valid() else []
    if request.method == "POST" and form.is_valid() and (not doubts or "anyway" in request.POST):
        return _publish(request, form, country)
    context = {"form": form, "country": country, "said": said, "doubts": doubts, "countries": list(own)}
    return render(request, "reporting/statement.html", context)


def _take_back(request: Any, said: CountryStatement, country: Country) -> HttpResponse:
    """The words off the page; others that were typed and not published stay in the form."""
    form = StatementForm(request.POST, initial=_start(said))
    typed = {code: str(form[code].value() or "") for code in LANGUAGES if code in form.changed_data}
    by, version = gate.actor(request, country_id=country.pk), version_of(request)
    try:
        said = take_back_statement(statement=said, version=version, by=by, at=request.at)
    except EditedMeanwhileError as problem:
        said = problem.current
        if any(_start(said)[code] for code in LANGUAGES):
            words = _("The statement was changed in the meantime. It was not taken back.")
            return conflict.not_done(request, words, form=form, back=_address(country))
    messages.success(request, _("The statement is taken back."))
    if not typed:
        return redirect(_address(country))
    kept = StatementForm(initial={**_start(said), **typed})
    return render(request, "reporting/statement.html", {"form": kept, "country": country, "said": said})


def _publish(request: Any, form: StatementForm, country: Country) -> HttpResponse:
    version = form.cleaned_data["version"]
    by = gate.actor(request, country_id=country.pk)
    try:
        say(country=country, texts=form.texts(), by=by, at=request.at, version=version)
    except EditedMeanwhileError as problem:
        return conflict.page(request, problem, version_read=version or 0, back=_address(country))
    messages.success(request, _("The statement is public now."))
    return redirect(_address(country))


def _start(said: CountryStatement | None) -> dict[str, Any]:
    texts = {code: getattr(said, f"text_{code}", "") or "" for code in LANGUAGES}
    return {**texts, "version": said.version if said else 0}


def _address(country: Country) -> str:
    return f"{reverse('workspace:statement')}?country={country.iso3}"
