"""The descriptor of all files together: a Frictionless Data Package, version 2, made of the tables' declarations."""

from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation

from commitments.opendata.fields import Field, Kind, Table
from commitments.opendata.tables import TABLES

ABOUT = "The public record of the follow-up of the Los Angeles Declaration on Migration and Protection."
PROFILE = "https://datapackage.org/profiles/2.0"
#: A day, month, quarter, year or fiscal year: "2023-10-05", "2023-10", "2023-Q4", "2023", "2022-10-01/P1Y".
KNOWN_DAY = r"\d{4}(-Q[1-4]|-\d{2}(-\d{2}(/P1Y)?)?)?"
#: Types of the specification.
TYPES: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": "string"},
    Kind.NUMBER: {"type": "number"},
    Kind.WHOLE: {"type": "integer"},
    Kind.YES_NO: {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]},
    Kind.DAY: {"type": "date"},
    Kind.KNOWN_DAY: {"type": "string"},
    Kind.MOMENT: {"type": "datetime"},
    Kind.ADDRESS: {"type": "string", "format": "uri"},
}


def descriptor(on: date) -> dict[str, Any]:
    """The package as it stands on a day, in English; a licence only where one is decided."""
    with translation.override("en"):
        told: dict[str, Any] = {
            "$schema": f"{PROFILE}/datapackage.json",
            "name": "los-angeles-declaration-tracker",
            "title": "Los Angeles Declaration Tracker",
            "description": ABOUT,
            "homepage": f"{settings.SITE_URL}/en/data/",
            "version": on.isoformat(),
            "created": f"{on.isoformat()}T00:00:00Z",
            "contributors": [{"title": "Secretariat of the Los Angeles Declaration", "roles": ["publisher"]}],
            "sources": [{"title": "Los Angeles Declaration Tracker", "path": f"{settings.SITE_URL}/en/"}],
            "resources": [_resource(table) for table in TABLES.values()],
        }
    if settings.DATA_LICENCE:
        told["licenses"] = [{"name": settings.DATA_LICENCE, "path": settings.DATA_LICENCE_URL}]
    return told


def _resource(table: Table) -> dict[str, Any]:
    return {
        "$schema": f"{PROFILE}/dataresource.json",
        "name": table.name,
        "type": "table",
        "title": str(table.title),
        "description": str(table.about),
        "path": f"{table.name}.csv",
        "scheme": "http",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "$schema": f"{PROFILE}/tableschema.json",
            "fields": [_field(one, column) for one in table.fields for column in one.columns],
            "primaryKey": [table.primary],
            "foreignKeys": [
                {"fields": [name], "reference": {"resource": other, "fields": [there]}}
                for name, other, there in table.refers
            ],
            "missingValues": [""],
        },
    }


def _field(one: Field, column: str) -> dict[str, Any]:
    told = {"name": column, **TYPES[one.kind], "description": str(one.meaning)}
    limits: dict[str, Any] = {}
    if one.is_required:
        limits["required"] = True
    if one.kind is Kind.KNOWN_DAY:
        limits["pattern"] = KNOWN_DAY
    if one.values:
        limits["enum"] = list(one.values)
    return {**told, "constraints": limits} if limits else told
