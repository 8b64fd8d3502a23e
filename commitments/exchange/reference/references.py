"""Whether what the files point to exists: in the same files, or among the records already loaded."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from babel.core import Locale, get_global

from commitments.exchange.reference.files import Contents, countries_of_the_record
from commitments.exchange.reference.problems import Problem, Spot
from commitments.exchange.reference.schemas import (
    COMMITMENTS,
    COUNTRIES,
    FIGURE2_ROWS,
    FINANCE,
    GOVERNANCE,
    INDICATORS,
    MECHANISMS,
    MEETINGS,
    MEMBERSHIPS,
    ORGANIZATIONS,
    RECOMMENDATIONS,
    TERMS,
    WORKING_GROUPS,
    WORKSTREAMS,
    FileKind,
)
from commitments.exchange.reference.schemas.governance import OTHER_PROCESS
from commitments.mechanisms.models import Country, Mechanism, OrganizationKind
from commitments.register.models import Commitment
from commitments.working_groups.models import Pillar, WorkingGroup

#: The mechanism whose pillars and workstreams the files number.
DECLARATION = "LAD"


def is_outside_record(iso3: str) -> bool:
    """Whether the code is that of a real country which the record of 38 countries and territories does not hold.

    Such a country may host a meeting or make a commitment: it is kept by the name that the file gives it.
    """
    return iso3 not in countries_of_the_record() and _is_real(iso3)


def _is_real(iso3: str) -> bool:
    aliases = get_global("territory_aliases").get(iso3, [""])
    return aliases[0] in Locale("en").territories and aliases[0] not in {"ZZ", "QO"}


@dataclass(frozen=True, slots=True)
class Known:
    """What may be pointed to."""

    countries: frozenset[str]
    mechanisms: frozenset[str]
    pillars: frozenset[int]
    workstreams: frozenset[int]
    kinds: frozenset[str]
    commitments: frozenset[str]

    @classmethod
    def of(cls, contents: Contents) -> "Known":
        """Everything in these files and in the database."""
        own = Pillar.objects.filter(mechanism__code=DECLARATION)
        groups = WorkingGroup.objects.filter(mechanism__code=DECLARATION, number__isnull=False)
        return cls(
            countries=_all(contents.of(COUNTRIES, "countries"), "iso3", Country.objects.values_list("iso3", flat=True)),
            mechanisms=_all(
                contents.of(MECHANISMS, "mechanisms"), "code", Mechanism.objects.values_list("code", flat=True)
            ),
            pillars=_all(contents.of(WORKSTREAMS, "pillars"), "number", own.values_list("number", flat=True)),
            workstreams=_all(
                contents.of(WORKSTREAMS, "workstreams"), "number", groups.values_list("number", flat=True)
            ),
            kinds=_all(
                contents.of(TERMS, "stakeholders"), "code", OrganizationKind.objects.values_list("code", flat=True)
            ),
            commitments=_all(
                contents.of(COMMITMENTS),
                "id",
                Commitment.objects.exclude(reference_id=None).values_list("reference_id", flat=True),
            ),
        )


def _all(rows: Iterable[Any], name: str, stored: Iterable[Any]) -> frozenset[Any]:
    return frozenset(row[name] for row in rows) | frozenset(stored)


def broken_references(contents: Contents, known: Known) -> list[Problem]:
    """Everything that points to nothing. What waits for its room is noted in `contents.remarks` instead."""
    problems: list[Problem] = []
    _places(contents, known, problems)
    _groups(contents, known, problems)
    _register(contents, known, problems)
    _waiting(contents, known)
    return problems


class _Checker:
    """The spots of one file, and how a broken reference is noted."""

    def __init__(self, kind: FileKind, problems: list[Problem]) -> None:
        self.file = Spot(kind.name, problems)

    def at(self, record: Any, field: str, value: Any, known: frozenset[Any], what: str) -> None:
        """Note a value that is none of those known."""
        if value is not None and value not in known:
            self.file.of(str(record)).within(field).refuse(f'there is no {what} "{value}"')

    def each(self, record: Any, field: str, values: Iterable[Any], known: frozenset[Any], what: str) -> None:
        """The same for a list of values."""
        for number, value in enumerate(values):
            if value not in known:
                self.file.of(str(record)).within(field).within(number).refuse(f'there is no {what} "{value}"')


def _places(contents: Contents, known: Known, problems: list[Problem]) -> None:
    file = _Checker(COUNTRIES, problems)
    seen: set[str] = set()
    for row in contents.of(COUNTRIES, "countries"):
        if row["iso2"] in seen:
            file.file.of(row["iso3"]).within("iso2").refuse(f'"{row["iso2"]}" belongs to another country already')
        seen.add(row["iso2"])
    file = _Checker(ORGANIZATIONS, problems)
    for row in contents.of(ORGANIZATIONS):
        file.at(row["code"], "kind", row["kind"] or None, known.kinds, "kind of organization")
    file = _Checker(MECHANISMS, problems)
    for row in contents.of(MECHANISMS, "mechanisms"):
        holder = row["presidency"].get("holder_at_time_of_paper")
        file.at(row["code"], "presidency.holder_at_time_of_paper", holder, known.countries, "country")
    file = _Checker(MEMBERSHIPS, problems)
    for row in contents.of(MEMBERSHIPS):
        name = f"{row['mechanism']} {row['iso3']}"
        file.at(name, "mechanism", row["mechanism"], known.mechanisms, "mechanism")
        file.at(name, "iso3", row["iso3"], known.countries, "country")
        _dates_of_tables(row, file.file.of(name))


def _dates_of_tables(row: dict[str, str], spot: Spot) -> None:
    if bool(row["since"]) != bool(row["since_precision"]):
        spot.within("since_precision").refuse("and the date go together")


def _groups(contents: Contents, known: Known, problems: list[Problem]) -> None:
    file = _Checker(WORKSTREAMS, problems)
    for row in contents.of(WORKSTREAMS, "workstreams"):
        file.at(row["number"], "pillar", row["pillar"], known.pillars, "pillar")
        for field in ("leads", "co_leads", "participants"):
            file.each(row["number"], field, row[field], known.countries, "country")
    for row in contents.of(WORKSTREAMS, "pillars"):
        file.each(row["number"], "workstreams", row["workstreams"], known.workstreams, "workstream")
    file = _Checker(WORKING_GROUPS, problems)
    for row in contents.of(WORKING_GROUPS, "working_groups"):
        file.at(row["id"], "mechanism", row["mechanism"], known.mechanisms, "mechanism")
        file.at(row["id"], "pillar", row["pillar"], known.pillars, "pillar")
        file.each(row["id"], "workstreams", row["workstreams"], known.workstreams, "workstream")
        file.each(row["id"], "leads", row["leads"], known.countries, "country")
    file = _Checker(TERMS, problems)
    for row in contents.of(TERMS, "themes"):
        file.each(row["code"], "workstreams", row["workstreams"], known.workstreams, "workstream")
    for section in ("concepts", "vulnerable_groups", "population_groups"):
        for row in contents.of(TERMS, section):
            file.at(row["code"], "pillar", row.get("pillar"), known.pillars, "pillar")
            file.at(row["code"], "mechanism", row.get("mechanism"), known.mechanisms, "mechanism")


def _register(contents: Contents, known: Known, problems: list[Problem]) -> None:
    file = _Checker(COMMITMENTS, problems)
    for row in contents.of(COMMITMENTS):
        file.at(row["id"], "mechanism", row["mechanism"], known.mechanisms, "mechanism")
        file.at(row["id"], "pillar", row["pillar"], known.pillars, "pillar")
        file.at(row["id"], "workstream", row["workstream"], known.workstreams, "workstream")
        _actor(file, row["id"], "declaring_actor", row["declaring_actor"], known)
        for number, actor in enumerate(row["other_actors"]):
            _actor(file, row["id"], f"other_actors[{number}]", actor, known)
        file.each(row["id"], "related", row["related"], known.commitments, "commitment")
        file.at(row["id"], "part_of", row.get("part_of"), known.commitments, "commitment")
    file = _Checker(INDICATORS, problems)
    for row in contents.of(INDICATORS):
        file.at(row["id"], "commitment", row["commitment"], known.commitments, "commitment")
    file = _Checker(MEETINGS, problems)
    for row in contents.of(MEETINGS):
        file.at(row["id"], "mechanism", row["mechanism"], known.mechanisms | {OTHER_PROCESS}, "mechanism")
        if row["country"] is not None and not is_outside_record(row["country"]):
            file.at(row["id"], "country", row["country"], known.countries, "country")
    file = _Checker(GOVERNANCE, problems)
    for row in contents.of(GOVERNANCE, "presidencies"):
        name = f"{row['mechanism']} {row['country']} {row['start']}"
        file.at(name, "mechanism", row["mechanism"], known.mechanisms, "mechanism")
        file.at(name, "country", row["country"], known.countries, "country")


def _actor(file: _Checker, record: str, field: str, actor: dict[str, Any], known: Known) -> None:
    if actor["type"] == "country" and not is_outside_record(actor["iso3"]):
        file.at(record, f"{field}.iso3", actor["iso3"], known.countries, "country")
    if actor["type"] == "group":
        file.at(record, f"{field}.code", actor.get("code"), known.mechanisms, "mechanism")


def _waiting(contents: Contents, known: Known) -> None:
    noted = [(remark.file, remark.record) for remark in contents.remarks]
    file = _Checker(FINANCE, contents.remarks)
    rows = [row for row in contents.of(FINANCE) if isinstance(row, dict) and (FINANCE.name, row.get("id")) not in noted]
    ids = frozenset(row["id"] for row in rows)
    for row in rows:
        file.at(row["id"], "commitment", row["commitment"], known.commitments, "commitment")
        file.at(row["id"], "part_of", row["part_of"], ids, "record in this file")
        if row["actor"]["iso3"] is not None and not is_outside_record(row["actor"]["iso3"]):
            file.at(row["id"], "actor.iso3", row["actor"]["iso3"], known.countries, "country")
    if contents.remarks and any(remark.file != FINANCE.name for remark in contents.remarks):
        return  # the other lists that wait are compared only where their own form is sound
    file = _Checker(RECOMMENDATIONS, contents.remarks)
    letters = frozenset(row["letter"] for row in contents.of(RECOMMENDATIONS, "challenges"))
    ids = frozenset(row["id"] for row in contents.of(RECOMMENDATIONS, "recommendations"))
    for row in contents.of(RECOMMENDATIONS, "recommendations"):
        for item in row["items"]:
            file.each(item["id"], "answers_challenges", item["answers_challenges"], letters, "challenge")
    for row in contents.of(RECOMMENDATIONS, "challenges"):
        file.each(row["id"], "recommendations", row["recommendations"], ids, "recommendation")
    file = _Checker(FIGURE2_ROWS, contents.remarks)
    for row in contents.of(FIGURE2_ROWS):
        file.at(row["iso3"], "iso3", row["iso3"], known.countries, "country")
        file.each(row["iso3"], "columns_inferred", row["columns_inferred"].split(), known.mechanisms, "mechanism")
    file = _Checker(GOVERNANCE, contents.remarks)
    for row in contents.of(GOVERNANCE, "action_package_committees"):
        file.at(row["number"], "number", row["number"], known.workstreams, "workstream")
        file.each(row["number"], "lead", row["lead"], known.countries, "country")
        file.each(row["number"], "participants", row["participants"], known.countries, "country")
