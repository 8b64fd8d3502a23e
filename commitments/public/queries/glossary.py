"""The words of the glossary on the public pages: all of them by their first letter, and one in all languages."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from commitments.formats.collation import first_letter, sort_key
from commitments.formats.language import LANGUAGES, Text, translated, written_in
from commitments.glossary.enums import Agreement
from commitments.glossary.models import Term
from commitments.history.languages import behind


@dataclass(frozen=True, slots=True)
class TermLine:
    """A word in the list, with the sentence that explains it."""

    term: Term
    name: Text
    sentence: Text


@dataclass(frozen=True, slots=True)
class Letter:
    """The words that begin with one letter of the reader's alphabet."""

    letter: str
    lines: list[TermLine]


@dataclass(frozen=True, slots=True)
class TermPage:
    """One word with everything that its page shows: its wordings are texts (the word, the sentence) by language."""

    line: TermLine
    definition: Text
    wordings: list[tuple[Text, Text]]

    @property
    def searches(self) -> list[Text]:
        """What to look for in the register: the word of the page, and the English one, as most sources say it.

        The aims of a pillar are no words of a title: their commitments are those of the pillar.
        """
        if self.line.term.pillar_id:
            return []
        here, english = self.line.name, self.wordings[0][0]
        return [here] if not english or english.text == here.text else [here, english]


def terms(language: str) -> QuerySet[Term]:
    """Every word, with what its page leads to."""
    rows: QuerySet[Term] = Term.objects.select_related("mechanism", "pillar", "definition_source")
    return rows.annotate(is_behind=behind(Term, language))


def by_letter(language: str) -> list[Letter]:
    """All words in the alphabet of a language. One query."""
    lines = sorted(
        (_line(row, language) for row in terms(language)), key=lambda line: sort_key(line.name.text, language)
    )
    letters: dict[str, list[TermLine]] = {}
    for line in lines:
        letters.setdefault(first_letter(line.name.text, language), []).append(line)
    return [Letter(letter, found) for letter, found in letters.items()]


def words(letters: Iterable[Letter]) -> int:
    """How many words there are."""
    return sum(len(letter.lines) for letter in letters)


def without_definition(letters: Iterable[Letter]) -> int:
    """How many of the words have no agreed definition yet."""
    return sum(line.term.agreement == Agreement.NONE for letter in letters for line in letter.lines)


def term_page(term: Term, language: str) -> TermPage:
    """One word in all languages. No query."""
    wordings = [
        tuple(written_in(getattr(term, f"{name}_{code}") or "", code, language) for name in ("name", "sentence"))
        for code in LANGUAGES
    ]
    return TermPage(
        line=_line(term, language),
        definition=translated(term, "definition", language),
        wordings=[(name, sentence) for name, sentence in wordings],
    )


def _line(term: Term, language: str) -> TermLine:
    return TermLine(term, term.name_in(language), translated(term, "sentence", language))
