"""What changed in who belongs to, chairs and serves a mechanism, told in words."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from commitments.formats.language import Text, language_of, written_in
from commitments.history.languages import with_language_of_reason
from commitments.history.queries import Track, timeline
from commitments.history.telling import (
    Column,
    Reader,
    Record,
    Telling,
    choice,
    day,
    document,
    lines_of,
    read_names,
    reference,
)
from commitments.history.together import together
from commitments.history.wording import HistoryItem, moment, who
from commitments.mechanisms.enums import AdherenceKind
from commitments.mechanisms.models import Adherence, Country, Mechanism, Organization, Presidency, Secretariat
from commitments.sources.models import Source


def _headline(label: Any, model: type[Any], name: str) -> Callable[[Any, Telling], tuple[str, Text]]:
    """A record is told as new or gone by whose it is."""
    return lambda row, telling: (str(label), telling.named(model, getattr(row, name)))


def _note(name: str) -> Column:
    """The note on a record, in the language that it is written in."""
    show = lambda row, telling: telling.recorded(getattr(row, name), row.note_language)  # noqa: E731
    return Column(gettext_lazy("Note"), (name,), show, is_text=True)


def _record(model: type[Any], label: Any, of: type[Any], name: str, *more: Any) -> Record:
    columns = (
        *more,
        reference(label, name, of),
        day(gettext_lazy("Since"), "since"),
        day(gettext_lazy("Until"), "until"),
        reference(gettext_lazy("Source"), "source_id", Source),
    )
    return Record(model, columns, _headline(label, of, name))


RECORDS = {
    record.model: record
    for record in (
        _record(
            Adherence,
            pgettext_lazy("record", "Country"),
            Country,
            "country_id",
            choice(gettext_lazy("How it belongs"), "kind", lambda value: str(AdherenceKind(value).label)),
            day(gettext_lazy("As of"), "as_of"),
            _note("reason"),
        ),
        _record(Presidency, pgettext_lazy("record", "Presidency pro tempore"), Country, "country_id", _note("note")),
        _record(Secretariat, pgettext_lazy("record", "Technical secretariat"), Organization, "organization_id"),
    )
}


READERS: dict[type[Any], Reader] = {
    Country: Reader(Country.objects.all),
    Organization: Reader(Organization.objects.all),
    Source: Reader(Source.objects.all, document),
}


def mechanism_history(mechanism: Mechanism) -> list[HistoryItem]:
    """All that happened, newest first, as everybody may read it. The number of queries is constant."""
    language = language_of(get_language())
    past = {model.__name__: model.history.filter(mechanism_id=mechanism.pk) for model in RECORDS}
    rows = together(**{name: with_language_of_reason(rows) for name, rows in past.items()})
    tracks = [Track(rows[model.__name__], record.fields) for model, record in RECORDS.items()]
    entries = timeline(tracks, public=True)
    telling = Telling(language, read_names(entries, RECORDS, READERS, language))
    return [
        HistoryItem(
            at=entry.at,
            time=moment(entry.at, language),
            who=who(entry, {}, {}, {}),
            what="",
            changes=tuple(line for edit in entry.edits for line in lines_of(edit, RECORDS[edit.model], telling)),
            reason=written_in(entry.public_reason, entry.reason_in, language),
        )
        for entry in entries
    ]
