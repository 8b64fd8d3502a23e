"""The register as a table, a row for each commitment."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from itertools import islice
from typing import Any

from django.db.models import IntegerField, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commitments.formats.dates import site_day
from commitments.formats.language import LANGUAGES
from commitments.indicators.models import StatusByHand
from commitments.indicators.wording import reason_words, status_word
from commitments.mechanisms.models import Country, Mechanism, Organization, partial
from commitments.public.exports.table import Cell, Row, Table, Together
from commitments.public.wording.counts import language
from commitments.register.enums import CommitmentKind, Horizon, LifeCycle, SourceRole
from commitments.register.models import Commitment, CommitmentSource
from commitments.register.wording import maker_of
from commitments.sources.models import Source
from commitments.working_groups.models import WorkingGroup

#: How many commitments are read at once: memory stays flat at any size, and PostgreSQL looks each up by its key.
AT_ONCE = 300
#: Of how many moments of publication the day is kept, and of how many documents the name.
MOMENTS, SOURCES = 5_000, 5_000
#: Days and marks come as texts and numbers: the same ones come again and again, and each is made out once.
_COLUMNS = (
    *("pk", "code", "maker_country_id", "maker_organization_id", "maker_mechanism_id", "maker_name"),
    *("mechanism_id", "pillar__number", "group_id", "kind", "horizon"),
    *(Cast("made_on", TextField()), "made_on_precision", Cast("due_on", TextField()), "due_on_precision"),
    *("life_cycle", "computed__status", "computed__last_status", "computed__reason", "stated"),
    *("main", "computed__rule", "computed__deciding__code"),
    *(Cast(f"computed__{figure}", TextField()) for figure in ("value", "expected", "share")),
    *(Cast("computed__last_published_at", TextField()), Cast("computed__figure_on", TextField())),
    "computed__figure_on_precision",
    *(Cast("is_verified", IntegerField()), Cast("is_example", IntegerField())),
    *(f"title_{code}" for code in LANGUAGES),
)


def register_table(ids: list[int], site: str) -> Table:
    """These commitments in their order. A query for each few hundred, and one for each kind of name."""
    return Table(_register_heads(), _register_rows(ids, site))


def _register_heads() -> tuple[str, ...]:
    return (
        _("Code"),
        _("Title"),
        _("Language of the title"),
        *(_("Country (code)"), _("Made by")),
        *(_("Mechanism (code)"), _("Pillar"), _("Workstream (code)"), _("Workstream")),
        *(_("Kind (code)"), _("Kind"), _("Horizon (code)"), _("Horizon")),
        *(_("Made on"), _("Due on"), _("Life cycle (code)")),
        *(_("Status (code)"), _("Status"), _("Reason (code)"), _("Reason")),
        *(_("Number of the rule"), _("Deciding indicator (code)"), _("Value"), _("Expected by now")),
        *(_("Share of what was expected"), _("Source"), _("Address of the source")),
        *(_("Status set by hand (code)"), _("Last published on")),
        _("Date of the latest figure"),
        *(_("Verified"), pgettext("invented record", "Example"), _("Page")),
    )


def _register_rows(ids: list[int], site: str) -> Iterator[Row]:
    names = _Names()
    page = (site + reverse("public:commitment", args=["CODE"])).replace("CODE", "{}").format
    # Not from the manager, whose rows are dictionaries of dictionaries: a file has a hundred thousand.
    every = QuerySet(Commitment).order_by().annotate(stated=_stated(), main=_main_source())
    rows: QuerySet[Any] = every.values_list(*_COLUMNS)
    for some in batches(ids, AT_ONCE):
        found = {row[0]: row for row in rows.filter(pk__in=some)}
        # By column, not by row: most of the work is then done by maps, and a file has three million cells.
        if columns := list(zip(*(found[pk] for pk in some if pk in found), strict=True)):
            yield from zip(*_register_columns(columns, names, page), strict=True)


def _register_columns(
    columns: list[tuple[Any, ...]], names: "_Names", page: Callable[[str], str]
) -> Iterator[Iterable[Cell | Together]]:
    """The columns of the file, of those that were read."""
    _pk, code, country, organization, together, maker, mechanism, pillar, group, kind, horizon, *rest = columns
    made_on, made_as, due_on, due_as, life, status, last, reason, stated, source, *more = rest
    rule, decider, value, expected, share, at, figure_on, figure_as, verified, example, *titles = more
    names.learn_sources(source)
    yield code
    yield from zip(*map(names.title, *titles), strict=True)
    yield map(names.maker, country, organization, together, maker)
    yield map(names.work, mechanism, pillar, group)
    yield map(names.kind, kind, horizon)
    yield map(names.day, made_on, made_as)
    yield map(names.day, due_on, due_as)
    yield map(names.standing, life, status, last, reason, rule)
    yield (code or "" for code in decider)
    for figures in (value, expected, share):
        yield (Decimal(figure) if figure else None for figure in figures)
    yield map(names.sources.__getitem__, source)
    yield map(names.stated, stated)
    yield map(names.published, at)
    yield map(names.day, figure_on, figure_as)
    yield map(names.marks, verified, example)
    yield map(page, code)


def _stated() -> Subquery:
    by_hand = StatusByHand.objects.filter(commitment=OuterRef("pk"), lapsed_on__isnull=True)
    # In no order: there is one at most, and its own order would look up the commitment for each row.
    return Subquery(by_hand.order_by().values("status")[:1])


def _main_source() -> Subquery:
    """The document that a commitment was taken from."""
    links = CommitmentSource.objects.filter(role=SourceRole.MAIN, commitment=OuterRef("pk"))
    return Subquery(links.order_by("position").values("source")[:1])


class _Names:
    """The cells that come again and again in a file: each worked out once, and each kind of record read once."""

    def __init__(self) -> None:
        self.language = language()
        self._spoken = sorted(range(len(LANGUAGES)), key=lambda place: LANGUAGES[place] != self.language)
        self.maker, self.work, self.kind = cache(self._maker), cache(self._work), cache(self._kind)
        self.day, self.standing, self.marks = cache(_day), cache(self._standing), cache(_marks)
        self.published, self.stated = lru_cache(MOMENTS)(_day_of), cache(_word)
        self.sources: dict[int | None, Together] = {}

    @cached_property
    def countries(self) -> dict[int, Country]:
        return {row.pk: row for row in Country.objects.all()}

    @cached_property
    def organizations(self) -> dict[int, Organization]:
        return {row.pk: row for row in Organization.objects.all()}

    @cached_property
    def mechanisms(self) -> dict[int, Mechanism]:
        return {row.pk: row for row in Mechanism.objects.all()}

    @cached_property
    def groups(self) -> dict[int, tuple[str, str]]:
        return {row.pk: (row.code, row.name_in(self.language).text) for row in WorkingGroup.objects.all()}

    def learn_sources(self, ids: Iterable[int | None]) -> None:
        """The titles and addresses of these documents; few stand behind many commitments. One query at most."""
        if len(self.sources) > SOURCES:
            self.sources.clear()
        if unknown := set(ids) - self.sources.keys():
            told = Source.objects.filter(pk__in=[pk for pk in unknown if pk]).values_list("pk", "title", "url")
            self.sources |= dict.fromkeys(unknown, Together(("", "")))
            self.sources |= {pk: Together((title, url)) for pk, title, url in told}

    def title(self, *titles: str | None) -> tuple[str, str]:
        """The title and its language: the page's, else the first in which there is one."""
        for place in self._spoken:
            if text := titles[place]:
                return text, LANGUAGES[place]
        return "", ""

    def _maker(self, country: int | None, organization: int | None, mechanism: int | None, name: str) -> Together:
        """The code of the country that made a commitment, if one did, and the name of who made it."""
        made_by = self.countries.get(country or 0)
        maker = maker_of(
            Commitment(
                maker_country=made_by,
                maker_organization=self.organizations.get(organization or 0),
                maker_mechanism=self.mechanisms.get(mechanism or 0),
                maker_name=name,
            )
        )
        return Together((made_by.iso3 if made_by else "", maker.text))

    def _work(self, mechanism: int, pillar: int | None, group: int | None) -> Together:
        """The mechanism, the pillar, the code and the name of the group."""
        return Together((self.mechanisms[mechanism].code, pillar, *(self.groups[group] if group else ("", ""))))

    def _kind(self, kind: str, horizon: str) -> Together:
        return Together(
            (kind, str(CommitmentKind(kind).label), horizon, str(Horizon(horizon).label) if horizon else "")
        )

    def _standing(self, life: str, status: str | None, last: str | None, why: str | None, rule: int | None) -> Together:
        """The life cycle, the kept status, why and by which rule; of a closed one where it stood at the end."""
        closed = LifeCycle(life).is_closed
        told, reason = (last if closed else status) or "", "" if closed else why or ""
        words = status_word(told) if told else "", reason_words(reason) if reason else ""
        return Together((life, told, words[0], reason, words[1], rule))


def _day(first: str | None, precision: str | None) -> Together:
    return Together((partial(date.fromisoformat(first) if first else None, precision or ""),))


def _word(text: str | None) -> Together:
    return Together((text,))


def _day_of(at: str | None) -> Together:
    """The site's day of a moment as a database tells it: SQLite keeps moments in UTC, and does not say so."""
    moment = datetime.fromisoformat(at) if at else None
    return Together((site_day(moment if moment.tzinfo else moment.replace(tzinfo=UTC)) if moment else None,))


def _marks(*marks: int) -> Together:
    return Together(map(bool, marks))


def in_order(commitments: QuerySet[Any]) -> list[int]:
    """The numbers of commitments in the order of their list. One query."""
    return list(commitments.values_list("pk", flat=True))


def batches(ids: list[int], size: int) -> Iterator[list[int]]:
    """So many of them at a time."""
    rest = iter(ids)
    while some := list(islice(rest, size)):
        yield some
