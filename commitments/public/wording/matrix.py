"""The matrices in words: where a source says something, how many groups a cell holds, and both tables as files."""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from commitments.formats.language import Text, written_in
from commitments.public.queries.matrix import Matrix, MatrixRow, MemberCell, MemberMatrix, Related
from commitments.public.wording.counts import language

#: The paper that the groups, their leads and the memberships were taken from.
PAPER_YEAR = "2023"
_PLACE = re.compile(
    r"(?:Figure (?P<figure>\d+)|[Ss]ection (?P<section>\d+)(?P<where>, .+)?|Recommendation (?P<rec>\d+))"
)


def place_words(place: str, *, brief: bool = False) -> Text:
    """A place in the paper ("Figure 3", "section 3, Pillar 1") in the language of the page; shorter where asked."""
    found = _PLACE.fullmatch(place)
    if found is None:
        return written_in(place, "en", language())
    if found["figure"]:
        return _own(_("Figure %(n)s") % {"n": found["figure"]})
    if found["rec"]:
        return _own(_("Recommendation %(n)s") % {"n": found["rec"]})
    section = _("Section %(n)s") % {"n": found["section"]}
    pillar = re.fullmatch(r", Pillar (\d)", found["where"] or "")
    if pillar and not brief:
        return _own(_("%(section)s, pillar %(n)s") % {"section": section, "n": pillar[1]})
    return _own(section)


def cited_words(cited: Iterable[str]) -> str:
    """The places that a record rests on, and of when the paper is: "Figure 1, Figure 3, Section 3 · 2023"."""
    places = dict.fromkeys(place_words(place, brief=True).text for place in cited)
    return f"{', '.join(places)} · {PAPER_YEAR}" if places else ""


def member_places(cell: MemberCell) -> str:
    """The places that a membership rests on."""
    return cited_words(cell.adherence.cited_in.split("; ")) if cell.adherence else ""


def groups_counted(related: list[Related]) -> str:
    """How many groups a cell holds."""
    return ngettext("%(n)s group", "%(n)s groups", len(related)) % {"n": len(related)}


def row_title(row: MatrixRow) -> Text:
    """What a row is about: a workstream with its number, or a pillar as a whole."""
    if row.group is None:
        return _own(_("Pillar %(n)s as a whole") % {"n": row.pillar.number})
    name = f"{row.group.number} {row.name.text}"
    return Text(name, row.name.language, row.name.foreign)


def belongs_words(cell: MemberCell) -> str:
    """How a country belongs to a mechanism, in one word."""
    kinds = {
        "endorsing": pgettext("matrix of memberships", "Endorsing"),
        "observer": pgettext("matrix of memberships", "Observer"),
        "member": pgettext("matrix of memberships", "Member"),
    }
    return kinds.get(cell.adherence.kind, "") if cell.adherence else ""


def claim_words(claim: str) -> str:
    """What a figure of the paper says of a membership."""
    said = {
        "yes": pgettext("claim of a source about a membership", "yes"),
        "no": pgettext("claim of a source about a membership", "no"),
        "observer": pgettext("claim of a source about a membership", "observer"),
    }
    return said.get(claim.rstrip("*"), claim)


def group_rows(found: Matrix) -> Iterator[list[str]]:
    """The first matrix as a file: one row for each match, one for each workstream that has none, then the others."""
    yield ["pillar", "workstream", "match", "mechanism", "group", "name", "leads", "sources_differ", "places", "year"]
    for row in found.rows:
        head = [str(row.pillar.number), str(row.group.number) if row.group else ""]
        for cell in row.cells:
            for related in cell.related:
                yield [*head, "workstream" if row.group else "pillar", *_group(related)]
        if row.group and row.is_only_here:
            yield [*head, "only_here", *[""] * 7]
    for match, groups in (("not_in_declaration", found.elsewhere), ("not_placed", found.unplaced)):
        for related in groups:
            yield ["", "", match, *_group(related)]


def _group(related: Related) -> list[str]:
    return [
        related.group.mechanism.code,
        related.group.code,
        related.name.text,
        "; ".join(lead.text for lead in related.leads),
        "; ".join(f"{claim.place.text}: {claim.lead.text}" for claim in related.claims),
        "; ".join(related.group.cited_in),
        PAPER_YEAR,
    ]


def member_rows(found: MemberMatrix) -> Iterator[list[str]]:
    """The second matrix as a file: one row for each country and mechanism it belongs to."""
    yield ["iso3", "country", "mechanism", "belongs_as", "since", "figure_1", "figure_2", "places", "as_of", "reason"]
    for row in found.rows:
        for cell in row.cells:
            held = cell.adherence
            if held is not None:
                since, as_of = held.since_date, held.as_of_date
                yield [
                    *(row.country.iso3, row.name.text, cell.column.mechanism.code, held.kind),
                    str(since) if since else "",
                    *(held.figure1_claim, held.figure2_claim, held.cited_in),
                    str(as_of) if as_of else "",
                    held.reason,
                ]


def _own(text: str) -> Text:
    return Text(text, language(), foreign=False)
