"""Cycles as anybody may read them: dates, extensions, who reported when, and the frozen copy of a closed one."""

import csv
from collections import Counter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from commitments.formats.cells import cell_of
from commitments.formats.collation import sort_key
from commitments.formats.language import Text, language_of, written_in
from commitments.history.enums import ReportState
from commitments.mechanisms.models import Country
from commitments.reporting import closing
from commitments.reporting.enums import Timeliness
from commitments.reporting.models import CycleSnapshot, ReportingCycle
from commitments.roles import gate
from commitments.working_groups.models import WorkingGroup

#: The columns of a copy as a table: of the commitment, then of each of its indicators.
OF_COMMITMENT = ("code", "maker", "life_cycle", "status", "last_status", "rule", "reason", "assessed", "key_count")
OF_INDICATOR = (
    "code", "unit", "status", "rule", "reason", "value", "value_min", "value_max", "words", "qualifier", "as_of",
    "judged", "expected", "share", "baseline", "baseline_on", "target", "target_on",
)  # fmt: skip


def _begun(on: Any) -> Any:
    """Cycles that have opened: one that is only planned is nobody's business outside."""
    return ReportingCycle.objects.filter(opens_on__lte=on).select_related("mechanism", "snapshot")


@gate.public_page
def cycles(request: HttpRequest) -> HttpResponse:
    """All cycles that have opened, the newest first."""
    on = request.on  # type: ignore[attr-defined]
    told = [(row, row.state_on(on)) for row in _begun(on).order_by("-due_on", "-pk")]
    return render(request, "reporting/public_cycles.html", {"cycles": told})


@gate.public_page
def cycle(request: HttpRequest, slug: str) -> HttpResponse:
    """One cycle: who reported in time, late or not, as it stands or as it stood when it was closed."""
    on = request.on  # type: ignore[attr-defined]
    found = get_object_or_404(_begun(on), slug=slug)
    snapshot = getattr(found, "snapshot", None)
    told = snapshot.content["reports"] if snapshot else closing.reports_told(found, at=request.at)  # type: ignore[attr-defined]
    published = _published(found) if snapshot else {row["of"] for row in told if row["is_published"]}
    reports = _named(told, published)
    context = {
        "cycle": found,
        "state": found.state_on(on),
        "snapshot": snapshot,
        "totals": snapshot.content["totals"] if snapshot else None,
        "closed": closing.closed_lives(snapshot.content) if snapshot else [],
        "closing_reason": _closing_reason(snapshot) if snapshot else None,
        "reports": reports,
        "counts": [(kind, number) for kind in Timeliness if (number := Counter(r["kind"] for r in reports)[kind])],
        "extensions": [row for row in reports if row["extension"]],
    }
    return render(request, "reporting/public_cycle.html", context)


def _published(found: ReportingCycle) -> set[str]:
    """Whose reports of a cycle are public by now, as a copy names them. One query."""
    rows = found.reports.filter(state=ReportState.PUBLISHED, is_example=False)
    return {iso3 or code or "secretariat" for iso3, code in rows.values_list("country__iso3", "group__code")}


def _closing_reason(snapshot: CycleSnapshot) -> Text | None:
    """Why the cycle was closed although something was missing. A copy made before reasons were kept in it has none."""
    told = snapshot.content
    reason = told.get("closing_reason", "")
    lang = language_of(get_language())
    return written_in(reason, told.get("closing_language", ""), lang) if reason else None


def _named(told: list[dict[str, Any]], published: set[str]) -> list[dict[str, Any]]:
    """The reports with the names of those who owe them, and the place of each `published` one. Two queries."""
    lang = get_language() or "en"
    codes = [row["of"] for row in told]
    countries = {row.iso3: row.name_in(lang) for row in Country.objects.filter(iso3__in=codes)}
    groups = {row.code: row for row in WorkingGroup.objects.filter(code__in=codes)}
    names = {**countries, **{code: row.name_in(lang) for code, row in groups.items()}}
    return [
        {
            **row,
            "name": names.get(row["of"]),
            "place": (groups[row["of"]].slug if row["of"] in groups else row["of"]) if row["of"] in published else "",
            "kind": Timeliness(row["timeliness"]),
            # A copy made before the language was kept has none.
            "extension": written_in(row["extension_reason"], row.get("extension_language", ""), language_of(lang)),
        }
        for row in sorted(told, key=lambda row: _place(row["of"], groups, countries, lang))
    ]


def _place(of: str, groups: dict[str, WorkingGroup], countries: dict[str, Text], lang: str) -> tuple[Any, ...]:
    """Countries by their names, then groups by their numbers, then the secretariat."""
    if of in groups:
        return (1, groups[of].number or 0, of)
    return (0, sort_key(countries[of].text, lang)) if of in countries else (2,)


def _snapshot(request: HttpRequest, slug: str) -> CycleSnapshot:
    snapshot = CycleSnapshot.objects.select_related("cycle").filter(cycle__slug=slug).first()
    if snapshot is None:
        raise Http404(slug)
    return snapshot


@gate.public_page
def snapshot_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The copy exactly as its SHA-256 was taken."""
    snapshot = _snapshot(request, slug)
    answer = HttpResponse(closing.canonical(snapshot.content), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slug}-{snapshot.code}.json"'
    return answer


@gate.public_page
def snapshot_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The figures of the copy as a table: a row for each indicator, one for a commitment without any."""
    snapshot = _snapshot(request, slug)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slug}-{snapshot.code}.csv"'
    table = csv.writer(answer)
    heads = [f"indicator_{name}" for name in OF_INDICATOR]
    table.writerow([*OF_COMMITMENT, *heads, "source_title", "source_url", "is_demonstration", "snapshot_code"])
    is_demonstration = snapshot.content["cycle"]["is_demonstration"]
    for row in snapshot.content["commitments"]:
        first = [row[name] for name in OF_COMMITMENT]
        for indicator in row["indicators"] or [{}]:
            source = indicator.get("source") or {}
            figures = [indicator.get(name) for name in OF_INDICATOR]
            last = [source.get("title", ""), source.get("url", ""), is_demonstration, snapshot.code]
            table.writerow([cell_of(value) for value in [*first, *figures, *last]])
    return answer
