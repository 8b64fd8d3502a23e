"""Every reminder as it is read, word for word, in every language.

The files in `letters/` are the letters. After a change of wording, write them again and read them:

    WRITE_LETTERS=1 .venv/bin/pytest tests/commitments/reminders/test_letters.py
"""

import os
import re
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from accounts.models import User
from commitments.exchange.demonstration.examples import MARKS
from commitments.history import actions
from commitments.indicators.models import Series
from commitments.notices import letters
from commitments.notices.letters import Letter
from commitments.notices.models import Notice
from commitments.notices.registry import kind_named
from commitments.reminders.actions import plan
from commitments.reminders.sentences import Strong, say
from tests.cast import NOON, STAGE
from tests.commitments.reminders.conftest import World
from tests.factories import record

pytestmark = pytest.mark.django_db

LETTERS = Path(__file__).parent / "letters"
KINDS = [
    "figure_due",
    "figure_late",
    "figure_question",
    "report_due",
    "report_late",
    "report_question",
    "meeting_soon",
    "meeting_tomorrow",
]


#: Of each kind of letter one message. A language whose catalogue lacks any is not finished, and not compared yet.
MESSAGES = (
    "One figure is due on %(date)s: %(indicator)s.",
    "One figure was due on %(date)s: %(indicator)s.",
    "The secretariat read your report and asks: “%(question)s” Everything else is saved.",
    "The progress report of your group is due on %(date)s: %(group)s.",
    "The progress report of your group was due on %(date)s: %(group)s.",
    "The meeting takes place on %(time)s: %(meeting)s.",
    "The meeting takes place tomorrow, %(time)s: %(meeting)s.",
    "The public page shows it as late until a figure is sent.",
)


def is_translated(language: str) -> bool:
    """Whether the catalogue of a language holds the messages of the letters."""
    with translation.override(language):
        return all(translation.gettext(message) != message for message in MESSAGES)


LANGUAGES = ["en", *(language for language in ("es", "pt", "fr") if is_translated(language))]
#: When each is read, and what must have happened before.
MOMENTS = {
    "figure_due": datetime(2026, 12, 1, 18, tzinfo=UTC),
    "figure_late": datetime(2026, 12, 23, 18, tzinfo=UTC),
    "figure_question": NOON,
    "report_due": datetime(2026, 12, 1, 18, tzinfo=UTC),
    "report_late": datetime(2026, 12, 16, 18, tzinfo=UTC),
    "report_question": NOON,
    "meeting_soon": datetime(2026, 12, 7, 18, tzinfo=UTC),
    "meeting_tomorrow": datetime(2026, 12, 9, 18, tzinfo=UTC),
}


def prepare(world: World, kind: str) -> None:
    record.measurement(world.indicator, 41200, date(2026, 6, 30), entered_by=world.cast.focal_colombia, entered_at=NOON)
    if kind == "figure_question":
        world.send_figure(state="returned", question="Which register\nis this from?", question_due_on=date(2026, 12, 1))
    if kind == "report_question":
        world.return_report("Which countries?", date(2026, 12, 1))


def read(world: World, kind: str, language: str) -> Letter:
    """The letter of a kind, as its recipient reads it in a language."""
    User.objects.update(language=language)
    plan(MOMENTS[kind])
    notice = Notice.objects.filter(kind=kind).order_by("-offset_days", "recipient__email")[0]
    return letters.letter(notice, kind_named(kind), MOMENTS[kind])


def as_file(letter: Letter, world: World) -> str:
    """The letter without what differs from run to run."""
    return f"{letter.subject}\n\n{letter.text}".replace(f"/{world.report.pk}/", "/7/")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_each_letter_word_for_word(world: World, kind: str, language: str) -> None:
    prepare(world, kind)
    written = as_file(read(world, kind, language), world)

    kept = LETTERS / f"{kind}.{language}.txt"
    if os.environ.get("WRITE_LETTERS"):
        kept.write_text(written, encoding="utf-8")
    assert written == kept.read_text(encoding="utf-8")


def words_of(html: str) -> str:
    """What is read of the page, on one line."""
    inline = re.sub(r"</?(strong|span|a)\b[^>]*>", "", html.partition("</head>")[2])
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", inline))).strip()


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_placeholder_is_left_and_both_forms_say_the_same(world: World, kind: str, language: str) -> None:
    prepare(world, kind)
    letter = read(world, kind, language)

    whole = letter.subject + letter.text + letter.html.partition("</head>")[2]
    assert re.findall(r"%\(|[{}]|None", whole) == []
    assert "\n" not in letter.subject
    assert f'<html lang="{ {"en": "en", "es": "es-419", "pt": "pt-BR", "fr": "fr"}[language] }">' in letter.html
    [button] = re.findall(r'class="button" href="([^"]+)"', letter.html)
    assert button.startswith(f"http://localhost:8000/{language}/")
    assert button in letter.text, "the same address in both"
    said = words_of(letter.html)
    for line in letter.text.splitlines():
        if line not in ("", "--") and not line.startswith("http"):
            assert re.sub(r"\s+", " ", line) in said


@pytest.mark.parametrize("kind", ["figure_due", "meeting_soon", "report_due"])
def test_names_cannot_break_out_of_the_letter(world: World, kind: str) -> None:
    evil = 'A "quoted" <script>alert(1)</script> & %(date)s {name} שלום ' + "long " * 30
    for row, column in ((world.indicator, "title_en"), (world.meeting, "title_en"), (world.cast.labour, "name_en")):
        world.change(row, **{column: evil.strip()})
    world.change(world.indicator, title_es="")
    world.change(world.meeting, title_es="")
    letter = read(world, kind, "en")

    assert evil.strip() in letter.text
    assert evil.strip() in letter.subject
    assert "<script" not in letter.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in letter.html


def test_a_title_in_another_language_is_marked_as_such(world: World) -> None:
    world.change(world.indicator, title_es="")
    letter = read(world, "figure_due", "es")
    assert '<span lang="en">People holding the special temporary category</span>' in letter.html


def test_an_example_says_so(world: World) -> None:
    world.change(world.indicator, is_example=True)
    assert "Example: People holding" in read(world, "figure_due", "en").subject


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
def test_an_example_whose_title_says_so_says_it_once(world: World, language: str) -> None:
    titles = {f"title_{code}": mark.format(text="People holding") for code, mark in MARKS.items()}
    world.change(world.indicator, is_example=True, **titles)
    letter = read(world, "figure_due", language)
    mark = MARKS[language].format(text="").split()[0].rstrip(":")
    assert re.search(rf"{mark}\s?: People holding", letter.subject)
    for text in (letter.subject, letter.text, letter.html):
        assert not re.search(rf"{mark}\s?:\s*{mark}", text)
    world.change(world.indicator, is_example=True, title_es="")
    foreign = read(world, "figure_due", "es")
    assert "Example: People holding" in foreign.subject
    assert "Ejemplo" not in foreign.subject


def test_one_of_several_lines_is_named_and_its_form_opened(world: World) -> None:
    series = world.entry.series
    world.change(series, country=world.cast.colombia)
    assert "– Colombia" not in read(world, "figure_due", "en").subject
    actions.create(Series(indicator=world.indicator, country=world.cast.canada), by=STAGE, at=NOON)
    letter = read(world, "figure_due", "en")
    assert "People holding the special temporary category – Colombia (Colombia)" in letter.subject
    assert f"/en/workspace/indicators/{world.indicator.code}/update/?line={series.pk}" in letter.text


def test_a_demonstration_says_so(world: World) -> None:
    assert "Demonstration" not in read(world, "figure_due", "en").text
    world.cast.reader.is_demonstration = True
    world.cast.reader.save()
    letter = read(world, "figure_due", "en")
    assert letter.text.startswith("Demonstration: people, cycle and due dates are invented\n\nHello Diego Deputy,")
    assert "Demonstration: people, cycle and due dates are invented" in letter.html


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"entered_by": None}, "The last figure on record is 41,200 (30 June 2026)."),
        ({"is_on_behalf": True}, "The last figure on record is 41,200 (30 June 2026)."),
        (
            {"as_of": date(2026, 6, 1), "as_of_precision": "month"},
            "The last figure on record is 41,200 (June 2026).",
        ),
        ({"qualifier": "more_than"}, "Last time you reported more than 41,200 on 30 June 2026."),
        ({"state": "sent", "accepted_at": None}, None),
        ({"is_used": False, "used_because": "another source"}, None),
    ],
)
def test_the_last_figure_is_said_as_it_is_known(world: World, columns: dict[str, Any], sentence: str | None) -> None:
    entered = {"entered_by": world.cast.focal_colombia, "entered_at": NOON, **columns}
    day = entered.pop("as_of", date(2026, 6, 30))
    record.measurement(world.indicator, 41200, day, **entered)
    text = read(world, "figure_due", "en").text

    if sentence:
        assert sentence in text
        assert "Nothing changed?" in text
    else:
        assert ("41,200" in text, "Nothing changed?" in text) == (False, False)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 12, 9, 18, tzinfo=UTC), "tomorrow, 10 December 2026, 10:00 (UTC−5)"),
        (datetime(2026, 12, 10, 14, tzinfo=UTC), "today, 10 December 2026, 10:00 (UTC−5)"),
    ],
)
def test_tomorrow_sent_late_says_today(world: World, moment: datetime, words: str) -> None:
    plan(MOMENTS["meeting_tomorrow"])
    User.objects.update(language="en")
    notice = Notice.objects.filter(kind="meeting_tomorrow").order_by("recipient__email")[0]
    assert words in letters.letter(notice, kind_named(notice.kind), moment).text


def test_a_meeting_in_another_zone_is_told_in_both(world: World) -> None:
    world.change(world.meeting, time_zone="America/Santiago")
    text = read(world, "meeting_soon", "en").text
    assert "10 December 2026, 12:00 (UTC−3): Labour mobility" in text
    assert "In your time zone: 10 December 2026, 10:00 (UTC−5)." in text


def test_a_meeting_without_a_time_names_its_day_alone(world: World) -> None:
    world.change(world.meeting, start_at=None, time_zone="", place="")
    text = read(world, "meeting_soon", "en").text
    assert "The meeting takes place on 10 December 2026: Labour mobility: next steps.\n" in text


@pytest.mark.parametrize(
    ("kind", "person", "why"),
    [
        ("figure_due", "deputy.colombia", "because you stand in for the focal point: Colombia."),
        ("meeting_soon", "focal.canada", "because you are the focal point: Canada."),
        ("meeting_soon", "lead.labour", "because you lead the working group: Labor Mobility."),
    ],
)
def test_each_letter_says_why_one_gets_it(world: World, kind: str, person: str, why: str) -> None:
    User.objects.update(language="en")
    plan(NOON)
    notice = Notice.objects.get(kind=kind, recipient__email=f"{person}@example.org")
    assert f"You receive this message {why}" in letters.letter(notice, kind_named(kind), MOMENTS[kind]).text


def test_a_figure_returned_outside_any_cycle_is_named(world: World) -> None:
    other = record.indicator(record.commitment("LAD-COL-905", country=world.cast.colombia), title_en="Permits issued")
    columns = {"state": "returned", "accepted_at": None, "published_at": None, "question": "Why?"}
    record.measurement(other, 5, date(2026, 9, 30), question_due_on=date(2026, 12, 1), **columns)
    subject = read(world, "figure_question", "en").subject
    assert subject == "One question on your figure, reply by 1 Dec: Permits issued (Colombia)"


def test_two_figures_returned_in_one_cycle_are_told_apart(world: World) -> None:
    commitment = record.commitment("LAD-COL-905", country=world.cast.colombia)
    User.objects.update(language="en")
    subjects = set()
    for number, title in enumerate(("Permits issued", "Permits renewed"), 1):
        other = record.indicator(commitment, number, title_en=title)
        columns = {"state": "returned", "accepted_at": None, "published_at": None, "question": "Why?"}
        figure = record.measurement(other, 5, date(2026, 9, 30), question_due_on=date(2026, 12, 1), **columns)
        world.change(record.entry(other, world.cycle), measurement=figure)
    plan(NOON)
    for notice in Notice.objects.filter(kind="figure_question", recipient__language="en"):
        subjects.add(letters.letter(notice, kind_named("figure_question"), NOON).subject)
    assert {subject.partition(": ")[2] for subject in subjects} == {
        "Permits issued (Colombia)",
        "Permits renewed (Colombia)",
    }


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "2 questions on your December 2026 report (Labor Mobility), reply by 1 Dec"),
        ("es", "2 preguntas sobre su informe de diciembre de 2026 (Labor Mobility); responda a más tardar el 1 dic."),
        ("pt", "2 perguntas sobre o seu relatório de dezembro de 2026 (Labor Mobility); responda até 1º dez."),
        ("fr", "2 questions sur votre rapport (décembre 2026, Labor Mobility)\u202f; réponse attendue au plus tard le"),
    ],
)
def test_several_questions_on_a_report_are_counted(world: World, language: str, words: str) -> None:
    for question in ("Which countries?", "Which year?"):
        world.return_report(question, date(2026, 12, 1))
    assert read(world, "report_question", language).subject.startswith(words)


def test_a_sentence_escapes_what_comes_from_outside() -> None:
    said = say("Due on %(day)s: <%(name)s>", day=Strong("1 & 2"), name="O'Neil <b>")
    assert said.text == "Due on 1 & 2: <O'Neil <b>>"
    assert said.html == "Due on <strong>1 &amp; 2</strong>: &lt;O&#x27;Neil &lt;b&gt;&gt;"
