"""The stylesheet and the scripts: complete, small, and colours in one place."""

import gzip
import re
from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "static"
CSS, JS = STATIC / "css", STATIC / "js"
KILOBYTE = 1000


def packed(files: list[Path]) -> int:
    """Bytes that travel: all files joined, as gzip makes them."""
    return len(gzip.compress(b"\n".join(file.read_bytes() for file in files), 9))


def test_the_stylesheet_is_made_of_every_source_once() -> None:
    listed = (CSS / "site.list").read_text(encoding="utf-8").split()

    assert sorted(listed) == sorted(file.name for file in CSS.glob("*.css"))
    assert (listed[0], listed[-1]) == ("tokens.css", "print.css")


def test_every_rule_stands_in_one_of_the_four_layers() -> None:
    for file in CSS.glob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.S)
        outside = re.sub(r"@layer (tokens|base|components|pages) \{.*?\n\}\n?", "", text, flags=re.S)
        assert outside.replace("@layer tokens, base, components, pages;", "").strip() == "", file.name


def test_colours_are_named_in_the_tokens_alone() -> None:
    for file in CSS.glob("*.css"):
        if file.name != "tokens.css":
            named = re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{]*;)|\brgba?\(|\bhsla?\(", file.read_text(encoding="utf-8"))
            assert named == []


def test_every_token_used_exists() -> None:
    known = set(re.findall(r"(--ld-[a-z0-9-]+):", (CSS / "tokens.css").read_text(encoding="utf-8")))
    sources = [*CSS.glob("*.css"), *(STATIC.parent / "templates").rglob("*.html")]
    used = {name for file in sources for name in re.findall(r"var\((--[a-z0-9-]+)", file.read_text(encoding="utf-8"))}

    assert used - known == set()


def test_styles_and_scripts_keep_their_budget() -> None:
    assert packed(sorted(CSS.glob("*.css"))) <= 25 * KILOBYTE
    assert packed(sorted(JS.glob("*.js"))) <= 20 * KILOBYTE


def test_no_template_carries_style_or_script_inside() -> None:
    found = [
        (file.name, hit)
        for file in (STATIC.parent / "templates").rglob("*.html")
        if "emails" not in file.parts
        for hit in re.findall(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=", file.read_text(encoding="utf-8"))
    ]

    assert found == []
