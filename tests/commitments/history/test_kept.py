"""What is kept for a version of the record: read once for pages, anew after every change, and never elsewhere."""

from typing import Any

import pytest
from django.db import connection
from django.template import RequestContext, Template
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from commitments.history import actions, kept
from commitments.mechanisms.models import Country
from commitments.public.queries.places import country_names
from tests.cast import NOON, STAGE, Cast, country
from tests.factories import record

pytestmark = pytest.mark.django_db


def names(client: Client, path: str = "/en/commitments/") -> str:
    return client.get(path).content.decode()


def test_a_new_name_shows_on_the_next_page_of_a_process_that_kept_the_old_one(client: Client, cast: Cast) -> None:
    assert "Colombia" in names(client)
    assert "Colombia" in names(client)
    actions.change(cast.colombia, by=STAGE, at=NOON, name_en="Gran Colombia")
    assert "Gran Colombia" in names(client)
    country("CHL", "CL", "Chile")
    assert "Chile" in names(client)


def test_another_language_has_its_own_names(client: Client, cast: Cast) -> None:
    actions.change(cast.colombia, by=STAGE, at=NOON, name_en="The name", name_es="El nombre")
    assert "The name" in names(client)
    assert "El nombre" in names(client, "/es/commitments/")


def test_it_is_read_once_for_a_version_of_the_record(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        for _page in range(3):
            with kept.page_made():
                assert country_names("en") is country_names("en")
    assert len(asked) == 4, "the version for each page, and the names once"


def test_a_form_and_a_task_read_the_record_itself(cast: Cast) -> None:
    with kept.page_made():
        country_names("en")
    # Past the write path, which would leave a mark.
    Country._base_manager.filter(pk=cast.colombia.pk).update(name_en="Told to nobody")
    assert country_names("en")[cast.colombia.pk].text == "Told to nobody"


def test_a_change_by_another_process_counts_between_two_pages(cast: Cast) -> None:
    with kept.page_made():
        before = country_names("en")[cast.colombia.pk].text
    actions.change(cast.colombia, by=STAGE, at=NOON, name_en="Changed meanwhile")
    with kept.page_made():
        assert country_names("en")[cast.colombia.pk].text == "Changed meanwhile" != before


def test_many_things_are_made_at_once_and_come_in_the_order_asked_for(cast: Cast) -> None:
    asked: list[list[int]] = []

    def make(missing: list[int]) -> dict[int, str]:
        asked.append(missing)
        return {key: f"row {key}" for key in sorted(missing) if key != 7}

    with kept.page_made():
        assert kept.each_kept("rows", [2], make) == {2: "row 2"}
        assert list(kept.each_kept("rows", [3, 2, 7, 1], make).values()) == ["row 3", "row 2", "row 1"]
        assert kept.each_kept("other rows", [2], make) == {2: "row 2"}
    assert list(kept.each_kept("rows", [3, 1], make)) == [3, 1], "outside a page nothing is kept"
    assert asked == [[2], [3, 7, 1], [2], [3, 1]]


def test_a_row_of_a_list_shows_the_title_and_the_status_that_it_has_now(client: Client, cast: Cast) -> None:
    row = record.commitment("LAD-COL-901", country=cast.colombia, group=cast.labour, title_en="The old title")
    lists = ("/en/commitments/", "/en/countries/COL/", "/en/working-groups/labor-mobility/")
    for path in lists:
        assert "The old title" in names(client, path)
    actions.change(row, by=STAGE, at=NOON, title_en="The new title")
    for path in lists:
        assert "The new title" in names(client, path)
        assert "The old title" not in names(client, path)
    actions.change(row, by=STAGE, at=NOON, life_cycle="withdrawn")
    assert "Withdrawn" in names(client)


def test_a_row_leaves_out_what_its_own_page_says(client: Client, cast: Cast) -> None:
    record.commitment("LAD-COL-901", country=cast.colombia, group=cast.labour)
    in_the_register = names(client).split('class="row-text">')[1].partition("</span>")[0]
    on_its_country = names(client, "/en/countries/COL/").split('class="row-text">')[1].partition("</span>")[0]
    assert "Colombia" in in_the_register
    assert "Colombia" not in on_its_country


def drawn(template: Template, **named: Any) -> str:
    """A piece of a public page, drawn as on a page of its own."""
    with kept.page_made():
        return str(template.render(RequestContext(RequestFactory().get("/"), named)))


def test_a_piece_is_kept_by_its_place_its_values_and_the_language(cast: Cast) -> None:
    one, other = (Template("{% keep name %}{{ word }}{% endkeep %}") for _place in range(2))
    assert [drawn(one, name="a", word=word) for word in ("first", "second")] == ["first", "first"]
    assert drawn(one, name="b", word="second") == "second"
    assert drawn(other, name="a", word="second") == "second"
    with override("es"):
        assert drawn(one, name="a", word="tercero") == "tercero"
    assert drawn(one, name="a", word="fourth") == "first"


def test_a_piece_with_a_failed_part_in_it_is_not_kept(cast: Cast, settings: Any) -> None:
    settings.PARTS_FAIL_ALONE = True
    piece = Template("{% load parts %}{% keep %}{% part 'Figures' %}{{ day|long_date }}{% endpart %}{% endkeep %}")
    assert "This part cannot be shown at the moment." in drawn(piece, day="no day")
    assert drawn(piece, day=NOON.date()) == "24 November 2026"
