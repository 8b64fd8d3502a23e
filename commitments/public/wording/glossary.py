"""The glossary in words: whose definition it is that a page shows, or why none is there."""

from django.utils.translation import gettext as _

from commitments.glossary.enums import Agreement
from commitments.public.queries.glossary import TermPage


def definition_sentence(page: TermPage) -> str:
    """What stands before the definition of a word, or in its place."""
    agreement = page.line.term.agreement
    if not page.definition:
        return _without(agreement)
    if agreement == Agreement.AGREED:
        return _("The countries of the Declaration agreed on this definition.")
    if agreement == Agreement.UNDER_DISCUSSION:
        return _("The countries of the Declaration are discussing this definition. It is not agreed.")
    if agreement == Agreement.ONE_MECHANISM:
        return _("One mechanism uses this definition. The countries of the Declaration have not agreed on it.")
    return _("The document named below defines the word. The record shows no definition agreed under the Declaration.")


def _without(agreement: str) -> str:
    if agreement == Agreement.UNDER_DISCUSSION:
        return _("A definition is under discussion. Its text is not on record yet.")
    if agreement == Agreement.NONE:
        return _("No agreed definition yet. Once the countries agree on one, it stands here with its source.")
    return _("No text of a definition is on record.")
