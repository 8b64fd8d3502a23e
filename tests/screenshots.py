"""Pictures of every kind of public page, from a real server and a real browser: `python -m tests.screenshots`.

    python -m tests.screenshots                                       docs/screenshots, every kind of page
    python -m tests.screenshots OUT late/ countries/COL/              these pages, under every language asked for
    python -m tests.screenshots OUT workspace/tasks/ --as focal.colombia@example.org

The record is the shipped one with its demonstration, in a database that is thrown away.
"""

import argparse
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.databases import ROOT, command, throwaway, with_record
from benchmarks.servers import product
from tests.kinds_of_pages import PAGES

HOME = ROOT / "docs" / "screenshots"
#: A desk in English and light, a telephone in Spanish and dark.
VIEWS = "en-1280-light,es-390-dark"
#: Flat colours as ours need few: the files are a third as large.
COLOURS = 128
PASSWORD = "only-for-pictures-of-a-throw-away-record"  # of accounts that nobody keeps


def main() -> None:
    """Take the pictures that the command line asks for."""
    options = _options().parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with throwaway() as environment:
        with_record(environment)
        command({**environment, "DEMO_PASSWORD": PASSWORD}, "manage.py", "load_demo", "--example-reports")
        with product(environment) as server, _browser() as browser:
            for view in options.views.split(","):
                language, width, theme = view.split("-")
                context = browser.new_context(
                    base_url=f"http://127.0.0.1:{server.port}",
                    viewport={"width": int(width), "height": 900},
                    color_scheme=theme,
                    reduced_motion="reduce",
                )
                page = context.new_page()
                if options.person:
                    _sign_in(page, options.person)
                for path in options.pages or PAGES:
                    _take(page, f"/{language}/{path}", options.out / f"{_place(path)}-{view}.png")
                context.close()


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("out", nargs="?", type=Path, default=HOME)
    parser.add_argument("pages", nargs="*", help="addresses without their language")
    parser.add_argument("--views", default=VIEWS, help="language-width-theme, several with commas between")
    parser.add_argument("--as", dest="person", default="", help="sign in as this account of the demonstration")
    return parser


@contextmanager
def _browser() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"] if os.getuid() == 0 else []
        )
        yield chromium
        chromium.close()


def _sign_in(page: Page, person: str) -> None:
    page.goto("/en/account/login/")
    page.locator("main [autocomplete~=email], main [type=email]").first.fill(person)
    page.locator("main [type=password]").fill(PASSWORD)
    page.locator("main .btn-primary").click()
    page.wait_for_load_state()


def _take(page: Page, address: str, file: Path) -> None:
    answer = page.goto(address)
    if answer is None or answer.status != 200:
        raise SystemExit(f"{address} answered {answer.status if answer else 'nothing'}")
    picture = Image.open(BytesIO(page.screenshot(full_page=True))).convert("RGB")
    picture.quantize(COLOURS).save(file, optimize=True)


def _place(path: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", path).strip("-") or "overview"


if __name__ == "__main__":
    main()
