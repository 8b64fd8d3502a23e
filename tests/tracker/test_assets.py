"""Font, style sheet, catalogues: built from their sources, and only when these change."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from fontTools.ttLib import TTFont

from tracker.assets import building, catalogues, fonts, messages, styles

pytestmark = pytest.mark.once
ROOT = settings.BASE_DIR


@pytest.fixture
def locale_dir(tmp_path: Path) -> Path:
    return tmp_path / "locale"


def compiled(language: str, locale_dir: Path) -> dict[str, str]:
    """The singular texts of a compiled catalogue."""
    from gettext import GNUTranslations

    with catalogues.compile_language(language, locale_dir).open("rb") as stream:
        held = GNUTranslations(stream)
    return {key: held.gettext(key) for key in ("Password", "Enter a valid email address.", "Our own message")} | {
        f"{number} years": held.ngettext("%(num)d year", "%(num)d years", number) for number in (0, 1, 2, 1_000_000)
    }


def test_portuguese_is_brazilian_and_spanish_american_underneath(locale_dir: Path) -> None:
    pt, es = compiled("pt", locale_dir), compiled("es", locale_dir)
    assert (pt["Password"], pt["Enter a valid email address."]) == ("Senha", "Informe um endereço de email válido.")
    assert es["Enter a valid email address."] == "Introduzca una dirección de correo electrónico válida."
    assert [pt[f"{number} years"] for number in (0, 1, 2, 1_000_000)] == [
        "%(num)d ano", "%(num)d ano", "%(num)d anos", "%(num)d anos",
    ]  # fmt: skip


def test_our_words_win_and_unfinished_ones_do_not(locale_dir: Path) -> None:
    path = catalogues.path_of("pt", locale_dir)
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Plural-Forms: {catalogues.PLURALS["pt"]}\\n"\n\n'
        'msgid "Our own message"\nmsgstr "Nossa mensagem"\n\n'
        '#, fuzzy\nmsgid "Password"\nmsgstr "Palavra"\n\n'
        'msgid "Enter a valid email address."\nmsgstr "Informe um e-mail válido."\n'
    )
    pt = compiled("pt", locale_dir)
    assert pt["Our own message"] == "Nossa mensagem"
    assert pt["Password"] == "Senha"
    assert pt["Enter a valid email address."] == "Informe um e-mail válido."


def test_every_text_is_collected_with_context_plural_and_comment(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "commitments").mkdir()
    (tmp_path / "templates" / "page.html").write_text(
        "{% load i18n %}\n"
        "  {# Translators: shown on the button #}\n  <p title='it’s'>{% translate 'Send' %}</p>\n"
        '\t{% translate "Returned" context "report state" %} {{ _("Inline") }}\n'
        "{% blocktranslate count n=reports trimmed %}\n  {{ n }} report\n{% plural %}\n  {{ n }} reports\n"
        "{% endblocktranslate %}\n"
    )
    (tmp_path / "commitments" / "words.py").write_text(
        "from django.utils.translation import gettext_lazy as _\n"
        "from django.utils.translation import pgettext_lazy\n"
        'NAMES = [_("Lazy %(what)s"), pgettext_lazy("role", "lead")]\n'
    )
    found = {(message.id, message.context) for message in messages.collect(tmp_path) if message.id}
    assert found == {
        ("Send", None),
        ("Returned", "report state"),
        ("Inline", None),
        (("%(n)s report", "%(n)s reports"), None),
        ("Lazy %(what)s", None),
        ("lead", "role"),
    }
    collected = messages.collect(tmp_path)
    assert collected.get("Send").auto_comments == ["shown on the button"]
    assert "python-format" in collected.get("Lazy %(what)s").flags


def test_collecting_keeps_translations_and_drops_what_is_gone(tmp_path: Path, locale_dir: Path) -> None:
    (tmp_path / "tracker").mkdir()
    source = tmp_path / "tracker" / "words.py"
    source.write_text('_("One")\n_("Two")\n')
    assert messages.update("fr", messages.collect(tmp_path), locale_dir) == (2, 2)
    path = catalogues.path_of("fr", locale_dir)
    path.write_text(path.read_text().replace('msgid "One"\nmsgstr ""', 'msgid "One"\nmsgstr "Un"'))
    source.write_text('_("One")\n_("Three")\n')
    assert messages.update("fr", messages.collect(tmp_path), locale_dir) == (2, 1)
    with path.open("rb") as stream:
        assert {message.id: message.string for message in read_po(stream) if message.id} == {"One": "Un", "Three": ""}
    before = path.read_text()
    messages.update("fr", messages.collect(tmp_path), locale_dir)
    assert path.read_text() == before


def test_the_font_holds_the_letters_of_the_four_languages(tmp_path: Path) -> None:
    fonts.build(building.TOKENS, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(fonts.subsets(building.TOKENS))
    held = {name: set(TTFont(tmp_path / name).getBestCmap()) for name in fonts.subsets(building.TOKENS)}
    letters = "ÁÉÍÓÚÑÜÇÀÂÃÊÔÕÈËÎÏÙÛŸŒÆáéíóúñüçàâãêôõèëîïùûÿœæ¿¡«»–—’“”…0123456789%€·"
    assert [letter for letter in letters if ord(letter) not in held["public-sans-latin.woff2"]] == ["Ÿ"]
    assert ord("Ÿ") in held["public-sans-latin-ext.woff2"]
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 45_000


def test_the_style_sheet_is_its_sources_in_order(tmp_path: Path) -> None:
    (tmp_path / "one.css").write_text("a{}\n")
    (tmp_path / "two.css").write_text("b{}")
    (tmp_path / "site.list").write_text("# order matters\ntwo.css\n\none.css\n")
    styles.build(tmp_path, tmp_path / "out" / "site.css")
    assert (tmp_path / "out" / "site.css").read_text() == "/* two.css */\nb{}\n\n/* one.css */\na{}\n"
    (tmp_path / "site.list").write_text("three.css\n")
    with pytest.raises(FileNotFoundError, match=r"three\.css"):
        styles.sources(tmp_path)


def test_every_style_sheet_in_the_folder_is_listed() -> None:
    listed = [path.name for path in styles.sources(ROOT / "static" / "css")]
    assert sorted(listed) == sorted(path.name for path in (ROOT / "static" / "css").glob("*.css"))


def test_a_step_runs_again_when_an_input_changes_or_an_output_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "STAMPS", tmp_path / "stamps")
    source, target = tmp_path / "in", tmp_path / "out"
    source.write_text("1")
    step = building.Step("step", [source], [target], lambda: target.write_text(source.read_text()))
    assert [step.run(force=False), step.run(force=False), step.run(force=True)] == [True, False, True]
    source.write_text("2")
    assert [step.run(force=False), target.read_text(), step.run(force=False)] == [True, "2", False]
    target.unlink()
    assert [step.run(force=False), target.read_text()] == [True, "2"]
