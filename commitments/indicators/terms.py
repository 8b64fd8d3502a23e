"""The words of a definition: what each of its columns is called, and what its values say."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from commitments.indicators.enums import Counting, Direction, RevisionSubject
from commitments.register.enums import Horizon

#: How often a figure is reported; the values are those of the data files.
CADENCES = {
    "monthly": pgettext_lazy("how often", "every month"),
    "quarterly": pgettext_lazy("how often", "every three months"),
    "half-yearly": pgettext_lazy("how often", "every six months"),
    "yearly": pgettext_lazy("how often", "every year"),
}
DIRECTIONS = {
    Direction.INCREASE.value: pgettext_lazy("direction of an indicator", "More is better"),
    Direction.DECREASE.value: pgettext_lazy("direction of an indicator", "Less is better"),
    Direction.HOLD.value: pgettext_lazy("direction of an indicator", "Stay within a range"),
    Direction.REACH.value: pgettext_lazy("direction of an indicator", "Reach a stage"),
    Direction.OBSERVE.value: pgettext_lazy("direction of an indicator", "Shown for context, never judged"),
}
COUNTINGS = {
    Counting.CUMULATIVE.value: pgettext_lazy("counting of an indicator", "Running total since the start"),
    Counting.STOCK.value: pgettext_lazy("counting of an indicator", "Level at a date"),
    Counting.FLOW.value: pgettext_lazy("counting of an indicator", "Amount in a period"),
}
SUBJECTS = {
    RevisionSubject.DEFINITION.value: pgettext_lazy("what changes", "Definition"),
    RevisionSubject.BASELINE.value: pgettext_lazy("what changes", "Baseline"),
    RevisionSubject.TARGET.value: pgettext_lazy("what changes", "Target"),
}
_LABELS = {
    "title": gettext_lazy("What is measured"),
    "unit": gettext_lazy("Unit"),
    "definition": gettext_lazy("What to count"),
    "counting": gettext_lazy("Way of counting"),
    "direction": pgettext_lazy("of an indicator", "Direction"),
    "cadence": gettext_lazy("Frequency"),
    "horizon": gettext_lazy("Horizon"),
    "is_key": gettext_lazy("Key indicator"),
}


def subject_word(subject: str) -> str:
    """What a revision changes, in a word."""
    return str(SUBJECTS[RevisionSubject(subject).value])


def column_label(name: str) -> str:
    """What a column of a definition is called: `unit_es` and `unit` alike."""
    return str(_LABELS[name if name in _LABELS else name.rpartition("_")[0]])


def column_words(name: str, value: Any) -> str:
    """What a value of such a column says."""
    if name == "is_key":
        chosen = {True: pgettext("answer", "Yes"), False: pgettext("answer", "No")}
        return chosen.get(value, _("Yes, if it has a target"))
    if not value:
        return pgettext("a definition", "not on record")
    if name == "cadence":
        return cadence_words(value)
    if name == "horizon":
        return str(Horizon(value).label)
    return str({"direction": DIRECTIONS, "counting": COUNTINGS}.get(name, {}).get(value, value))


def cadence_words(cadence: str) -> str:
    """How often a figure is reported; a word of the record that we do not know stays as it is."""
    return str(CADENCES.get(cadence, cadence))
