"""Words of a commitment: who made it, where it stands in its life, what sources say of it."""

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from commitments.formats.dates import long_date
from commitments.formats.language import Text, filled, language_of, written_in
from commitments.mechanisms.models import Country, Mechanism, Organization
from commitments.register.enums import LifeCycle, ReportedValue
from commitments.register.models import Commitment, Party, ReportedStatus
from commitments.sources.models import Source


def language() -> str:
    """The language of the page."""
    return language_of(get_language())


def actor_name(
    country: Country | None, organization: Organization | None, mechanism: Mechanism | None, name: str
) -> Text:
    """The name of a maker or party: in the language of the page where the record has it, else as it gives it."""
    lang = language()
    if country is not None:
        return country.name_in(lang)
    if organization is not None:
        return organization.name_in(lang)
    if mechanism is not None:
        return mechanism.name_in(lang)
    return written_in(name, "en", lang)


def maker_of(commitment: Commitment) -> Text:
    """Who made the commitment. Needs the maker's row loaded."""
    if commitment.maker_mechanism is not None:
        if commitment.maker_mechanism.code == "LAD":
            return Text(
                pgettext("maker of a commitment", "The endorsing countries together"), language(), foreign=False
            )
        together = pgettext("maker of a commitment", "Members together: %(mechanism)s")
        name = commitment.maker_mechanism.name_in(language())
        return Text(together % {"mechanism": name.text}, language(), foreign=False)
    return actor_name(commitment.maker_country, commitment.maker_organization, None, commitment.maker_name)


def party_name(party: Party) -> Text:
    """The name of another party. Needs its row loaded."""
    return actor_name(party.country, party.organization, None, party.name)


def life_word(life_cycle: str) -> str:
    """The word for a commitment that is no longer active; empty for one that is."""
    life = LifeCycle(life_cycle)
    return str(life.label) if life.is_closed else ""


def ended_words(commitment: Commitment) -> str:
    """The word for a commitment that is no longer active, with its day where that is on record."""
    word, day = life_word(commitment.life_cycle), commitment.life_cycle_date
    if not word or day is None:
        return word
    return pgettext("end of a commitment", "%(word)s %(day)s") % {"word": word, "day": long_date(day, language())}


def cited(source: Source) -> Text:
    """A document inside a sentence: by who publishes it, else by its title, in the language it is in."""
    return written_in(source.publisher or source.title, source.language, language())


def life_sentence(commitment: Commitment) -> str:
    """Since when, or according to whom, a commitment is closed. A date only where the record states one."""
    life = LifeCycle(commitment.life_cycle)
    if not life.is_closed:
        return ""
    day, as_of, source = commitment.life_cycle_date, commitment.life_cycle_as_of_date, commitment.life_cycle_source
    parts: dict[str, str | Text] = {
        "word": str(life.label),
        "date": long_date(known, language()) if (known := day or as_of) else "",
        "source": cited(source) if source else "",
    }
    if day is not None:
        return filled(_("%(word)s: %(date)s."), parts)
    if source is not None and as_of is not None:
        return filled(_("%(word)s, according to %(source)s, as of %(date)s."), parts)
    if source is not None:
        return filled(_("%(word)s, according to %(source)s; the date is not stated."), parts)
    return filled(_("%(word)s; the date is not stated."), parts)


def reported_sentence(status: ReportedStatus) -> str:
    """What a source says of a commitment: "According to The White House (archived), completed (May 2024)"."""
    parts: dict[str, str | Text] = {
        "source": cited(status.source) if status.source else pgettext("source", "a source that is not named"),
        "value": str(ReportedValue(status.value).label),
        "date": long_date(status.as_of_date, language()) if status.as_of_date else "",
    }
    if not parts["date"]:
        return filled(_("According to %(source)s, %(value)s (date not stated)"), parts)
    return filled(_("According to %(source)s, %(value)s (%(date)s)"), parts)
