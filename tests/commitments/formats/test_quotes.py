"""Quotation marks of the four languages."""

from commitments.formats.language import LANGUAGES
from commitments.formats.quotes import quoted


def test_each_language_has_its_marks() -> None:
    assert [quoted("x", lang) for lang in LANGUAGES] == ["“x”", "“x”", "“x”", "«\u00a0x\u00a0»"]
    assert [quoted("x", lang, inner=True) for lang in LANGUAGES] == ["‘x’", "‘x’", "‘x’", "“x”"]
