"""The build steps in their order, each left out while its inputs are the same."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from tracker.assets import catalogues, fonts, styles
from tracker.assets.stamp import Stamp

STATIC = settings.BASE_DIR / "static"
STAMPS = settings.BASE_DIR / "build" / "stamps"
TOKENS = STATIC / "css" / "tokens.css"
STYLESHEET = STATIC / "build" / "site.css"
#: The builders themselves are inputs: a changed builder builds anew.
BUILDERS = sorted(Path(__file__).parent.glob("*.py"))


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to build: from which files, into which, and how."""

    name: str
    inputs: list[Path]
    outputs: list[Path]
    build: Callable[[], object]

    def run(self, *, force: bool) -> bool:
        """Build unless it is current; True when something was built."""
        stamp = Stamp(STAMPS / self.name, [*self.inputs, *BUILDERS], *_installed_versions())
        if not force and stamp.is_current(self.outputs):
            return False
        self.build()
        stamp.write()
        return True


def steps() -> Iterable[Step]:
    """Every step; later ones read what earlier ones wrote, so each is made when its turn comes."""
    font_files = [STATIC / "fonts" / name for name in fonts.subsets(TOKENS)]
    yield Step("fonts", [TOKENS, fonts.source()], font_files, lambda: fonts.build(TOKENS, STATIC / "fonts"))
    sheets = [STATIC / "css" / "site.list", *styles.sources(STATIC / "css")]
    yield Step("styles", sheets, [STYLESHEET], lambda: styles.build(STATIC / "css", STYLESHEET))
    yield from map(_catalogue, catalogues.PLURALS)
    served = [path for path in STATIC.rglob("*") if path.is_file()]
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    yield Step("static", served, [manifest], _collect)


def _catalogue(language: str) -> Step:
    (locale_dir,) = settings.LOCALE_PATHS
    source = catalogues.path_of(language, locale_dir)
    inputs = [*catalogues.installed(language), *([source] if source.is_file() else [])]
    return Step(
        f"messages-{language}",
        inputs,
        [source.with_suffix(".mo")],
        lambda: catalogues.compile_language(language, locale_dir),
    )


def _collect() -> None:
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["site.list"])


def _installed_versions() -> list[str]:
    """Packages bring fonts, messages and static files: another set of them builds anew."""
    return [(settings.BASE_DIR / "requirements.txt").read_text()]


def build_all(*, force: bool = False) -> list[str]:
    """Build what has changed; the names of the steps that were run."""
    return [step.name for step in steps() if step.run(force=force)]
