"""Message catalogues: ours, with the installed packages' American ones underneath, compiled without gettext tools.

Django and allauth know Portuguese as European and Spanish as Spain's under the short codes `pt` and `es`, which our
addresses use. Their Brazilian and Mexican messages are put into our catalogues, where ours do not say otherwise.
"""

import gettext
from collections.abc import Callable, Iterator
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from django.apps import apps

#: Plural rules of CLDR, with its "many" for whole millions; every catalogue of ours carries them.
PLURALS = {
    "es": "nplurals=3; plural=n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;",
    "pt": "nplurals=3; plural=(n == 0 || n == 1) ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;",
    "fr": "nplurals=3; plural=(n == 0 || n == 1) ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;",
}
NAMES = {"es": "Spanish of Latin America", "pt": "Portuguese of Brazil", "fr": "French"}
#: Whose messages are put under ours. French needs none: the packages' own stands under the same code.
UNDERNEATH = {"es": "es_MX", "pt": "pt_BR"}
#: A number for each of our three forms: one, many, other.
SAMPLES = (1, 1_000_000, 2)
_Text = str | tuple[str, ...] | list[str] | None


def path_of(language: str, locale_dir: Path) -> Path:
    """Our catalogue of a language, as translators write it."""
    return locale_dir / language / "LC_MESSAGES" / "django.po"


def installed(language: str) -> list[Path]:
    """Compiled catalogues of Django and the installed applications for a language, the weakest first."""
    name = UNDERNEATH.get(language)
    if name is None:
        return []
    own = Path(__file__).resolve().parent.parent
    homes = [Path(config.path) for config in reversed(list(apps.get_app_configs())) if Path(config.path) != own]
    places = [Path(django.__file__).parent / "conf", *homes]
    found = [place / "locale" / name / "LC_MESSAGES" / "django.mo" for place in places]
    return [path for path in found if path.is_file()]


def compile_language(language: str, locale_dir: Path) -> Path:
    """Write the compiled catalogue of a language beside its source and return its path."""
    catalogue = empty(language)
    for path in installed(language):
        with path.open("rb") as stream:
            _lay_under(catalogue, read_mo(stream))
    source = path_of(language, locale_dir)
    if source.is_file():
        with source.open("rb") as stream:
            _lay_over(catalogue, read_po(stream, locale=language))
    target = source.with_suffix(".mo")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as stream:
        write_mo(stream, catalogue)
    return target


def empty(language: str) -> Catalog:
    """A catalogue without messages, with our plural rule."""
    catalogue = Catalog(
        locale=language,
        header_comment=f"# The words of the tracker: {NAMES[language]}.",
        project="Los Angeles Declaration Tracker",
        last_translator="The secretariat",
        language_team=NAMES[language],
        msgid_bugs_address="the secretariat",
        charset="utf-8",
        fuzzy=False,
    )
    catalogue.mime_headers = [("Plural-Forms", PLURALS[language])]
    return catalogue


def plural_of(rule: str) -> Callable[[int], int]:
    """The function that a Plural-Forms header stands for."""
    return gettext.c2py(rule.split("plural=")[-1].rstrip("; "))


def _lay_under(catalogue: Catalog, other: Catalog) -> None:
    """Add another's messages, their plural forms spread over ours; a later catalogue wins over an earlier one."""
    theirs = plural_of(other.plural_forms)
    for message in _translated(other):
        text = message.string
        if isinstance(text, tuple):
            text = tuple(text[theirs(number)] for number in SAMPLES)
        _put(catalogue, message, text)


def _lay_over(catalogue: Catalog, ours: Catalog) -> None:
    for message in _translated(ours):
        _put(catalogue, message, message.string)


def _translated(catalogue: Catalog) -> Iterator[Message]:
    for message in catalogue:
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and all(texts) and not message.fuzzy:
            yield message


def _put(catalogue: Catalog, message: Message, text: _Text) -> None:
    # Babel leaves the context undecoded when it reads a compiled catalogue.
    raw: object = message.context
    context = raw.decode() if isinstance(raw, bytes) else message.context
    catalogue.delete(message.id, context)
    catalogue.add(message.id, text, context=context)
