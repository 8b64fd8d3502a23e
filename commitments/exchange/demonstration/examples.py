"""Marked examples: invented commitments with targets, series, late and returned figures. They count nowhere."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from accounts.models import User
from commitments.exchange.demonstration.cycle import Stage, last_quarter
from commitments.history.enums import ReportState
from commitments.indicators.models import Baseline, Indicator, Measurement, Series, Target, Waypoint
from commitments.mechanisms.models import Country
from commitments.register.enums import CommitmentKind, LifeCycle, SourceRole
from commitments.register.models import Commitment, CommitmentSource
from commitments.reporting.actions import keep_draft
from commitments.reporting.models import ProgressReport, ReportEntry, ReportingCycle, ReportPart
from commitments.sources.models import Source
from commitments.working_groups.models import WorkingGroup

FILE = Path(__file__).parent / "examples.json"
#: How an example is marked in each language.
MARKS = {"en": "Example: {text}", "es": "Ejemplo: {text}", "pt": "Exemplo: {text}", "fr": "Exemple : {text}"}
MADE_ON = date(2022, 6, 10)
#: How long after its date a figure is sent, and published.
SENT_AFTER, PUBLISHED_AFTER = timedelta(days=12), timedelta(days=20)

#: The invented people who enter the figures of a country, by its code.
FOCAL_POINTS = {"CRI": "focal.costarica", "COL": "focal.colombia", "CAN": "focal.canada"}
SECRETARY = "secretariat"


def quarter_end(on: date, number: int) -> date:
    """The last day of a quarter, counted from the last complete one: 0 that one, -1 the one before, 1 the next."""
    _start, end = last_quarter(on)
    months = end.year * 12 + end.month + 3 * number
    return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)


def bring_in_examples(stage: Stage, cycle: ReportingCycle, people: dict[str, User]) -> list[Commitment]:
    """Make the example commitments that are not there yet, with all that belongs to them; every one is returned."""
    content = json.loads(FILE.read_text("utf-8"), parse_float=Decimal)
    workshop = _Workshop(stage, cycle, people, content["source"])
    return [workshop.commitment(example) for example in content["commitments"]]


@dataclass(slots=True)
class _Workshop:
    """What the examples are made with."""

    stage: Stage
    cycle: ReportingCycle
    people: dict[str, User]
    told: dict[str, str]
    _source: Source | None = None

    @property
    def source(self) -> Source:
        """The one invented document that all examples rest on."""
        if self._source is None:
            title = MARKS["en"].format(text=self.told["title"])
            self._source = Source.objects.filter(is_example=True, title=title).first() or self.stage.create(
                Source(**{**self.told, "title": title}, language="en", is_example=True)
            )
        return self._source

    def commitment(self, example: dict[str, Any]) -> Commitment:
        """One commitment; an example that is there already stays as it is."""
        known = Commitment.objects.filter(code=example["code"]).first()
        if known is not None:
            return known
        group = WorkingGroup.objects.select_related("mechanism", "pillar").get(code=example["group"])
        country = Country.objects.get(iso3=example["country"])
        commitment: Commitment = self.stage.create(
            Commitment(
                code=example["code"],
                **_marked("title", example["title"]),
                **_marked("summary", example["summary"]),
                mechanism=group.mechanism,
                pillar=group.pillar,
                group=group,
                maker_country=country,
                kind=CommitmentKind.NATIONAL,
                made_on=MADE_ON,
                made_on_precision="day",
                horizon=example["horizon"],
                life_cycle=LifeCycle.ACTIVE,
                is_example=True,
            )
        )
        self.stage.create(CommitmentSource(commitment=commitment, source=self.source, role=SourceRole.MAIN))
        for number, told in enumerate(example["indicators"], start=1):
            self._indicator(commitment, country, number, told)
        return commitment

    def _indicator(self, commitment: Commitment, country: Country, number: int, told: dict[str, Any]) -> None:
        unit: dict[str, str] = {"unit_en": told["unit"]}
        indicator = self.stage.create(
            Indicator(
                code=f"{commitment.code}-I{number}",
                commitment=commitment,
                **_marked("title", told["title"]),
                **{f"definition_{language}": text for language, text in told.get("definition", {}).items()},
                **unit,
                unit_type=told["type"],
                counting=told["counting"],
                state=ReportState.PUBLISHED,
                is_example=True,
            )
        )
        series = self.stage.create(Series(indicator=indicator))
        self._path(series, told)
        user = self.people.get(FOCAL_POINTS.get(country.iso3, ""))
        sent = [self._figure(series, figure, user) for figure in told["figures"]]
        for breakdown, figures in told.get("breakdowns", {}).items():
            line = self.stage.create(Series(indicator=indicator, breakdown=breakdown))
            for figure in figures:
                self._figure(line, figure, user)
        if "due_in" in told or sent[-1].state != ReportState.PUBLISHED:
            self._entry(commitment, country, series, told, sent[-1])
        if "draft" in told and user is not None:
            keep_draft(
                user_id=user.pk,
                form="update",
                key=indicator.code,
                fields={"value": told["draft"]},
                version_read=0,
                at=self.stage.at - timedelta(days=4),
            )

    def _path(self, series: Series, told: dict[str, Any]) -> None:
        value, quarter = told["baseline"]
        start = self._end_of(quarter)
        self.stage.create(Baseline(series=series, value=value, date=start, date_precision="day"))
        value, quarter = told["target"]
        end = self._end_of(quarter)
        qualifier = told.get("qualifier", "exact")
        target = self.stage.create(
            Target(series=series, value=value, qualifier=qualifier, date=end, date_precision="day", source=self.source)
        )
        for value, quarter in told.get("waypoints", []):
            self.stage.create(Waypoint(target=target, value=value, date=self._end_of(quarter)))

    def _end_of(self, quarter: int) -> date:
        return quarter_end(self.stage.on, quarter)

    def _figure(self, series: Series, told: dict[str, Any], user: User | None) -> Measurement:
        as_of = self._end_of(told["quarter"])
        state = ReportState(told.get("state", ReportState.PUBLISHED))
        decided = self._moment(as_of + PUBLISHED_AFTER, told.get("days_ago"))
        is_public = state == ReportState.PUBLISHED
        secretary = self.people[SECRETARY]
        figure: Measurement = self.stage.create(
            Measurement(
                series=series,
                value=told["value"],
                as_of=as_of,
                as_of_precision="day",
                source=self.source,
                reason=told.get("reason", ""),
                state=state,
                entered_by=user,
                entered_at=self._moment(as_of + SENT_AFTER, told.get("days_ago")),
                accepted_by=secretary if is_public else None,
                accepted_at=decided if is_public else None,
                published_by=secretary if is_public else None,
                published_at=decided if is_public else None,
                question=told.get("question", ""),
                question_field="source" if "question" in told else "",
                question_due_on=self.stage.in_days(told["reply_in"]) if "reply_in" in told else None,
                is_example=True,
            )
        )
        return figure

    def _moment(self, day: date, days_ago: int | None) -> datetime:
        """Noon of a day that has come, or as many days ago as the example says."""
        if days_ago is not None:
            return self.stage.at - timedelta(days=days_ago)
        return min(datetime.combine(day, time(12), tzinfo=UTC), self.stage.at)

    def _entry(
        self, commitment: Commitment, country: Country, series: Series, told: dict[str, Any], last: Measurement
    ) -> None:
        """What is due for the example, late or not, or what was sent for it."""
        due_on = self.stage.in_days(told.get("due_in", 7))
        report = ProgressReport.objects.filter(cycle=self.cycle, country=country).first()
        report = report or self.stage.create(
            ProgressReport(cycle=self.cycle, country=country, due_on=due_on, is_example=True)
        )
        if not report.parts.filter(commitment=commitment).exists():
            self.stage.create(ReportPart(report=report, commitment=commitment))
        pending = last if last.state != ReportState.PUBLISHED else None
        self.stage.create(ReportEntry(report=report, series=series, due_on=due_on, measurement=pending))


def _marked(field: str, texts: dict[str, str]) -> dict[str, str]:
    """A text in four languages, each marked as an example."""
    return {f"{field}_{language}": MARKS[language].format(text=text) for language, text in texts.items()}
