"""Every message about what was typed, in every language, word for word, on the pages where people meet it."""

import html
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from commitments.reporting.models import ReportEntry
from tests.cast import Cast
from tests.commitments.reporting.message_words import WORDS
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "es", "pt", "fr")
NOW = datetime(2026, 11, 23, 9, 38, tzinfo=UTC)
BIG = b"%PDF-1.7\n" + bytes(14 * 1024 * 1024 - 9)


@pytest.fixture(autouse=True)
def the_morning(settings: Any, tmp_path: Any) -> Iterator[Any]:
    settings.FILES_DIR = tmp_path / "files"
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def owed(cast: Cast) -> ReportEntry:
    """A running total of people, below its path, last known on 30 June."""
    commitment = record.commitment("LAD-CRI-003", country=cast.colombia)
    indicator = record.indicator(
        commitment,
        counting="cumulative",
        baseline=(20_000, date(2025, 1, 1)),
        target=(60_000, date(2026, 12, 31)),
    )
    record.measurement(indicator, 41_200, date(2026, 6, 30))
    cast.focal_colombia.time_zone = "UTC"
    cast.focal_colombia.save()
    return record.entry(indicator, record.cycle())


def as_person(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


class Story:
    """One person at the form of one figure, in one language."""

    def __init__(self, cast: Cast, language: str, clock: Any) -> None:
        self.cast, self.language, self.clock = cast, language, clock
        self.client = as_person(cast.focal_colombia)

    def at(self, place: str) -> str:
        return f"/{self.language}/workspace/indicators/LAD-CRI-003-I1/update/{place}"

    def post(self, place: str = "", client: Client | None = None, **changed: Any) -> Any:
        told = {"value": "55000", "date_choice": "given", "source_choice": "same", "reason": "", **changed}
        return (client or self.client).post(self.at(place), told)

    def send(self, client: Client | None = None, **changed: Any) -> Any:
        changed.setdefault("reason", "Renewals")
        assert self.post(client=client, **changed).status_code == 302
        return (client or self.client).post(self.at("check/"))

    def clash(self) -> Any:
        """Luis changes what is sent while the deputy types."""
        luis, deputy = self.cast.focal_colombia, as_person(self.cast.deputy_colombia)
        luis.name = "Luis R."
        luis.save()
        self.send()
        self.post("save/", client=deputy, version="1", value="56000")
        self.send(value="57000", reason="Corrected")
        return self.send(client=deputy, version="1", value="56000", reason="Typed by the deputy")

    def sent(self) -> Any:
        self.send()
        return self.client.get(self.at("received/"))


def chosen(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


STORIES: dict[str, Callable[[Story], Any]] = {
    "empty number": lambda story: story.post(value=""),
    "not a number": lambda story: story.post(value="about forty"),
    # On a Portuguese page a point stands for thousands and is in no doubt; the comma is.
    "ambiguous mark": lambda story: story.post(value="4,000" if story.language == "pt" else "4.000"),
    "future date": lambda story: story.post(date_choice="other", other_date="2026-12-01"),
    "before last value": lambda story: story.post("preview/", date_choice="other", other_date="2026-05-31"),
    "below running total": lambda story: story.post(value="41000"),
    "reason missing": lambda story: story.post(value="42000"),
    "source missing": lambda story: story.post(source_choice="other"),
    "file too big": lambda story: story.post(document=chosen("a.pdf", BIG)),
    "file kind": lambda story: story.post(document=chosen("a.svg", b"<svg/>")),
    "link expired": lambda story: Client().get(f"/{story.language}/account/password/reset/key/x-y/"),
    "offline": lambda story: story.client.get(story.at("")),
    "edit clash": Story.clash,
    "no right": lambda story: story.client.get(f"/{story.language}/workspace/review/"),
    "sent": Story.sent,
}
#: Errors of a field stand in the summary at the top and at the field, in the same words.
TWICE = {
    "empty number", "not a number", "ambiguous mark", "future date", "below running total", "reason missing",
    "source missing", "file too big", "file kind",
}  # fmt: skip
SUMMARY = {"en": "There is a problem", "es": "Hay un problema", "pt": "Há um problema", "fr": "Il y a un problème"}
TITLE = {"en": "Error:", "es": "Error:", "pt": "Erro:", "fr": "Erreur :"}


def one_space(text: str) -> str:
    """Without the difference between kinds of spaces, which the table of the design does not show."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_every_rule_has_its_story_and_its_words() -> None:
    assert STORIES.keys() == WORDS.keys()
    assert all(len(words) == len(LANGUAGES) for words in WORDS.values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", STORIES)
def test_message_is_said_in_its_words(
    cast: Cast, owed: ReportEntry, rule: str, language: str, the_morning: Any
) -> None:
    answer = STORIES[rule](Story(cast, language, the_morning))
    page = answer.content.decode()
    if rule == "before last value":
        shown = one_space(html.unescape(page))
    elif rule == "offline":
        shown = one_space(html.unescape(page.partition('data-offline="')[2].partition('"')[0]))
    else:
        shown = one_space(main_words(answer))
    expected = WORDS[rule][LANGUAGES.index(language)]
    if (rule, language) == ("ambiguous mark", "pt"):
        expected = expected.replace("4.000", "4,000")
    assert all(part in shown for part in expected.split(" | ")), shown
    if rule in TWICE:
        assert shown.count(expected) == 2
        assert SUMMARY[language] in shown
        assert TITLE[language] in one_space(html.unescape(page.partition("<title>")[2].partition("</title>")[0]))
