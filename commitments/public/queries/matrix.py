"""Where other mechanisms work on what the Declaration works on, and which country belongs to which mechanism."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch

from commitments.formats.collation import sort_key
from commitments.formats.language import Text, written_in
from commitments.history.kept import kept
from commitments.history.together import together
from commitments.mechanisms.models import Adherence, Country, Mechanism
from commitments.public.queries.group import Claim
from commitments.public.queries.groups import leading, leads_first, role_name
from commitments.public.queries.places import DECLARATION
from commitments.sources.models import Source
from commitments.working_groups.enums import AlignmentKind
from commitments.working_groups.models import Alignment, GroupRole, Pillar, WorkingGroup


@dataclass(frozen=True, slots=True)
class Column:
    """A mechanism over a column."""

    mechanism: Mechanism
    name: Text


@dataclass(frozen=True, slots=True)
class Related:
    """A group of another mechanism: who leads it, where its source says so, and both claims where sources differ."""

    group: WorkingGroup
    name: Text
    leads: list[Text]
    claims: list[Claim]
    #: By which somebody here placed it.
    documents: list[Source]


@dataclass(slots=True)
class Cell:
    """The groups of one mechanism that match one row; none are known where it is empty."""

    column: Column
    related: list[Related] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One workstream, or a pillar as a whole, with a cell for each mechanism."""

    pillar: Pillar
    name: Text
    group: WorkingGroup | None
    cells: list[Cell]

    @property
    def is_only_here(self) -> bool:
        """Whether no group of another mechanism is matched to it."""
        return not any(cell.related for cell in self.cells)


@dataclass(frozen=True, slots=True)
class MatrixPillar:
    """A pillar with its workstreams, and what matches the pillar as a whole."""

    pillar: Pillar
    name: Text
    rows: list[MatrixRow]
    whole: MatrixRow


@dataclass(frozen=True, slots=True)
class Matrix:
    """The Declaration's workstreams against the groups of the other mechanisms."""

    columns: list[Column]
    pillars: list[MatrixPillar]
    #: On topics that the Declaration does not cover, and those that the source places nowhere.
    elsewhere: list[Related]
    unplaced: list[Related]

    @property
    def rows(self) -> list[MatrixRow]:
        """Every row in its order."""
        return [row for pillar in self.pillars for row in (*pillar.rows, pillar.whole)]


@dataclass(frozen=True, slots=True)
class Line:
    """One cell in a list: what it is about, whose groups, which."""

    row: MatrixRow
    cell: Cell


@kept
def matrix(language: str) -> Matrix:
    """The whole of it. The number of queries does not depend on how much there is: five."""
    read = together(
        mechanisms=Mechanism.objects.exclude(code=DECLARATION),
        countries=Country.objects.all(),
        leading=leading().exclude(group__mechanism__code=DECLARATION),
    )
    elsewhere = sorted(read["mechanisms"], key=lambda row: row.code)
    columns = [Column(row, row.name_in(language)) for row in elsewhere]
    groups = list(
        WorkingGroup.objects.exclude(mechanism__code=DECLARATION)
        .select_related("mechanism")
        .prefetch_related(Prefetch("alignments", Alignment.objects.select_related("source")))
        .order_by("mechanism__code", "number", "code")
    )
    names = {row.iso3: row.name_in(language) for row in read["countries"]}
    related = _related(groups, read["leading"], names, language)
    pillars = [
        _pillar(pillar, columns, groups, related, language)
        for pillar in Pillar.objects.filter(mechanism__code=DECLARATION).prefetch_related("groups").order_by("number")
    ]
    return Matrix(
        columns=columns,
        pillars=pillars,
        elsewhere=[related[row.pk] for row in groups if _is(row, AlignmentKind.NOT_IN_DECLARATION)],
        unplaced=[related[row.pk] for row in groups if _is(row, AlignmentKind.NOT_PLACED) or not row.alignments.all()],
    )


def _is(group: WorkingGroup, kind: AlignmentKind) -> bool:
    return any(row.kind == kind for row in group.alignments.all())


def _related(
    groups: Sequence[WorkingGroup], roles: Iterable[GroupRole], names: Mapping[str, Text], language: str
) -> dict[int, Related]:
    """The groups with their leads."""
    led_by: dict[int, list[GroupRole]] = {group.pk: [] for group in groups}
    for role in leads_first(roles):
        led_by[role.group_id].append(role)
    return {
        group.pk: Related(
            group,
            group.name_in(language),
            [role_name(role, language) for role in led_by[group.pk]],
            _claims(group, {role.country.iso3 for role in led_by[group.pk] if role.country}, names, language),
            _documents(group),
        )
        for group in groups
    }


def _documents(group: WorkingGroup) -> list[Source]:
    """Each once."""
    return list({row.source: None for row in group.alignments.all() if row.source is not None})


def _claims(group: WorkingGroup, leading: set[str], names: Mapping[str, Text], language: str) -> list[Claim]:
    return [
        Claim(
            place=written_in(str(place), "en", language),
            lead=names.get(str(code), written_in(str(code), "en", language)),
            in_use=code in leading,
        )
        for place, code in group.lead_claims.items()
    ]


def _pillar(
    pillar: Pillar,
    columns: list[Column],
    groups: list[WorkingGroup],
    related: Mapping[int, Related],
    language: str,
) -> MatrixPillar:
    name = pillar.name_in(language)

    def row(workstream: WorkingGroup | None) -> MatrixRow:
        cells = {column.mechanism.pk: Cell(column) for column in columns}
        for group in groups:
            if _matches(group, pillar, workstream):
                cells[group.mechanism_id].related.append(related[group.pk])
        return MatrixRow(pillar, workstream.name_in(language) if workstream else name, workstream, list(cells.values()))

    own = sorted(pillar.groups.all(), key=lambda group: (group.number or 0, group.code))
    return MatrixPillar(pillar, name, [row(workstream) for workstream in own], row(None))


def _matches(group: WorkingGroup, pillar: Pillar, workstream: WorkingGroup | None) -> bool:
    """Whether a group is matched to a workstream, or without one to the pillar as a whole."""
    if workstream is not None:
        return any(row.workstream_id == workstream.pk for row in group.alignments.all())
    return any(row.kind == AlignmentKind.PILLAR and row.pillar_id == pillar.pk for row in group.alignments.all())


def lines(found: Matrix, *, mechanism: str = "", group: str = "") -> list[Line]:
    """The cells of one mechanism, of one workstream, or of both; of pillars as a whole those alone that hold groups."""
    pillar = next((row.pillar.pk for row in found.rows if row.group and row.group.slug == group), None)
    return [
        Line(row, cell)
        for row in found.rows
        for cell in row.cells
        if mechanism in {"", cell.column.mechanism.slug}
        and (row.group is not None or cell.related)
        and (not group or (row.group.slug == group if row.group else row.pillar.pk == pillar))
    ]


@dataclass(frozen=True, slots=True)
class MemberCell:
    """How a country belongs to one mechanism; nothing where it does not."""

    column: Column
    adherence: Adherence | None

    @property
    def differs(self) -> bool:
        """Whether the two figures, and what is in use, do not say the same."""
        row = self.adherence
        if row is None or not (row.figure1_claim or row.figure2_claim):
            return False
        said = {claim.rstrip("*") for claim in (row.figure1_claim, row.figure2_claim)}
        return said != {"yes"}


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A country with a cell for each mechanism."""

    country: Country
    name: Text
    cells: list[MemberCell]


@dataclass(frozen=True, slots=True)
class MemberMatrix:
    """Countries against mechanisms, the Declaration first."""

    columns: list[Column]
    rows: list[MemberRow]


@kept
def members(language: str) -> MemberMatrix:
    """Which country belongs to which mechanism today. One query."""
    read = together(
        mechanisms=Mechanism.objects.all(),
        adherences=Adherence.objects.filter(until__isnull=True),
        countries=Country.objects.all(),
    )
    mechanisms = sorted(read["mechanisms"], key=lambda row: (row.code != DECLARATION, row.code))
    columns = [Column(row, row.name_in(language)) for row in mechanisms]
    held = {(row.country_id, row.mechanism_id): row for row in read["adherences"]}
    rows = [
        MemberRow(
            country,
            country.name_in(language),
            [MemberCell(column, held.get((country.pk, column.mechanism.pk))) for column in columns],
        )
        for country in sorted(read["countries"], key=lambda row: row.iso3)
    ]
    return MemberMatrix(columns, sorted(rows, key=lambda row: sort_key(row.name.text, language)))
