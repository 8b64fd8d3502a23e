"""The words of the glossary as the file of terms holds them."""

from typing import Any

from commitments.exchange.reference.problems import Spot
from commitments.exchange.reference.schemas.description import MECHANISM, SOURCE
from commitments.exchange.reference.shapes import Shape, code, flag, one_of, record, text, translated, whole
from commitments.formats.language import LANGUAGES
from commitments.glossary.enums import Agreement

TERM_CODE = code(r"[a-z][a-z0-9_]{1,39}", "a code of small letters")

#: What a record may say beside its name: the sentence for readers, and the definition with its source.
_SAID: dict[str, Shape] = {
    "plain": translated(),
    "agreement": one_of(Agreement.values),
    "mechanism": MECHANISM,
    "definition": record({}, dict.fromkeys(LANGUAGES, text())),
    "definition_source": SOURCE,
    "definition_place": text(100),
    "pillar": whole(1, 9),
}


def _a_definition_has_a_source(value: Any, spot: Spot) -> None:
    if bool(value.get("definition")) != ("definition_source" in value):
        spot.within("definition_source").refuse("and the definition go together")
    if value.get("agreement") == Agreement.ONE_MECHANISM and "mechanism" not in value:
        spot.within("mechanism").refuse("is missing although one mechanism uses the word")


def _why(value: Any, spot: Spot) -> None:
    """In four languages, or once, in English."""
    (text() if isinstance(value, str) else translated())(value, spot)


CONCEPT = record(
    {"code": TERM_CODE, "name": translated(200), "why": _why, "explicit": flag, "source": text(200)},
    _SAID,
    _a_definition_has_a_source,
)
PEOPLE = record({"code": TERM_CODE, "name": translated(200), "source": text(200)}, _SAID, _a_definition_has_a_source)
