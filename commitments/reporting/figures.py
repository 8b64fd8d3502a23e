"""The figures that a group's report is filled in with."""

from dataclasses import dataclass
from datetime import date

from commitments.formats.language import Text
from commitments.history.enums import ReportState
from commitments.indicators.models import Indicator
from commitments.indicators.queries import indicator_readings
from commitments.indicators.wording import day_words, explain, figure_of, language, status_word
from commitments.register.enums import LifeCycle
from commitments.working_groups.models import WorkingGroup


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """One indicator of a group, as its report shows it."""

    code: str
    title: Text
    maker: str
    figure: str
    day: str
    status: str
    word: str
    sentence: str


def group_figures(group: WorkingGroup, *, on: date) -> list[GroupFigure]:
    """The published figures of a group's commitments, by code. Constant number of queries."""
    indicators = list(
        Indicator.objects.filter(commitment__group=group, state=ReportState.PUBLISHED)
        .exclude(commitment__life_cycle=LifeCycle.DRAFT)
        .select_related("commitment__mechanism", "commitment__maker_country")
        .order_by("code")
    )
    readings = indicator_readings(indicators, on=on)
    figures = []
    for indicator in indicators:
        reading = readings[indicator.pk]
        latest = reading.latest
        country = indicator.commitment.maker_country if indicator.commitment else None
        figures.append(
            GroupFigure(
                code=indicator.code,
                title=indicator.title_in(language()),
                maker=country.name_in(language()).text if country else "",
                figure=figure_of(latest, indicator) if latest else "",
                day=day_words(latest.day) if latest else "",
                status=reading.result.status.value,
                word=status_word(reading.result.status),
                sentence=explain(reading),
            )
        )
    return figures
