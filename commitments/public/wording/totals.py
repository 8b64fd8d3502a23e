"""The tables of totals: their headings, and the rows of the file that holds them all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commitments.formats.cells import guarded
from commitments.formats.numbers import format_money, format_number
from commitments.indicators.enums import Status
from commitments.indicators.rollups import Sum
from commitments.indicators.wording import known_unit, status_word
from commitments.public.queries.tally import ORDER, Tally
from commitments.public.queries.totals import TotalsLine, TotalsPage
from commitments.public.wording.counts import language
from commitments.register.enums import LifeCycle
from commitments.register.wording import life_word
from commitments.reporting.punctuality import ReportSquare


@dataclass(frozen=True, slots=True)
class SumLine:
    """Figures added: how much, of how many commitments, and which parts were left out."""

    amount: str
    number: int
    left_out: str
    population: str


def headings(by: str) -> tuple[str, str, str]:
    """The heading of a table, the word over its first column, and of the row of those that belong to none."""
    return {
        "mechanism": (_("By mechanism"), _("Mechanism"), _("No mechanism")),
        "pillar": (_("By pillar"), _("Pillar"), _("No pillar assigned")),
        "group": (_("By workstream"), _("Workstream"), _("No workstream assigned")),
        "country": (_("By country"), _("Country"), _("Made together, or by an organization")),
        "horizon": (_("By horizon"), _("Horizon"), _("No horizon stated")),
    }[by]


def address(by: str, key: str) -> str:
    """The page of what a row counts; empty where it has none."""
    names = {"mechanism": "mechanism", "pillar": "pillar", "group": "working-group", "country": "country"}
    if not key or by not in names:
        return ""
    return reverse(f"public:{names[by]}", args=[key])


def columns(page: TotalsPage) -> list[str]:
    """The words over the numbers that the tables show."""
    words = _all_columns()
    return [words[place] for place in _shown(page)]


def _all_columns() -> list[str]:
    ends = [
        pgettext("closed commitments", "Ended, fulfilled"),
        pgettext("closed commitments", "Ended, not fulfilled"),
        pgettext("closed commitments", "Ended, not assessed"),
    ]
    statuses = (status_word(status.value) for status in ORDER)
    return [pgettext("commitments", "All"), *statuses, *ends, *(life_word(life) for life in _STOPPED)]


def _shown(page: TotalsPage) -> list[int]:
    """The columns that a page has room for: of lives that no commitment has, only the suspended one."""
    every = numbers(page.whole)
    rare = range(len(every) - len(_STOPPED) + 1, len(every))
    return [place for place in range(len(every)) if place not in rare or every[place]]


def numbers(counted: Tally) -> list[int]:
    """The numbers of a row, in the order of the columns of the file; each commitment counts in one."""
    ended = {status: number for (life, status), number in counted.closed.items() if life is LifeCycle.ENDED}
    fulfilled = ended.get(Status.FULFILLED, 0)
    assessed = sum(number for status, number in ended.items() if status.can_be_assessed)
    ends = [fulfilled, assessed - fulfilled, sum(ended.values()) - assessed]
    stopped = [sum(number for (life, _s), number in counted.closed.items() if life is kind) for kind in _STOPPED]
    return [counted.total, *(counted.active[status] for status in ORDER), *ends, *stopped]


def cells(counted: Tally, page: TotalsPage) -> list[tuple[str, str]]:
    """The numbers of a row as the page writes them, each with the word over it."""
    found, words = numbers(counted), _all_columns()
    return [(words[place], format_number(found[place], language())) for place in _shown(page)]


def dictionary() -> list[tuple[str, str]]:
    """The columns of the file, each with what it means."""
    own = [
        ("counted_by", _("What the row counts by: declaration, all, mechanism, pillar, group, country or horizon")),
        ("key", _("Code, number or address of what is counted; blank where the row is of none")),
        ("name", _("Its name in the language of the file")),
    ]
    counted = _("Number of commitments: %(which)s")
    words = zip(_COLUMNS, _all_columns(), strict=True)
    return [*own, *((column, counted % {"which": word}) for column, word in words)]


def sum_lines(page: TotalsPage) -> list[SumLine]:
    """The figures that may be added, in words."""
    return [_sum_line(found, page.codes) for found in page.sums]


def file_rows(page: TotalsPage) -> Iterator[list[str]]:
    """Every table as rows of one file; numbers bare, without marks."""
    yield ["counted_by", "key", "name", *_COLUMNS]
    yield ["declaration", "", "", *map(str, numbers(page.own))]
    yield ["all", "", "", *map(str, numbers(page.whole))]
    for by, lines in page.tables:
        for line in lines:
            yield [by, guarded(line.key), guarded(_name(by, line)), *map(str, numbers(line.counted))]


def report_rows(squares: Iterable[ReportSquare]) -> Iterator[list[str]]:
    """Each report of each cycle: whose, due when, and whether it came in time."""
    yield ["cycle", "of", "due_on", "timeliness", "days_late"]
    for square in squares:
        row = square.report
        of = row.country.iso3 if row.country else row.group.code if row.group else "secretariat"
        yield [row.cycle.slug, guarded(of), row.due_on.isoformat(), square.kind.value, str(square.days_late)]


#: Lives that stand apart from those that ended: a suspended commitment has not ended.
_STOPPED = (LifeCycle.SUSPENDED, LifeCycle.WITHDRAWN, LifeCycle.SUPERSEDED)
_COLUMNS = (
    "all",
    *(status.value for status in ORDER),
    "ended_fulfilled",
    "ended_not_fulfilled",
    "ended_not_assessed",
    *(life.value for life in _STOPPED),
)


def _name(by: str, line: TotalsLine) -> str:
    return line.name.text if line.name else headings(by)[2]


def _sum_line(found: Sum, codes: dict[int, str]) -> SumLine:
    lang = language()
    if found.key.is_money:
        amount = format_money(found.total, found.key.unit, lang)
    else:
        parts = {"figure": format_number(found.total, lang), "unit": known_unit(found.key.unit)}
        amount = pgettext("figure and unit", "%(figure)s %(unit)s") % parts
    said = amount if found.is_exact else pgettext("figure", "about %(figure)s") % {"figure": amount}
    return SumLine(said, found.number, ", ".join(codes[pk] for pk in found.left_out), found.key.population)
