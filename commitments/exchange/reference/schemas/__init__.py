"""The format of every file of the record, one module per subject."""

from commitments.exchange.reference.schemas.description import FileKind, Section
from commitments.exchange.reference.schemas.figures import INDICATORS
from commitments.exchange.reference.schemas.governance import GOVERNANCE, MEETING_PROCESSES, MEETINGS
from commitments.exchange.reference.schemas.groups import TERMS, WORKING_GROUPS, WORKSTREAMS
from commitments.exchange.reference.schemas.later import FINANCE, GCM_OBJECTIVES, RECOMMENDATIONS
from commitments.exchange.reference.schemas.places import (
    COUNTRIES,
    FIGURE2_ROWS,
    MECHANISMS,
    MEMBERSHIPS,
    ORGANIZATIONS,
)
from commitments.exchange.reference.schemas.register import CODES, COMMITMENTS, LIFE_CYCLE_DATES

#: Every file that may lie in a directory, in the order in which they are loaded.
FILES: tuple[FileKind, ...] = (
    COUNTRIES,
    TERMS,
    ORGANIZATIONS,
    MECHANISMS,
    MEMBERSHIPS,
    FIGURE2_ROWS,
    WORKSTREAMS,
    WORKING_GROUPS,
    CODES,
    LIFE_CYCLE_DATES,
    COMMITMENTS,
    INDICATORS,
    MEETING_PROCESSES,
    MEETINGS,
    GOVERNANCE,
    FINANCE,
    RECOMMENDATIONS,
    GCM_OBJECTIVES,
)

#: Tables of the loader itself: the shipped ones hold for every directory.
TABLES: tuple[FileKind, ...] = (ORGANIZATIONS, CODES, LIFE_CYCLE_DATES, MEETING_PROCESSES)

__all__ = [
    "CODES",
    "COMMITMENTS",
    "COUNTRIES",
    "FIGURE2_ROWS",
    "FILES",
    "FINANCE",
    "GCM_OBJECTIVES",
    "GOVERNANCE",
    "INDICATORS",
    "LIFE_CYCLE_DATES",
    "MECHANISMS",
    "MEETINGS",
    "MEETING_PROCESSES",
    "MEMBERSHIPS",
    "ORGANIZATIONS",
    "RECOMMENDATIONS",
    "TABLES",
    "TERMS",
    "WORKING_GROUPS",
    "WORKSTREAMS",
    "FileKind",
    "Section",
]
