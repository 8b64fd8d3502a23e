"""Summaries of published reports that are wanted in another language of the office."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Sum, Value, When

from commitments.formats.language import LANGUAGES
from commitments.history.enums import ReportState
from commitments.reporting.models import ProgressReport, ReportTranslation


def own_language(report: ProgressReport) -> str:
    """The language that a report is written in; English where nobody said."""
    return report.language or "en"


def wanted(languages: Collection[str]) -> QuerySet[Any]:
    """The published reports that lack a summary in one of these languages, with how many (`lacking`), oldest first."""
    lacking: Any = Value(0)
    for code in sorted(set(languages)):
        own = Q(language__in=[code, ""] if code == "en" else [code])
        there = Exists(ReportTranslation.objects.filter(report=OuterRef("pk"), language=code).exclude(summary=""))
        lacking = lacking + Case(When(own | Q(there), then=0), default=1, output_field=IntegerField())
    rows: QuerySet[Any] = ProgressReport.objects.filter(state=ReportState.PUBLISHED).exclude(summary="")
    return rows.annotate(lacking=lacking).filter(lacking__gt=0).order_by(F("published_at").asc(nulls_first=True), "pk")


def count_wanted(languages: Collection[str], **where: Any) -> int:
    """How many summaries are wanted, of all published reports or of some. One query."""
    found: int | None = wanted(languages).filter(**where).aggregate(sum=Sum("lacking"))["sum"]
    return found or 0


@dataclass(frozen=True, slots=True)
class Summary:
    """The summary of a report in one language: there, or wanted."""

    language: str
    is_there: bool


def summaries(report: ProgressReport, languages: Collection[str]) -> Sequence[Summary]:
    """The other languages of a report, in the order of the site: those wanted, and those that are there anyhow."""
    there = {row.language for row in report.translations.all() if row.summary}
    own = own_language(report)
    codes = [code for code in LANGUAGES if code != own and (code in languages or code in there)]
    return [Summary(code, code in there) for code in codes]


def missing_summaries(asked: Sequence[Collection[str]]) -> list[int]:
    """How many summaries of the reports of cycles not closed yet are missing, for each set of languages asked for.

    Accepted reports count before they are published. One number for each set; two queries, however many there are.
    """
    reports = ProgressReport.objects.filter(
        cycle__closed_at__isnull=True, state__in=[ReportState.ACCEPTED, ReportState.PUBLISHED]
    ).prefetch_related("translations")
    there = [{row.language, *(text.language for text in row.translations.all() if text.summary)} for row in reports]
    return [sum(len(set(languages) - written) for written in there) for languages in asked]
