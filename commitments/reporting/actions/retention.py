"""How long what is nobody's record is kept: drafts that a person left lying, tokens of forms long sent."""

from datetime import datetime, timedelta

from commitments.history import once
from commitments.reporting.models import Draft

#: A draft is private and nobody rests on it: what was not touched for so long is forgotten.
DRAFTS_KEPT = timedelta(days=90)
#: Nobody sends a form again that was sent so long ago; until then its token leads to what came of it.
TOKENS_KEPT = timedelta(days=30)


def forget(at: datetime) -> dict[str, int]:
    """Delete what has been kept long enough. What went, counted; the second time nothing does."""
    drafts, _models = Draft.objects.filter(saved_at__lt=at - DRAFTS_KEPT).delete()
    return {"drafts": drafts, "tokens": once.forget(before=at - TOKENS_KEPT)}
