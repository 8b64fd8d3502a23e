"""The index holds what is public and nothing else, in step with every change, on both databases."""

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction

from commitments.history import actions
from commitments.mechanisms.models import Country
from commitments.notices.models import Heartbeat
from commitments.public.queries.search import Results
from commitments.search import actions as index
from commitments.search import queries
from commitments.search.folding import wanted
from commitments.search.models import Kind, SearchEntry
from commitments.search.queries import counted, first_of_many, ranked, records
from tests.cast import NOON, STAGE, declaration
from tests.cast import country as new_country
from tests.factories import record
from tracker.celery import app


def country(iso3: str) -> Any:
    return Country.objects.filter(iso3=iso3).first() or new_country(iso3, iso3[:2], "Colombia")


def found(text: str, kind: str = "") -> list[str]:
    """What is found, as kind and code, the best first."""
    return [f"{entry.kind} {entry.sort}" for entry in ranked(wanted(text), kind)]


@pytest.fixture
def protection(db: None) -> Any:
    return record.commitment(
        "LAD-COL-901",
        country=country("COL"),
        title_en="Temporary protection statute",
        title_es="Estatuto temporal de protección",
        title_fr="Œuvre d’intégration",
        summary_en="Ten years of residence for Venezuelans.",
    )


@pytest.mark.parametrize(
    "text",
    [
        *("proteccion", "PROTECCIÓN", "protec", "estatuto proteccion", "oeuvre", "Œuvre d'integration", "venezuel"),
        *("ten years", "LAD-COL-901", "lad col 901", "colombia statute", "protección;", "“statute”"),
    ],
)
def test_a_record_is_found_by_beginnings_of_words_in_any_language(protection: Any, text: str) -> None:
    assert "commitment LAD-COL-901" in found(text)


@pytest.mark.parametrize("text", ["rotection", "statute asylum", "", "   ", "'\"*()", "AND", "statute NOT temporary"])
def test_what_it_does_not_say_is_not_found(protection: Any, text: str) -> None:
    assert "commitment LAD-COL-901" not in found(text)


def test_the_exact_code_comes_first_then_titles_then_the_rest(db: None) -> None:
    colombia = country("COL")
    record.commitment("LAD-COL-902", country=colombia, title_en="About LAD-COL-903", summary_en="None.")
    record.commitment("LAD-COL-903", country=colombia, title_en="Another", summary_en="Of asylum.")
    record.commitment("LAD-COL-904", country=colombia, title_en="Asylum", summary_en="None.")
    assert found("LAD-COL-903")[0] == "commitment LAD-COL-903"
    assert found("asylum", "commitment") == ["commitment LAD-COL-904", "commitment LAD-COL-903"]
    assert found("colombia")[0] == "country COL"
    assert found("col")[0] == "country COL"


def test_only_what_anybody_may_read_is_in_the_index(protection: Any) -> None:
    draft = record.commitment("LAD-COL-905", country=country("COL"), title_en="Zebra draft", life_cycle="draft")
    inside = record.indicator(draft, title_en="Zebra counted")
    proposed = record.indicator(protection, 2, title_en="Zebra proposed", state="sent")
    assert found("zebra") == []

    actions.change(draft, by=STAGE, at=NOON, life_cycle="active")
    assert found("zebra") == [f"commitment {draft.code}", f"indicator {inside.code}"]
    actions.change(proposed, by=STAGE, at=NOON, state="published")
    assert found("zebra", "indicator") == [f"indicator {proposed.code}", f"indicator {inside.code}"]
    # Withdrawn: its page stays, with a banner, and so it can be found.
    actions.change(draft, by=STAGE, at=NOON, life_cycle="withdrawn", life_cycle_on=date(2026, 1, 1))
    assert f"commitment {draft.code}" in found("zebra")
    actions.change(draft, by=STAGE, at=NOON, life_cycle="draft", life_cycle_on=None)
    assert found("zebra") == [f"indicator {proposed.code}"]


def test_a_change_of_a_name_reaches_all_that_is_found_by_it(protection: Any) -> None:
    counted_people = record.indicator(protection)
    actions.change(protection.maker_country, by=STAGE, at=NOON, name_pt="Colômbia Nova")
    assert found("nova") == ["country COL", f"commitment {protection.code}", f"indicator {counted_people.code}"]
    actions.change(protection, by=STAGE, at=NOON, title_en="Another title")
    assert found("statute") == []
    assert found("another title") == [f"commitment {protection.code}"]


def test_what_is_taken_out_or_written_many_at_a_time_is_followed(protection: Any) -> None:
    word = record.term("zebra", name_es="Cebra", definition_fr="Équidé rayé.")
    assert found("equide") == ["term zebra"]
    actions.remove(word, by=STAGE, at=NOON)
    assert found("cebra") == []
    rows = type(protection).objects.filter(pk=protection.pk)
    actions.change_many(rows, by=STAGE, at=NOON, title_en="Written with others")
    assert found("written with others") == [f"commitment {protection.code}"]
    names = ("code", "title_en")
    like = type(protection)(
        **{field.attname: getattr(protection, field.attname) for field in protection._meta.concrete_fields}
    )
    like.reference_id = None
    actions.create_many(like, names, [("LAD-COL-906", "Fresh one"), ("LAD-COL-907", "Fresh two")], by=STAGE, at=NOON)
    assert found("fresh") == ["commitment LAD-COL-906", "commitment LAD-COL-907"]


def test_the_index_is_undone_with_the_change(protection: Any) -> None:
    with transaction.atomic():
        actions.change(protection, by=STAGE, at=NOON, title_en="Never told")
        assert found("never told") == [f"commitment {protection.code}"]
        transaction.set_rollback(True)
    assert found("never told") == []
    assert found("statute") == [f"commitment {protection.code}"]


def test_comparing_finds_what_is_wrong_and_rebuilding_puts_it_right(protection: Any) -> None:
    assert not any(index.compare().values())
    SearchEntry.objects.filter(kind=Kind.COUNTRY, sort="COL").delete()
    SearchEntry.objects.filter(kind=Kind.COMMITMENT).update(title_words="something else")
    SearchEntry.objects.create(
        kind=Kind.TERM, record=999_999, place=6, sort="ghost", exact="|ghost|", title_words="ghost"
    )
    wrong = {kind: differences for kind, differences in index.compare().items() if differences}
    assert wrong == {
        "country": index.Differences(missing=1),
        "commitment": index.Differences(different=1),
        "term": index.Differences(unfounded=1),
    }
    assert index.rebuild() == index.Differences(1, 1, 1)
    assert not any(index.compare().values())
    assert (found("ghost"), found("statute")) == ([], [f"commitment {protection.code}"])


def test_the_command_compares_and_puts_right(protection: Any) -> None:
    told = StringIO()
    call_command("search_index", stdout=told)
    assert "commitment: as the record says" in told.getvalue()
    SearchEntry.objects.filter(kind=Kind.COMMITMENT).delete()
    with pytest.raises(CommandError, match="search_index --rebuild"):
        call_command("search_index", stdout=StringIO())
    told = StringIO()
    call_command("search_index", rebuild=True, stdout=told)
    assert told.getvalue() == "put right: missing 1, different 0, unfounded 0\n"
    call_command("search_index", stdout=StringIO())
    assert found("statute") == [f"commitment {protection.code}"]


def test_each_day_the_index_is_put_right_by_itself(protection: Any) -> None:
    SearchEntry.objects.filter(kind=Kind.COMMITMENT).delete()
    assert found("statute") == []
    app.loader.import_default_modules()
    task = app.tasks[str(settings.CELERY_BEAT_SCHEDULE["rebuild-search-index"]["task"])]
    assert task() == {"missing": 1, "different": 0, "unfounded": 0}
    assert found("statute") == [f"commitment {protection.code}"]
    assert Heartbeat.objects.get(job="search.rebuild").is_ok


def test_results_are_counted_by_kind(protection: Any) -> None:
    record.indicator(protection)
    assert counted(wanted("colombia"), 3) == {"country": 1, "commitment": 1, "indicator": 1}
    assert sum(counted(wanted("colombia"), 2).values()) == 3
    assert counted(wanted("colombia"), 1, "commitment") == {"commitment": 1}
    assert counted(wanted(""), 1) == {}


def several_that_hold_zebra() -> None:
    """Records with the word as a name, in the title and elsewhere, none of them made in their order."""
    record.term("striped", name_en="Horse", definition_en="A zebra is none.")
    record.term("zebra", name_en="Zebra")
    titles = {"Another": "Of a zebra.", "Zebra": "None.", "The zebra": "None.", "Zebras": "Zebra.", "None": "Zebra"}
    for number, (title, summary) in enumerate(titles.items()):
        made = record.commitment(f"LAD-COL-92{5 - number}", country=country("COL"), title_en=title, summary_en=summary)
        record.indicator(made, title_en=title)


@pytest.mark.parametrize("kind", ["", "commitment", "term"])
@pytest.mark.parametrize("text", ["zebra", "ze no", "none"])
@pytest.mark.parametrize("few", [queries.FEW, 1])
def test_the_first_of_very_many_are_the_same_ones(
    db: None, monkeypatch: pytest.MonkeyPatch, text: str, kind: str, few: int
) -> None:
    monkeypatch.setattr(queries, "FEW", few)
    several_that_hold_zebra()
    every = found(text, kind)
    assert len(every) > 1 or kind == "term"
    for start in range(len(every)):
        for stop in range(start + 1, len(every) + 2):
            some = [f"{entry.kind} {entry.sort}" for entry in first_of_many(wanted(text), kind, start, stop)]
            assert some == every[start:stop], (start, stop)


def test_of_very_many_results_the_first_have_pages(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    several_that_hold_zebra()
    every, own = Results(wanted("zebra")), Results(wanted("zebra"), "term")
    assert (len(every), every.is_cut, own.numbers) == (10, False, every.numbers)
    monkeypatch.setattr(Results, "most", 3)
    many, few = Results(wanted("zebra")), Results(wanted("zebra"), "term")
    assert (len(many), many.is_cut, many.numbers) == (3, True, None)
    assert [entry.sort for entry in many[1:9]] == [entry.sort for entry in every[:3]][1:]
    assert many[2].sort == every[2].sort
    assert (len(few), few.is_cut, [entry.sort for entry in few[:9]]) == (2, False, ["zebra", "striped"])


#: Letters of many scripts, joined and lone signs, what databases and their query languages have a meaning for.
WILD = [
    *("'", '"', "a'b\"c", "* OR 1=1 --", "title_words:x", "NEAR(a b)", "a AND", "NOT", "(((", "col:*", "!a & b | c"),
    *("<->", "\x00", "a\x00b", "\U0001f600", "\U0001f469\u200d\U0001f467", "مرحبا", "שלום", "漢字かな", "ﷺ", "²³½"),
    *("1e400", "0x1f", "3.14", "-5", "%", "_", "\\", "\u202eevil", "ß", "İ", "ŉ", "\ufffd", "\ufeff"),
    *("a" * 10_000, "é" * 10_000, "x " * 5_000),
]


@pytest.mark.parametrize("text", WILD, ids=range(len(WILD)))
def test_nothing_that_can_be_typed_is_an_error(protection: Any, text: str) -> None:
    counted(wanted(text), 1)
    list(ranked(wanted(text)))
    if wanted(text):
        first_of_many(wanted(text), "term", 0, 25)


@pytest.mark.parametrize(
    "word", ["1e400", "0x1f", "3m", "10th", "漢字", "שלום", "مرحبا", "straße", "İzmir", "²m", "r4v"]
)
def test_each_word_is_one_word_to_both_databases(db: None, word: str) -> None:
    record.term("odd", name_en=f"Before {word} after")
    assert found(word) == ["term odd"]


def test_many_records_cost_as_many_queries_as_one(db: None, django_assert_num_queries: Any) -> None:
    colombia = country("COL")
    several = [record.commitment(f"LAD-COL-91{n}", country=colombia) for n in range(3)]
    for commitment in several:
        record.indicator(commitment)
    declaration()
    with django_assert_num_queries(18):
        actions.change(colombia, by=STAGE, at=NOON, name_en="Columbia")


def test_sqlite_begins_with_the_words_and_not_with_all_of_a_kind(db: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL knows how many entries have a word.")
    plan = records(wanted("statute"), Kind.COMMITMENT).explain()
    assert ("commitments_searchwords" in plan, "kind=?" in plan) == (True, False)
