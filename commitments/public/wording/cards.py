"""A commitment as a list shows it: every word worked out here, so that a row costs the template little."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commitments.charts.sparkline import sparkline
from commitments.formats.addresses import address
from commitments.formats.dates import short_date, site_day
from commitments.formats.language import Text
from commitments.formats.partial import PartialDate
from commitments.indicators.curves import read_curve
from commitments.indicators.wording import status_word
from commitments.public.queries.places import DECLARATION
from commitments.public.wording.counts import computed, language, tag_of
from commitments.register.models import Commitment
from commitments.register.wording import maker_of


@dataclass(frozen=True, slots=True)
class Card:
    """What one row shows: the linked title, who made it, where it belongs, facts, marks, the tag, the sparkline."""

    url: str
    title: Text
    belongs: tuple[Text, ...]
    facts: tuple[str, ...]
    marks: tuple[str, ...]
    status: str
    shape: str
    word: str
    spark: SafeString


def card_of(commitment: Commitment, without: str = "") -> Card:
    """The row of a commitment. `without` is what the page says already: "maker", "group" or "mechanism"."""
    tag, stated = tag_of(commitment), getattr(commitment, "by_hand", None)
    facts = (commitment.code, tag.reason, tag.reached, *_dates(commitment))
    marks = [
        pgettext("invented record", "Example") if commitment.is_example else "",
        "" if commitment.is_verified else _("Not verified"),
        set_by_hand(stated) if stated else "",
    ]
    return Card(
        url=address("public:commitment", commitment.code),
        title=commitment.title_in(language()),
        belongs=tuple(_belongs(commitment, without)),
        facts=in_a_row(*facts),
        marks=tuple(filter(None, marks)),
        status=tag.key.replace("_", ""),
        shape=tag.shape,
        word=tag.word,
        spark=spark_of(commitment),
    )


def spark_of(commitment: Commitment) -> SafeString:
    """The shape of the figures that a commitment is judged by; nothing where there are no two to join."""
    kept = computed(commitment)
    curve = read_curve(kept.curve) if kept else None
    return sparkline(curve.values, curve.expected) if curve else SafeString()


def in_a_row(*facts: str) -> tuple[str, ...]:
    """The facts that there are, for one line with dots between them: a sentence among them has no full stop."""
    return tuple(fact.removesuffix(".") for fact in facts if fact)


def due_words(commitment: Commitment) -> str:
    """When it is due; empty where no date is stated."""
    return _("due %(date)s") % {"date": short_date(commitment.due, language())} if commitment.due else ""


def _dates(commitment: Commitment) -> list[str]:
    """When it is due, else when its deciding indicator is; and how new its figures are."""
    kept = computed(commitment)
    target = kept.target_day if kept else None
    said = []
    if commitment.due is not None:
        said.append(due_words(commitment))
    elif target is not None:
        said.append(_("target %(date)s") % {"date": short_date(target, language())})
    if kept is not None and kept.last_published_at is not None:
        said.append(_("updated %(date)s") % {"date": short_date(site_day(kept.last_published_at), language())})
    elif kept is not None:
        said.append(latest_figure(kept.figure_day))
    return said


def latest_figure(day: PartialDate | None) -> str:
    """What the latest figure of the record speaks of: a commitment of which none was sent here has no update."""
    return _("latest figure: %(date)s") % {"date": short_date(day, language())} if day is not None else ""


def set_by_hand(status: str) -> str:
    """That a person set the status, and which: beside the computed one, never instead of it."""
    return _("Set by hand: %(status)s") % {"status": status_word(status)}


def _belongs(commitment: Commitment, without: str) -> list[Text]:
    parts = [] if without == "maker" else [maker_of(commitment)]
    if commitment.group is not None and without != "group":
        parts.append(commitment.group.name_in(language()))
    own = commitment.mechanism.code == DECLARATION or commitment.maker_mechanism_id is not None
    if not own and without != "mechanism":
        parts.append(commitment.mechanism.name_in(language()))
    return parts
