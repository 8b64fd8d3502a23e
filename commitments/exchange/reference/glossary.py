"""The words of the glossary: ideas that need a common meaning, and the people whom the policy paper names."""

from typing import Any

from commitments.exchange.reference.desk import Desk, translations
from commitments.exchange.reference.ledger import Index
from commitments.exchange.reference.schemas import TERMS
from commitments.formats.language import LANGUAGES
from commitments.glossary.enums import Agreement, TermKind
from commitments.glossary.models import Term

#: The lists of the file that hold them.
SECTIONS = {
    "concepts": TermKind.CONCEPT,
    "vulnerable_groups": TermKind.VULNERABLE_GROUP,
    "population_groups": TermKind.POPULATION_GROUP,
}


def load_terms(desk: Desk) -> None:
    """Every word. Concepts are listed for want of an agreed definition, unless a record says otherwise."""
    terms = Index(desk.ledger, Term, lambda row: (row.kind, row.code))
    for section, kind in SECTIONS.items():
        for row in desk.contents.of(TERMS, section):
            with desk.ledger.record(TERMS.name, f"term {row['code']}"):
                slug = row["code"].replace("_", "-")
                terms.put((kind.value, row["code"]), _values(desk, kind, row), initial={"slug": slug})


def _values(desk: Desk, kind: TermKind, row: dict[str, Any]) -> dict[str, Any]:
    mechanism = row.get("mechanism")
    unsaid = "" if kind.is_people else Agreement.NONE.value
    return {
        "kind": kind.value,
        "code": row["code"],
        **translations("name", row["name"]),
        **_said("sentence", row.get("plain", {})),
        "agreement": row.get("agreement", unsaid),
        "mechanism_id": desk.mechanisms[mechanism].pk if mechanism else None,
        **_said("definition", row.get("definition", {})),
        "definition_source_id": desk.sources.cite(row.get("definition_source")),
        "definition_place": row.get("definition_place", ""),
        "pillar_id": desk.pillar_id(row.get("pillar")),
        **_why(row.get("why", {})),
        "is_explicit": row.get("explicit", True),
        "cited_in": row["source"],
    }


def _why(texts: str | dict[str, str]) -> dict[str, str]:
    """Why a word stands here; a file that says it once says it in English."""
    return _said("why", {"en": texts} if isinstance(texts, str) else texts)


def _said(name: str, texts: dict[str, str]) -> dict[str, str]:
    """A text in the languages that it is on record in; empty in the others."""
    return translations(name, {language: texts.get(language, "") for language in LANGUAGES})
