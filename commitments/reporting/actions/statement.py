"""What a country says on its page in its own words: published at once, taken back at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from commitments.formats.dates import site_day
from commitments.history import actions as history
from commitments.history.actions import EditedMeanwhileError
from commitments.mechanisms.models import Country
from commitments.reporting.models import CountryStatement
from commitments.roles.actor import Actor

#: The languages that it may be said in.
LANGUAGES = ("en", "es", "pt", "fr")


def say(
    *, country: Country, texts: Mapping[str, str], by: Actor, at: datetime, version: int | None = None
) -> CountryStatement:
    """Publish a country's own words, by language; `version` is the one read, 0 where none stood there.

    Raises history.actions.EditedMeanwhileError.
    """
    columns = {f"text_{code}": texts.get(code, "") for code in LANGUAGES}
    with transaction.atomic():
        # The country's row is the lock of a statement that does not exist yet.
        Country.objects.select_for_update().get(pk=country.pk)
        said = CountryStatement.objects.filter(country=country).first()
        if said is not None and version == 0:
            raise EditedMeanwhileError(said, columns)
        if said is None:
            return history.create(CountryStatement(country=country, said_on=site_day(at), **columns), by=by, at=at)
        return history.change(said, by=by, at=at, version=version, said_on=site_day(at), **columns)


def take_back_statement(*, statement: CountryStatement, version: int, by: Actor, at: datetime) -> CountryStatement:
    """Take the country's words off its page; the history keeps them. Raises EditedMeanwhileError."""
    empty: dict[str, Any] = {f"text_{code}": "" for code in LANGUAGES}
    return history.change(statement, by=by, at=at, version=version, said_on=site_day(at), **empty)
