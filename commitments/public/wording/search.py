"""What was found, in words: each result with its kind and what marks it out, the words looked for marked."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from commitments.formats.addresses import address
from commitments.formats.language import LANGUAGES, Text
from commitments.formats.quotes import quoted
from commitments.glossary.models import Term
from commitments.indicators.models import Indicator
from commitments.indicators.wording import status_word
from commitments.meetings.models import Meeting
from commitments.meetings.wording import days_of, place_of
from commitments.public.queries.places import DECLARATION
from commitments.public.queries.search import Result, Results
from commitments.public.wording.cards import card_of, due_words
from commitments.public.wording.counts import StatusTag, language, number, tag_of
from commitments.register.models import Commitment
from commitments.register.wording import maker_of
from commitments.search.folding import Wanted, words_of
from commitments.search.marking import excerpt, with_marks
from commitments.search.models import Kind
from commitments.working_groups.models import WorkingGroup


@dataclass(frozen=True, slots=True)
class Found:
    """What one kind of record shows as a result, before anything is marked."""

    url: str
    title: Text
    belongs: tuple[Text, ...] = ()
    facts: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    tag: StatusTag | None = None
    #: The columns of further texts, of which the part with the words is shown.
    texts: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One result as the page shows it."""

    kind: str
    url: str
    title: SafeString
    #: The language that the title is in, where that is not the page's.
    title_language: str
    belongs: tuple[SafeString, ...]
    facts: tuple[SafeString, ...]
    marks: tuple[str, ...]
    tag: StatusTag | None
    excerpt: Text | None
    excerpt_marked: SafeString


@dataclass(frozen=True, slots=True)
class KindChoice:
    """One kind of results, how many there are, and where they alone stand."""

    label: str
    number: int | None
    url: str
    current: bool


def counted(results: Results, typed: str) -> str:
    """How many results there are: "12 results for “asylum”"; of very many, more than so many."""
    words, found = quoted(typed, language()), len(results)
    if results.is_cut:
        return _("More than %(number)s results for %(words)s") % {"number": number(found), "words": words}
    said = ngettext("%(number)s result for %(words)s", "%(number)s results for %(words)s", found)
    return said % {"number": number(found), "words": words}


def kind_choices(results: Results, address: Callable[..., str]) -> list[KindChoice]:
    """All results, and those of each kind there is, as links; of every kind where nobody counted them."""
    numbers = results.numbers
    every = None if numbers is None else sum(numbers.values())
    choices = [KindChoice(pgettext("all kinds of results", "All"), every, address(kind=""), not results.kind)]
    for kind in Kind if numbers is None else map(Kind, numbers):
        found = None if numbers is None else numbers[kind.value]
        choices.append(KindChoice(str(_several(kind)), found, address(kind=kind.value), results.kind == kind))
    return choices


def _several(kind: Kind) -> str:
    return {
        Kind.COUNTRY: _("Countries"),
        Kind.COMMITMENT: _("Commitments"),
        Kind.INDICATOR: _("Indicators"),
        Kind.GROUP: _("Workstreams and working groups"),
        Kind.MECHANISM: _("Mechanisms"),
        Kind.MEETING: _("Meetings"),
        Kind.TERM: _("Glossary"),
    }[kind]


def lines(results: Iterable[Result], wanted: Wanted) -> list[Line]:
    """The results of a page."""
    return [_line(_SHOWN[result.kind](result.record), result, wanted) for result in results]


def _line(found: Found, result: Result, wanted: Wanted) -> Line:
    text = _said(found, result.record, wanted)
    return Line(
        kind=found.kind or str(result.kind.label),
        url=found.url,
        title=_marked(found.title, wanted),
        title_language=found.title.language if found.title.foreign else "",
        belongs=tuple(_marked(part, wanted) for part in found.belongs),
        facts=tuple(with_marks(fact, wanted) for fact in found.facts),
        marks=found.marks,
        tag=StatusTag(result.status.value, status_word(result.status.value)) if result.status else found.tag,
        excerpt=text,
        excerpt_marked=_marked(text, wanted) if text else SafeString(""),
    )


def _marked(text: Text, wanted: Wanted) -> SafeString:
    shown = with_marks(text.text, wanted)
    return format_html('<span lang="{}">{}</span>', text.html_lang, shown) if text.foreign else shown


def _said(found: Found, record: Any, wanted: Wanted) -> Text | None:
    """The part of the record's texts with the words that its title and facts do not show. None where they show all.

    The texts of the page's language come first, then the title and the texts of the other languages.
    """
    shown = words_of(" ".join([found.title.text, *(part.text for part in found.belongs), *found.facts]))
    missing = tuple(one for one in wanted.words if not any(word.startswith(one) for word in shown))
    if missing:
        rest = replace(wanted, words=missing)
        for text in _texts(found, record):
            part = excerpt(text.text, rest)
            if part:
                return replace(text, text=part)
    return None


def _texts(found: Found, record: Any) -> Iterator[Text]:
    """The texts of a record, those in the language of the page first."""
    here = language()
    for spoken in sorted(LANGUAGES, key=lambda other: other != here):
        for name in found.texts:
            text = getattr(record, f"{name}_{spoken}", "") or ""
            if text:
                yield Text(text, spoken, foreign=spoken != here)
    for name in found.texts:
        text = getattr(record, name, "") or ""
        if not hasattr(record, f"{name}_en") and isinstance(text, str) and text:
            yield Text(text, "en", foreign=here != "en")


def _commitment(commitment: Commitment) -> Found:
    card, tag = card_of(commitment), tag_of(commitment)
    facts = tuple(filter(None, (commitment.code, due_words(commitment))))
    return Found(card.url, card.title, card.belongs, facts, card.marks, tag, ("summary", "title"))


def _indicator(indicator: Indicator) -> Found:
    url = address("public:indicator", indicator.code)
    commitment = indicator.commitment
    belongs = (maker_of(commitment),) if commitment is not None else ()
    title, texts = indicator.title_in(language()), ("definition", "title", "unit")
    return Found(url, title, belongs, (indicator.code,), _unsure(indicator), texts=texts)


def _unsure(record: Any) -> tuple[str, ...]:
    marks = [
        pgettext("invented record", "Example") if record.is_example else "",
        "" if record.is_verified else _("Not verified"),
    ]
    return tuple(filter(None, marks))


def _country(country: Any) -> Found:
    url = address("public:country", country.iso3)
    return Found(url, country.name_in(language()), facts=(country.iso3,), texts=("name",))


def _group(group: WorkingGroup) -> Found:
    own = group.mechanism.code == DECLARATION
    belongs = (group.pillar.name_in(language()),) if own and group.pillar else (group.mechanism.name_in(language()),)
    kind = pgettext("kind of a search result", "Workstream") if own else pgettext("kind of a search result", "Group")
    url = address("public:working-group", group.slug)
    return Found(url, group.name_in(language()), belongs, texts=("purpose", "outcomes", "name", "focus"), kind=kind)


def _mechanism(mechanism: Any) -> Found:
    url = address("public:mechanism", mechanism.slug)
    return Found(url, mechanism.name_in(language()), facts=(mechanism.code,), texts=("name", "focus", "objective"))


def _meeting(meeting: Meeting) -> Found:
    url = address("public:meeting", meeting.slug)
    facts = tuple(filter(None, (days_of(meeting), place_of(meeting))))
    belongs = (meeting.mechanism.name_in(language()),) if meeting.mechanism else ()
    return Found(url, meeting.title_in(language()), belongs, facts, _unsure(meeting), texts=("title", "outcome"))


def _term(term: Term) -> Found:
    url = address("public:term", term.slug)
    facts = (term.get_agreement_display(),) if term.agreement else (term.get_kind_display(),)
    return Found(url, term.name_in(language()), facts=facts, texts=("sentence", "definition", "name"))


_SHOWN: dict[Kind, Callable[[Any], Found]] = {
    Kind.COUNTRY: _country,
    Kind.COMMITMENT: _commitment,
    Kind.INDICATOR: _indicator,
    Kind.GROUP: _group,
    Kind.MECHANISM: _mechanism,
    Kind.MEETING: _meeting,
    Kind.TERM: _term,
}
