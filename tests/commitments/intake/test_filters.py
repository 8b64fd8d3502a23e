"""Filters that never guess: every parameter is known, single, sound, or refused by name."""

from datetime import date
from typing import Any

import django_filters
import pytest
from django.contrib.contenttypes.models import ContentType
from django.http import QueryDict
from django.test import RequestFactory
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from commitments.intake.bounded import DayFilter, KeyFilter, WholeNumberFilter, YearFilter
from commitments.intake.filters import BadFilter, Chip, FilterProblem, SafeFilterSet, page_of

STATUSES = [("at_risk", "At risk"), ("off_track", "Off track")]


def kept(queryset: Any, name: str, value: object) -> Any:
    return queryset


class Things(SafeFilterSet):
    """Filters over any table at hand; what is tested is what gets through to it."""

    beside = {"page": None, "view": ("cards", "table")}

    q = django_filters.CharFilter(field_name="model", lookup_expr="icontains", label="Words")
    status = django_filters.MultipleChoiceFilter(choices=STATUSES, method=kept, label="Status")
    horizon = django_filters.ChoiceFilter(choices=[("Terms", [("short", "Short term")])], method=kept, label="Horizon")
    late = django_filters.BooleanFilter(method=kept, label="Late")
    year = YearFilter(method=kept, label="Year")
    due_after = DayFilter(method=kept, label="Due after")
    record = KeyFilter(field_name="pk", label="Record")
    most = WholeNumberFilter(method=kept, least=0, most=500, label="At most")
    kind = django_filters.ModelChoiceFilter(queryset=ContentType.objects.all(), method=kept, label="Kind")
    kinds = django_filters.ModelMultipleChoiceFilter(queryset=ContentType.objects.all(), method=kept, label="Kinds")
    order = django_filters.OrderingFilter(fields=["pk", "model"])

    class Meta:
        model = ContentType
        fields: list[str] = []


def things(query: str) -> Things:
    request = RequestFactory().get(f"/en/things/?{query}")
    return Things(request.GET, ContentType.objects.order_by("pk"), request=request)


def refused(query: str) -> tuple[str, str, str]:
    with pytest.raises(BadFilter) as caught:
        things(query)
    bad = caught.value
    return bad.name, bad.reason.value, bad.value


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "refusal"),
    [
        ("colour=red", ("colour", "unknown", "")),
        ("model__contains=x", ("model__contains", "unknown", "")),
        ("q__icontains=x", ("q__icontains", "unknown", "")),
        ("Status=at_risk", ("Status", "unknown", "")),
        ("utm=1", ("utm", "unknown", "")),
        ("q=a&q=b", ("q", "repeated", "a")),
        ("page=1&page=2", ("page", "repeated", "1")),
        ("status=at_risk&status=at_risk", ("status", "repeated", "at_risk")),
        ("status=late", ("status", "invalid", "late")),
        ("status=at_risk&status=late", ("status", "invalid", "late")),
        ("horizon=Terms", ("horizon", "invalid", "Terms")),
        ("late=maybe", ("late", "invalid", "maybe")),
        ("late=True", ("late", "invalid", "True")),
        ("year=0", ("year", "out_of_range", "0")),
        ("year=-1", ("year", "out_of_range", "-1")),
        ("year=99999", ("year", "out_of_range", "99999")),
        ("year=1e3", ("year", "invalid", "1e3")),
        ("year=٢٠٢٦", ("year", "invalid", "٢٠٢٦")),
        ("due_after=9999-12-31", ("due_after", "out_of_range", "9999-12-31")),
        ("due_after=1899-12-31", ("due_after", "out_of_range", "1899-12-31")),
        ("due_after=2026-02-30", ("due_after", "invalid", "2026-02-30")),
        ("due_after=11/12/2026", ("due_after", "invalid", "11/12/2026")),
        ("record=9223372036854775808", ("record", "out_of_range", "9223372036854775808")),
        ("record=0", ("record", "out_of_range", "0")),
        ("most=501", ("most", "out_of_range", "501")),
        ("kind=9223372036854775808", ("kind", "out_of_range", "9223372036854775808")),
        ("kind=x", ("kind", "invalid", "x")),
        ("kinds=1" + "0" * 30, ("kinds", "out_of_range", "1" + "0" * 30)),
        ("kind=999999999", ("kind", "invalid", "999999999")),
        ("order=secret", ("order", "invalid", "secret")),
        ("order=pk,secret", ("order", "invalid", "secret")),
        ("view=list", ("view", "invalid", "list")),
        ("q=a%00b", ("q", "hidden_characters", "a\ufffdb")),
        ("q=%E2%80%AE", ("q", "hidden_characters", "\ufffd")),
        ("q=%FF", ("q", "hidden_characters", "\ufffd")),
        ("q=%ED%A0%80", ("q", "hidden_characters", "\ufffd\ufffd\ufffd")),
        ("q=" + "a" * 201, ("q", "too_long", "a" * 80 + "…")),
        ("page=%00", ("page", "hidden_characters", "\ufffd")),
        ("a%00" + "b" * 100 + "=1", ("a\ufffd" + "b" * 78 + "…", "unknown", "")),
    ],
)
def test_what_the_list_does_not_know_is_refused_by_name(query: str, refusal: tuple[str, str, str]) -> None:
    assert refused(query) == refusal


@pytest.mark.django_db
def test_a_refusal_names_the_values_there_are() -> None:
    for query, allowed in (
        ("status=late", ("at_risk", "off_track")),
        ("horizon=long", ("short",)),
        ("late=1", ("true", "false")),
        ("view=list", ("cards", "table")),
        ("kind=x", ()),
        ("year=0", ()),
    ):
        with pytest.raises(BadFilter) as caught:
            things(query)
        assert caught.value.allowed == allowed


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    ["", "q=", "status=&year=&page=", "utm_source=x&utm_medium=y&fbclid=1&gclid=2", "page=3&view=table", "due_after="],
)
def test_empty_and_foreign_parameters_filter_nothing(query: str) -> None:
    assert things(query).in_force == {}
    assert things(query).qs.count() == ContentType.objects.count()


@pytest.mark.django_db
def test_sound_values_filter() -> None:
    kind = ContentType.objects.get(model="user")
    assert list(things("q=USER&order=-pk").qs.filter(app_label="accounts")) == [kind]
    assert list(things(f"record={kind.pk}").qs) == [kind]
    assert list(
        things(
            f"record={kind.pk}&kinds={kind.pk}&kind={kind.pk}&status=at_risk&status=off_track&late=true&year=2026"
        ).qs
    ) == [kind]
    assert things("due_after=2026-11-24").in_force == {"due_after": date(2026, 11, 24)}


@pytest.mark.django_db
def test_the_view_of_a_list_is_declared() -> None:
    assert (things("").beside_value("view"), things("view=table").beside_value("view")) == ("cards", "table")


@pytest.mark.django_db
def test_every_value_in_force_is_a_chip_with_a_way_out() -> None:
    kind = ContentType.objects.get(model="user")
    found = things(
        f"q=visa&status=at_risk&status=off_track&kind={kind.pk}&due_after=2026-11-24&order=pk&page=4&utm_id=1&view=table"
    )
    rest = f"kind={kind.pk}&due_after=2026-11-24&order=pk&view=table"
    assert found.chips()[:3] == [
        Chip("q", "visa", "Words: visa", f"/en/things/?status=at_risk&status=off_track&{rest}"),
        Chip("status", "at_risk", "Status: At risk", f"/en/things/?q=visa&status=off_track&{rest}"),
        Chip("status", "off_track", "Status: Off track", f"/en/things/?q=visa&status=at_risk&{rest}"),
    ]
    assert [chip.label for chip in found.chips()[3:]] == ["Due after: 24 Nov 2026", f"Kind: {kind}"]
    assert found.clear_url == "/en/things/?view=table"
    assert things("q=visa").chips()[0].url == "/en/things/"
    assert things("").chips() == []


@pytest.mark.django_db
def test_a_chip_of_a_grouped_choice_has_its_words_in_the_language_of_the_page() -> None:
    with override("es"):
        labels = [chip.label for chip in things("horizon=short&due_after=2026-11-24").chips()]
    assert [label.split()[-1] for label in labels] == ["term", "2026"]
    assert "24 nov. 2026" in labels[1]


@pytest.mark.django_db
def test_addresses_of_other_pages_keep_the_filters() -> None:
    found = things("q=a b&page=2&fbclid=x")
    assert found.address(page=3) == "/en/things/?q=a+b&page=3"
    assert found.address() == "/en/things/?q=a+b"


@pytest.mark.django_db
def test_an_unbound_filter_shows_everything() -> None:
    found = Things(None, ContentType.objects.order_by("pk"))
    assert found.qs.count() == ContentType.objects.count()
    assert found.in_force == {}
    assert found.address(view="table") == "?view=table"


@pytest.mark.parametrize(
    "wild",
    [
        django_filters.NumberFilter(),
        django_filters.DateFilter(),
        django_filters.DateTimeFilter(),
        django_filters.RangeFilter(),
        django_filters.DateFromToRangeFilter(),
        django_filters.DurationFilter(),
    ],
)
def test_filters_without_bounds_cannot_be_declared(wild: django_filters.Filter) -> None:
    unbounded = type("Wild", (Things,), {"wild": wild})
    with pytest.raises(TypeError, match="unbounded"):
        unbounded(QueryDict(""), ContentType.objects.all())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("0", "invalid"),
        ("-1", "invalid"),
        ("1.5", "invalid"),
        ("last", "invalid"),
        ("٢", "invalid"),
        ("01", "invalid"),
        ("9999", "out_of_range"),
        ("1" + "0" * 30, "out_of_range"),
        ("1" * 5000, "out_of_range"),
    ],
)
def test_a_page_that_is_none_is_refused(number: str, reason: str) -> None:
    with pytest.raises(BadFilter) as caught:
        page_of(ContentType.objects.order_by("pk"), number, 2)
    assert (caught.value.name, caught.value.reason) == ("page", FilterProblem(reason))


@pytest.mark.django_db
def test_pages_begin_at_one_and_end_at_the_last() -> None:
    rows = ContentType.objects.order_by("pk")
    last = -(-rows.count() // 2)
    assert list(page_of(rows, None, 2)) == list(page_of(rows, "", 2)) == list(page_of(rows, "1", 2)) == list(rows[:2])
    assert page_of(rows, str(last), 2).number == last
    with pytest.raises(BadFilter):
        page_of(rows, str(last + 1), 2)
    assert list(page_of(rows.none(), "1", 2)) == []


names = st.sampled_from([*Things.base_filters, "page", "view", "utm_x", "x", "pk__in", ""]) | st.text(max_size=20)
wild = st.text(max_size=30) | st.sampled_from(
    [
        "0",
        "-1",
        "1e400",
        "NaN",
        "9" * 40,
        "9999-12-31",
        "\x00",
        "\ud800",
        "at_risk",
        "true",
        "pk",
        "null",
        "1,2",
        "2026",
    ]
)


def outcome(query: QueryDict) -> BadFilter | Things:
    try:
        return Things(query, ContentType.objects.order_by("pk"))
    except BadFilter as bad:
        return bad


class AnyQuery(TestCase):
    @settings(max_examples=150, deadline=None)
    @given(st.lists(st.tuples(names, wild), max_size=6))
    def test_any_query_is_answered_or_refused_by_name(self, pairs: list[tuple[str, str]]) -> None:
        query = QueryDict(mutable=True)
        for name, value in pairs:
            query.appendlist(name, value)
        answer = outcome(query)
        if isinstance(answer, BadFilter):
            assert answer.name in {name for name, _ in pairs} or "\ufffd" in answer.name
            assert (answer.name + answer.value).isprintable()
        else:
            assert set(answer.data) <= {name for name, _ in pairs}
            assert len(list(answer.qs)) <= ContentType.objects.count()
            assert {chip.param for chip in answer.chips()} == set(answer.in_force)
