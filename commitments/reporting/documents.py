"""Who may have which uploaded file: its author, the secretariat, those who answer for what it belongs to; the public
when that is published.
"""

from typing import Any

from django.db.models import Q, QuerySet

from commitments.history.enums import ReportState
from commitments.indicators.models import Evidence, Measurement
from commitments.register.enums import UNSEEN
from commitments.register.models import Commitment
from commitments.reporting.models import ReportDocument
from commitments.roles.standing import standing_of
from commitments.sources.models import StoredFile

#: How much of the hash an address holds: enough that no two files ever meet.
KEY = 16
PUBLIC_REPORTS = (ReportState.PUBLISHED, ReportState.CORRECTED)


def files_visible_to(user: Any) -> QuerySet[StoredFile]:
    """The files that somebody who is signed in may have."""
    standing = standing_of(user)
    rows: QuerySet[StoredFile] = StoredFile.objects.all()
    if standing.is_staff:
        return rows
    countries, groups = standing.countries, standing.groups
    own = Commitment.objects.filter(
        Q(pk__in=Commitment.objects.answered_by(countries).values("pk")) | Q(group__in=groups)
    )
    of_figure = Q(measurement__series__indicator__commitment__in=own.values("pk"))
    evidence = Evidence.objects.filter(of_figure | Q(commitment__in=own.values("pk")))
    documents = ReportDocument.objects.filter(Q(report__country__in=countries) | Q(report__group__in=groups))
    return rows.filter(Q(uploaded_by_id=user.pk) | _of(evidence) | _of(documents))


def published_files() -> QuerySet[StoredFile]:
    """The files that belong to something published."""
    rows: QuerySet[StoredFile] = StoredFile.objects.all()
    documents = ReportDocument.objects.filter(report__state__in=PUBLIC_REPORTS, withdrawn_at=None)
    return rows.filter(_of(published_evidence()) | _of(documents))


def published_evidence() -> QuerySet[Evidence]:
    """Evidence of published figures and commitments, without what was withdrawn."""
    indicator = "measurement__series__indicator"
    of_figure = Q(measurement__state__in=PUBLIC_REPORTS, **{f"{indicator}__state": ReportState.PUBLISHED}) & (
        Q(**{f"{indicator}__commitment__isnull": True}) | ~Q(**{f"{indicator}__commitment__life_cycle__in": UNSEEN})
    )
    of_commitment = Q(measurement__isnull=True) & ~Q(commitment__life_cycle__in=UNSEEN)
    rows: QuerySet[Evidence] = Evidence.objects.filter(of_figure | of_commitment, withdrawn_at=None)
    return rows


def evidence_of_figure(measurement: Measurement) -> list[Evidence]:
    """What was added to one figure, oldest first. One query."""
    return list(Evidence.objects.filter(measurement=measurement).select_related("file", "source").order_by("id"))


def _of(rows: QuerySet[Any]) -> Q:
    return Q(pk__in=rows.filter(file__isnull=False).values("file"))
