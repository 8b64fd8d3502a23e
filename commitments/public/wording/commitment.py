"""Where one commitment stands, in words made from the reading of the day."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.indicators.queries import CommitmentReading
from commitments.indicators.wording import explain, reason_words, status_word
from commitments.public.wording.counts import StatusTag, closed_reason, number
from commitments.register.models import Commitment
from commitments.register.wording import life_word


def tag_of(commitment: Commitment, reading: CommitmentReading) -> StatusTag:
    """The tag of a commitment as worked out today: for a closed one its life, and where it stood before."""
    result = reading.result
    word = life_word(commitment.life_cycle)
    if word:
        return StatusTag(
            commitment.life_cycle, word, closed_reason(result.last_status.value if result.last_status else "")
        )
    return StatusTag(result.status.value, status_word(result.status.value), reason_words(result.reason))


def stands(commitment: Commitment, reading: CommitmentReading) -> str:
    """Where it stands and what that rests on: the sentence of the only key indicator, or how many were assessed."""
    result, keys = reading.result, reading.key_indicators
    if len(keys) == 1 and not reading.milestones:
        return explain(keys[0])
    if not result.key_count:
        return reason_words(result.reason) if not life_word(commitment.life_cycle) else _("No indicator with a target.")
    assessed = ngettext(
        "Assessed on %(assessed)s of %(count)s key indicator or milestone.",
        "Assessed on %(assessed)s of %(count)s key indicators and milestones.",
        result.key_count,
    ) % {"assessed": number(result.assessed), "count": number(result.key_count)}
    return f"{reason_words(result.reason)} {assessed}"
