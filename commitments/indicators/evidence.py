"""Evidence added to a figure or a commitment, and taken away again."""

from datetime import datetime

from django.db import transaction

from commitments.history import actions as history
from commitments.history.enums import ReportState
from commitments.indicators.actions import StepRefusedError
from commitments.indicators.models import Evidence, Measurement
from commitments.register.models import Commitment
from commitments.roles.actor import Actor
from commitments.sources.models import Source, StoredFile


def add_to_figure(*, measurement: Measurement, file: StoredFile, by: Actor, at: datetime) -> Evidence:
    """A document that shows a figure; the same file again is the evidence that is there."""
    known = Evidence.objects.filter(measurement=measurement, file=file).first()
    if known is not None:
        return known
    return history.create(Evidence(measurement=measurement, file=file, title=file.name), by=by, at=at)


def add_to_commitment(
    *,
    commitment: Commitment,
    title: str,
    by: Actor,
    at: datetime,
    file: StoredFile | None = None,
    source: Source | None = None,
) -> Evidence:
    """A document that shows the result of a commitment: a file that was uploaded, or a link. `source` may be new."""
    with transaction.atomic():
        if source is not None and source.pk is None:
            history.create(source, by=by, at=at)
        row = Evidence(commitment=commitment, file=file, source=source, title=title)
        return history.create(row, by=by, at=at)


def take_away(*, evidence: Evidence, why: str, by: Actor, at: datetime) -> None:
    """Evidence that shows something else after all. The file stays kept: history names it.

    StepRefusedError for what everybody can read or could: that is withdrawn, with a reason that stands in its place.
    """
    with transaction.atomic():
        commitment = evidence.commitment
        is_public = commitment is not None and history.locked(commitment).is_public
        state = evidence.measurement.state if evidence.measurement is not None else None
        shown = state in {ReportState.PUBLISHED, ReportState.CORRECTED}
        if is_public or shown or evidence.withdrawn_at is not None:
            raise StepRefusedError("public evidence is withdrawn with a reason")
        history.remove(evidence, by=by, at=at, why=why)
