"""The style sheet: the sources in their order, as one file."""

from pathlib import Path


def sources(folder: Path) -> list[Path]:
    """The files that `site.list` names, in that order; FileNotFoundError for one that is not there."""
    names = [line.strip() for line in (folder / "site.list").read_text().splitlines()]
    paths = [folder / name for name in names if name and not name.startswith("#")]
    for path in paths:
        if not path.is_file():
            raise FileNotFoundError(f"{folder / 'site.list'} names {path.name}, which does not exist.")
    return paths


def build(folder: Path, target: Path) -> None:
    """Join the sources. Their relative addresses hold, because the target lies as deep as they do."""
    parts = [f"/* {path.name} */\n{path.read_text().strip()}\n" for path in sources(folder)]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(parts))
