"""A report in the standard format, as its page, its print and its file show it. Words of others stay attributed."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from commitments.formats.collation import sort_key
from commitments.formats.dates import site_day
from commitments.formats.language import LANGUAGES, Text, language_of, written_in
from commitments.history.enums import ReportState
from commitments.indicators.wording import language
from commitments.register.enums import UNSEEN
from commitments.register.models import Commitment
from commitments.register.wording import maker_of
from commitments.reporting.corrected import Corrected, corrections
from commitments.reporting.enums import PrintState
from commitments.reporting.figures import (
    GroupFigure,
    Rung,
    group_figures,
    ladder,
    report_figures,
    without_horizon,
)
from commitments.reporting.models import (
    CycleSnapshot,
    PrintedReport,
    ProgressReport,
    ReportDocument,
    ReportFigures,
    ReportPart,
)

#: More drawings than these are left to the site, and the paper says so.
MOST_CHARTS = 12


@dataclass(frozen=True, slots=True)
class Said:
    """What a report says of one commitment, and who says it."""

    who: Text
    commitment: Commitment
    title: Text
    answer: str
    words: Text
    reason: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A report with everything that its page shows, in the language of the page."""

    report: ProgressReport
    who: Text
    cycle: Text
    on: date
    #: In the language of the page where somebody wrote or translated it so.
    summary: Text
    #: The summary as its author wrote it, where another is shown.
    original: Text | None
    translations: list[Text]
    parts: list[Said]
    voices: list[Said]
    figures: list[GroupFigure]
    documents: list[ReportDocument]
    snapshot: CycleSnapshot | None
    #: Of a group's: its figures as they stood when it was published, else when its cycle was closed.
    frozen: ReportFigures | CycleSnapshot | None = None
    ladder: list[Rung] = field(default_factory=list)

    @property
    def is_of_group(self) -> bool:
        """Whether a working group reports, rather than a country or the secretariat."""
        return self.report.group_id is not None

    @property
    def figures_on(self) -> date:
        """The day of the statuses: of a group's the day on which they were frozen, once they were."""
        if self.frozen is None:
            return self.on
        taken = self.frozen.content.get("taken_on")
        return date.fromisoformat(taken) if taken else site_day(self.frozen.taken_at)

    @property
    def beside_ladder(self) -> list[GroupFigure]:
        """Figures of a group that have no horizon."""
        return without_horizon(self.figures)

    @property
    def charts(self) -> list[GroupFigure]:
        """The figures that have a drawing, at most so many."""
        return [row for row in self.figures if row.chart][:MOST_CHARTS]

    @property
    def charts_left_out(self) -> int:
        """How many drawings are only on the site."""
        return sum(bool(row.chart) for row in self.figures) - len(self.charts)

    @property
    def has_obstacles(self) -> bool:
        """Whether anything stood in the way."""
        return bool(self.report.obstacles)

    @property
    def is_whole(self) -> bool:
        """Whether it was sent as a report: then a section that is empty says that nothing was said."""
        return self.report.sent_at is not None and not self.report.cannot_reason

    @property
    def is_of_one(self) -> bool:
        """Whether that holds of the sections that a group's report does not have."""
        return self.is_whole and not self.is_of_group

    def own(self, text: str) -> Text:
        """A text of the report with its language."""
        return written_in(text, self.report.language or "en", language_of(language()))


def paper_of(report: ProgressReport, *, on: date, public: bool = True, charts: bool = False) -> Paper:
    """Gather a report for reading. Constant number of queries; `report` comes with cycle, country and group loaded."""
    group = report.group
    snapshots = CycleSnapshot.objects.filter(cycle_id=report.cycle_id)
    snapshot = (snapshots if group is not None else snapshots.defer("content")).first()
    kept = ReportFigures.objects.filter(report=report).first() if group is not None else None
    frozen = (kept or snapshot) if group is not None else None
    figures = (
        group_figures(group, on=on, charts=charts, frozen=frozen.content if frozen else None)
        if group is not None
        else report_figures(report, on=on, public=public, charts=charts)
    )
    lang = language_of(language())
    own = written_in(report.summary, report.language or "en", lang)
    told = [own, *(written_in(row.summary, row.language, lang) for row in report.translations.all())]
    told = [text for text in told if text.text]
    shown = next((text for text in told if not text.foreign), own)
    return Paper(
        report=report,
        who=who_reports(report),
        cycle=report.cycle.name_in(language()),
        on=on,
        summary=shown,
        original=own if own.text and own is not shown else None,
        translations=[text for text in told if text is not shown],
        parts=_said(_parts(report), public=public),
        voices=voices(report, public=public) if group is not None else [],
        figures=figures,
        documents=list(report.documents.select_related("file").order_by("id")),
        snapshot=snapshot,
        frozen=frozen,
        ladder=ladder(figures) if group is not None else [],
    )


def _parts(report: ProgressReport) -> QuerySet[ReportPart]:
    """What the report says by commitment. One that was sent says no more: what has no answer then is told by the
    reason for the whole report, or was of a commitment that had ended.
    """
    rows: QuerySet[ReportPart] = report.parts.all()
    return rows.exclude(answer="") if report.sent_at is not None else rows


def who_reports(report: ProgressReport) -> Text:
    """Who owes the report, by name."""
    if report.country is not None:
        return report.country.name_in(language())
    if report.group is not None:
        return report.group.name_in(language())
    return Text(_("The secretariat"), language(), foreign=False)


def voices(report: ProgressReport, *, public: bool) -> list[Said]:
    """What countries said in the same cycle of a group's commitments: published, for its lead accepted ones too.

    What is sent and not yet accepted is between a country and the secretariat: no lead reads it.
    """
    states = [ReportState.PUBLISHED] if public else [ReportState.PUBLISHED, ReportState.ACCEPTED]
    rows = ReportPart.objects.filter(
        ~Q(answer=""), report__cycle_id=report.cycle_id, commitment__group_id=report.group_id, report__state__in=states
    ).exclude(report=report)
    return _said(rows.order_by("commitment__code", "id"), public=True, by_name=True)


def _said(parts: QuerySet[ReportPart], *, public: bool, by_name: bool = False) -> list[Said]:
    rows = parts.select_related(
        "report__country",
        "report__group",
        "commitment__maker_country",
        "commitment__maker_organization",
        "commitment__maker_mechanism",
    )
    if public:
        rows = rows.exclude(commitment__life_cycle__in=UNSEEN)
    lang = language_of(language())
    said = [
        Said(
            who=row.report.country.name_in(lang) if row.report.country else maker_of(row.commitment),
            commitment=row.commitment,
            title=row.commitment.title_in(lang),
            answer=row.get_answer_display() if row.answer else "",
            words=written_in(row.words, row.report.language or "en", lang),
            reason=row.get_cannot_reason_display() if row.cannot_reason else "",
        )
        for row in rows
    ]
    return sorted(said, key=lambda line: (sort_key(line.who.text, lang), line.commitment.code)) if by_name else said


def newest_prints(report: ProgressReport) -> list[PrintedReport]:
    """The newest public file of a published report as it reads now, in each language. One query."""
    rows = PrintedReport.objects.public().current().filter(report=report).order_by("language", "-made_at", "-pk")
    newest: dict[str, PrintedReport] = {}
    for row in rows:
        newest.setdefault(row.language, row)
    return [newest[language] for language in LANGUAGES if language in newest]


def printed_under(code: str) -> PrintedReport | None:
    """The file with a code, if its report is published: of any other nothing is said, not even that it exists."""
    rows = PrintedReport.objects.filter(state=PrintState.MADE, report__state=ReportState.PUBLISHED, code=code)
    return (
        rows.select_related("report__cycle", "report__country", "report__group", "snapshot")
        .defer("snapshot__content")
        .first()
    )


@dataclass(frozen=True, slots=True)
class Publication:
    """That a report was published, or changed after that: when, and for which public reason."""

    at: datetime
    version: int
    reason: str
    is_first: bool
    #: What was put right then, with the words before.
    corrected: Corrected | None = None


def publications(report: ProgressReport) -> list[Publication]:
    """What was done to a report since it is public, newest first; nothing from before. Two queries."""
    put_right = {known.row.decided_at: known for known in corrections(report, ReportState.PUBLISHED)}
    rows = report.history.filter(state=ReportState.PUBLISHED).order_by("history_date", "history_id")
    told = [
        Publication(
            at=row.history_date,
            version=row.version,
            reason=row.public_reason,
            is_first=place == 0,
            corrected=put_right.get(row.history_date) if place else None,
        )
        for place, row in enumerate(rows)
    ]
    return told[::-1]
