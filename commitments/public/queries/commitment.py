"""One commitment with everything that its page shows."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet

from commitments.formats.lazily import lazily
from commitments.history.languages import behind
from commitments.history.together import together
from commitments.indicators.models import Evidence, Milestone, StatusByHand
from commitments.indicators.queries import CommitmentReading, commitment_reading
from commitments.meetings.enums import MeetingState
from commitments.meetings.models import Meeting
from commitments.public.queries.cards import SHOWN_WITH
from commitments.register.enums import UNSEEN, LinkKind
from commitments.register.models import Commitment, CommitmentLink, CommitmentSource, Party, Quotation, ReportedStatus
from commitments.reporting.models import ReportPart
from commitments.reporting.punctuality import ReportSquare, reports_told, squares


@dataclass(frozen=True, slots=True)
class CommitmentPage:
    """A published commitment, what it rests on, what sources say of it, and what it belongs to.

    Documents that show one figure stand with that figure, once it is published.
    """

    commitment: Commitment
    reading: CommitmentReading
    sources: list[CommitmentSource]
    parties: list[Party]
    reported: list[ReportedStatus]
    quotation: Quotation | None
    by_hand: StatusByHand | None
    evidence: list[Evidence]
    part_of: list[Commitment]
    parts: list[Commitment]
    related: list[Commitment]
    #: Those that it took the place of.
    supersedes: list[Commitment]
    around: "Around"


@dataclass(frozen=True, slots=True)
class Around:
    """What else happens by days: the reports in which a commitment is answered for, and the meetings of its group."""

    reports: list[ReportSquare]
    meetings: list[Meeting]


def published(language: str) -> QuerySet[Commitment]:
    """Published commitments with the rows that their page names, and which rows beside them there are."""
    rows: QuerySet[Commitment] = Commitment.objects.public().annotate(
        set_by_hand=FilteredRelation("statuses_by_hand", condition=Q(statuses_by_hand__lapsed_on__isnull=True)),
        is_behind=behind(Commitment, language),
        has_milestones=Exists(Milestone.objects.filter(commitment=OuterRef("pk")).order_by()),
        **{f"has_{name}": Exists(some.order_by()) for name, some in _beside(OuterRef("pk")).items()},
    )
    rows = rows.select_related("set_by_hand__source")  # type: ignore[misc]  # joined above
    return rows.select_related(
        *SHOWN_WITH,
        *("pillar", "life_cycle_source", "superseded_by", "aligned_workstream", "quotation__source"),
    )


def _beside(of: Any) -> dict[str, QuerySet[Any]]:
    """What may stand beside a commitment. Most have little of it: what there is not is not asked for."""
    links = CommitmentLink.objects.filter(Q(commitment=of) | Q(other=of))
    public = links.exclude(other__life_cycle__in=UNSEEN).exclude(commitment__life_cycle__in=UNSEEN)
    return {
        "links": public.select_related("other", "commitment"),
        "parties": Party.objects.filter(commitment=of).select_related("country", "organization"),
        "supersedes": Commitment.objects.public().filter(superseded_by=of),
        "evidence": Evidence.objects.filter(commitment=of, measurement=None).select_related("source", "file"),
    }


def _around(commitment: Commitment, late_on: date) -> dict[str, QuerySet[Any]]:
    """The reports of opened cycles that cover a commitment, and the meetings of its group since it was made."""
    covering = ReportPart.objects.filter(commitment=commitment).values("report")
    parts: dict[str, QuerySet[Any]] = {"reports": reports_told(on=late_on, pk__in=covering)}
    if commitment.group_id is not None:
        meetings = Meeting.objects.filter(group=commitment.group_id, is_example=False, is_demonstration=False)
        since = meetings.filter(start__gte=commitment.made.first_day)
        parts["meetings"] = since.exclude(state=MeetingState.CANCELLED).order_by()
    return parts


def around(commitment: Commitment, *, late_on: date) -> Around:
    """The reports and the meetings around a published commitment. One query."""
    return _in_words(together(**_around(commitment, late_on)), late_on)


def _in_words(read: Mapping[str, list[Any]], late_on: date) -> Around:
    return Around(squares(read["reports"], on=late_on), read.get("meetings", []))


def _told_by(commitment: Commitment) -> tuple[list[CommitmentSource], list[ReportedStatus]]:
    """What a commitment rests on, and what sources say of it. One query: a few of each, joined with each other."""
    rows: Any = Commitment.objects.filter(pk=commitment.pk).only("pk")
    rows = rows.annotate(a_link=FilteredRelation("source_links"), a_word=FilteredRelation("reported_statuses"))
    links: set[CommitmentSource] = set()
    words: set[ReportedStatus] = set()
    for row in rows.select_related("a_link__source", "a_word__source").order_by():
        # Where the joined row is empty, Django sets nothing.
        links |= {row.a_link} if hasattr(row, "a_link") else set()
        words |= {row.a_word} if hasattr(row, "a_word") else set()
    by_date = sorted(words, key=lambda word: word.pk)
    by_date.sort(key=lambda word: word.as_of or date.min, reverse=True)
    return sorted(links, key=lambda link: (link.position, link.pk)), by_date


def commitment_page(commitment: Commitment, *, on: date, late_on: date) -> CommitmentPage:
    """Read everything beside a commitment of `published`: what there is beside it in one query."""
    sources, reported = _told_by(commitment)
    beside = {name: some for name, some in _beside(commitment).items() if getattr(commitment, f"has_{name}")}
    rows = defaultdict(list, together(**beside, **_around(commitment, late_on)))
    links = sorted((row for row in rows["links"] if row.commitment_id == commitment.pk), key=lambda row: row.other.code)
    linked = sorted(
        (row for row in rows["links"] if row.other_id == commitment.pk), key=lambda row: row.commitment.code
    )
    related = {link.other.pk: link.other for link in links if link.kind == LinkKind.RELATED}
    related |= {link.commitment.pk: link.commitment for link in linked if link.kind == LinkKind.RELATED}
    return CommitmentPage(
        commitment=commitment,
        reading=lazily(lambda: commitment_reading(commitment, on=on)),
        sources=sources,
        parties=sorted(rows["parties"], key=lambda row: (row.position, row.pk)),
        reported=reported,
        quotation=getattr(commitment, "quotation", None),
        evidence=sorted(rows["evidence"], key=lambda row: row.pk),
        by_hand=getattr(commitment, "set_by_hand", None),
        part_of=[link.other for link in links if link.kind == LinkKind.PART_OF],
        parts=[link.commitment for link in linked if link.kind == LinkKind.PART_OF],
        related=sorted(related.values(), key=lambda other: other.code),
        supersedes=sorted(rows["supersedes"], key=lambda other: other.code),
        around=_in_words(rows, late_on),
    )
