"""Matrices in words and as drawings: countries against pillars by status, workstreams against other mechanisms."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from commitments.charts.heat import Cell, Heat, Row
from commitments.formats.language import Text
from commitments.public.queries.crossing import Crossing
from commitments.public.queries.matrix import Matrix
from commitments.public.queries.tally import Tally
from commitments.public.wording.counts import commitments_counted, in_words, language, number
from commitments.public.wording.matrix import row_title


def columns(found: Crossing) -> list[tuple[Text, str]]:
    """The names over the columns, whole and short."""
    named = [(pillar.name, _("Pillar %(n)s") % {"n": pillar.number}) for pillar in found.pillars]
    others = pgettext("commitments without a pillar", "No pillar")
    return named + ([(Text(others, language(), foreign=False), others)] if found.has_others else [])


def crossing_sentence(found: Crossing) -> str:
    """How many countries and commitments it shows, and that it ranks nobody."""
    total = sum(cell.total for line in found.lines for cell in line.cells)
    if not total:
        return _("No commitments are public yet.")
    made_by = sum(1 for line in found.lines if any(cell.total for cell in line.cells))
    countries = ngettext("%(n)s country", "%(n)s countries", made_by) % {"n": number(made_by)}
    return pgettext(
        "countries against pillars", "%(commitments)s of %(countries)s under the Declaration, by pillar and status."
    ) % {"commitments": commitments_counted(total), "countries": countries}


def crossing_heat(found: Crossing) -> Heat:
    """Countries against pillars as a drawing."""
    rows = [
        Row(line.place.name.text, line.place.country.iso3, tuple(_cell(cell) for cell in line.cells))
        for line in found.lines
    ]
    return Heat(
        title=_("Commitments of countries by pillar and status"),
        description=_described(found),
        columns=tuple(
            (name.text, number(found.pillars[place].number) if place < len(found.pillars) else "–")
            for place, (name, _short) in enumerate(columns(found))
        ),
        corner=_("Pillar"),
        rows=tuple(rows),
    )


def _cell(counted: Tally) -> Cell:
    return Cell(number(counted.total), is_none=not counted.total, counts=counted.counts if counted.total else {})


def _described(found: Crossing) -> str:
    """The sentence, and each pillar's commitments by status."""
    sums: list[Tally] = []
    for place in range(len(columns(found))):
        whole = Tally()
        for line in found.lines:
            whole.active += line.cells[place].active
            whole.closed += line.cells[place].closed
        sums.append(whole)
    parts = [
        _("%(name)s: %(numbers)s") % {"name": short, "numbers": in_words(whole)}
        for (_name, short), whole in zip(columns(found), sums, strict=True)
        if whole.total
    ]
    return " ".join([crossing_sentence(found), *(f"{part}." for part in parts)])


def matrix_heat(found: Matrix) -> Heat:
    """Workstreams against the groups of the other mechanisms: how many match, deeper shaded the more."""
    rows: list[Row] = []
    with_groups = {row.pillar.number for row in found.rows if row.group}
    for row in found.rows:
        if row.group is None and row.is_only_here and row.pillar.number in with_groups:
            continue
        short = str(row.group.number) if row.group else _("Pillar %(n)s") % {"n": row.pillar.number}
        numbers = [len(cell.related) for cell in row.cells]
        cells = tuple(Cell(number(many) if many else "–", is_none=not many, shade=min(many, 2)) for many in numbers)
        rows.append(Row(row_title(row).text, short, cells))
    return Heat(
        title=_("Workstreams and the groups of other mechanisms"),
        description=matrix_sentence(found),
        columns=tuple((column.mechanism.code, column.mechanism.code) for column in found.columns),
        rows=tuple(rows),
        least=54.0,
        is_stacked=True,
    )


def matrix_sentence(found: Matrix) -> str:
    """How many workstreams other mechanisms work on too, and how many none is known to."""
    streams = [row for row in found.rows if row.group]
    alone = sum(row.is_only_here for row in streams)
    shared = number(len(streams) - alone)
    whole = ngettext(
        "Other mechanisms have groups on %(shared)s of %(n)s workstream.",
        "Other mechanisms have groups on %(shared)s of %(n)s workstreams.",
        len(streams),
    ) % {"shared": shared, "n": number(len(streams))}
    if not alone:
        return whole
    none = ngettext(
        "On %(n)s no group of another mechanism is known.", "On %(n)s no group of another mechanism is known.", alone
    ) % {"n": number(alone)}
    return f"{whole} {none}"
