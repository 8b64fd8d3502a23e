"""What figures are broken down by, in words: a line of figures carries "sex:female", or the words of its source."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

_KINDS = {
    "sex": pgettext_lazy("breakdown", "Sex"),
    "age": pgettext_lazy("breakdown", "Age"),
    "nationality": pgettext_lazy("breakdown", "Nationality"),
    "territory": pgettext_lazy("breakdown", "Territory"),
}
_VALUES = {
    "sex:female": pgettext_lazy("breakdown by sex", "female"),
    "sex:male": pgettext_lazy("breakdown by sex", "male"),
    "sex:other": pgettext_lazy("breakdown by sex", "other"),
    "age:under_18": pgettext_lazy("breakdown by age", "under 18"),
    "age:18_and_over": pgettext_lazy("breakdown by age", "18 and over"),
}
_ORDER = [*_VALUES]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One value of one breakdown: "sex:female" is of the kind sex; words of a source without a kind have none."""

    key: str

    @property
    def kind(self) -> str:
        """What it breaks figures down by; empty where the words name none that is known."""
        kind = self.key.partition(":")[0]
        return kind if ":" in self.key and kind in _KINDS else ""

    @property
    def words(self) -> str:
        """The breakdown with its value: "Sex: female"; words of a source as they stand."""
        if not self.kind:
            return self.key
        value = str(_VALUES.get(self.key, self.key.partition(":")[2].replace("_", " ")))
        # Translators: what figures are broken down by, and the value: "Sex: female". French: a space before the colon.
        return _("%(kind)s: %(value)s") % {"kind": _KINDS[self.kind], "value": value}

    @property
    def place(self) -> tuple[int, int, str]:
        """Where it stands among others: by kind, then in the order in which its values are named."""
        kinds = [*_KINDS, ""]
        return kinds.index(self.kind), _ORDER.index(self.key) if self.key in _ORDER else len(_ORDER), self.key


def breakdown_words(key: str) -> str:
    """A stored breakdown in words."""
    return Breakdown(key).words
