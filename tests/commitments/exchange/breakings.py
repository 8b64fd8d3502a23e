"""Slips of the hand: each changes one file of the record, and is refused with one line."""

from collections.abc import Callable
from typing import Any

Breaking = Callable[[Any], None]


def put(section: str, field: str, value: Any, number: int = 0) -> Breaking:
    """Set a field of a record, "a.b" within; a step may be a number."""

    def breaking(content: Any) -> None:
        thing = content[section][number]
        *way, last = field.split(".")
        for step in way:
            thing = thing[int(step) if step.isdigit() else step]
        thing[last] = value

    return breaking


def drop(section: str, field: str, number: int = 0) -> Breaking:
    """Leave a field of a record out."""

    def breaking(content: Any) -> None:
        del content[section][number][field]

    return breaking


COL, PERMITS = 1, 1  # the commitment on permits, and its indicator
CASES: dict[str, tuple[str, Breaking, str]] = {
    "a number where a text belongs": (
        "commitments.json",
        put("records", "title", 7, COL),
        "commitments.json: lad-2022-col-etpv: title: must be a text, not a number",
    ),
    "a text where a number belongs": (
        "indicators.json",
        put("records", "target.value", "1,500,000", PERMITS),
        "indicators.json: ind-col-permits: target.value: must be a number, not a text",
    ),
    "true where a number belongs": (
        "indicators.json",
        put("records", "baseline.value", True, PERMITS),
        "indicators.json: ind-col-permits: baseline.value: must be a number, not true or false",
    ),
    "a figure with more decimals than are kept": (
        "indicators.json",
        put("records", "target.value", 0.123456, PERMITS),
        "indicators.json: ind-col-permits: target.value: 0.123456 has more than four decimals",
    ),
    "a figure larger than any": (
        "indicators.json",
        put("records", "target.value", 10**15, PERMITS),
        "indicators.json: ind-col-permits: target.value: is larger than any figure that is kept",
    ),
    "an empty text": (
        "commitments.json",
        put("records", "title", "  ", COL),
        "commitments.json: lad-2022-col-etpv: title: is empty; write null where there is nothing to say",
    ),
    "a text longer than is kept": (
        "commitments.json",
        put("records", "made_at", "x" * 251, COL),
        "commitments.json: lad-2022-col-etpv: made_at: is 251 characters long; 250 are kept",
    ),
    "a control character": (
        "commitments.json",
        put("records", "notes", "a\x00b", COL),
        "commitments.json: lad-2022-col-etpv: notes: holds a control character",
    ),
    "a list where a record belongs": (
        "commitments.json",
        put("records", "source", [], COL),
        "commitments.json: lad-2022-col-etpv: source: must be a record, not a list",
    ),
    "a word outside its list": (
        "commitments.json",
        put("records", "status", "done", COL),
        'commitments.json: lad-2022-col-etpv: status: "done" is none of in_progress, completed, suspended, ended',
    ),
    "an unknown qualifier": (
        "indicators.json",
        put("records", "measurements.0.qualifier", "roughly", PERMITS),
        (
            'indicators.json: ind-col-permits: measurements[0].qualifier: "roughly" is none of exact, at_least, '
            "more_than, about, nearly, up_to, range, multiple"
        ),
    ),
    "a field that is missing": (
        "commitments.json",
        drop("records", "made_on", COL),
        "commitments.json: lad-2022-col-etpv: made_on: is missing",
    ),
    "a field that nobody knows": (
        "commitments.json",
        put("records", "colour", "red", COL),
        "commitments.json: lad-2022-col-etpv: colour: is a field that nobody knows; it would be lost",
    ),
    "a field that nobody knows inside a source": (
        "commitments.json",
        put("records", "source.doi", "10.1/x", COL),
        "commitments.json: lad-2022-col-etpv: source.doi: is a field that nobody knows; it would be lost",
    ),
    "a record that is there twice": (
        "commitments.json",
        put("records", "id", "lad-2022-blz-regularization", COL),
        "commitments.json: lad-2022-blz-regularization: is there twice",
    ),
    "a month that does not exist": (
        "commitments.json",
        put("records", "made_on", "2022-13", COL),
        'commitments.json: lad-2022-col-etpv: made_on: "2022-13" is not a date: month must be in 1..12',
    ),
    "a day that does not exist": (
        "commitments.json",
        put("records", "due_on", "2022-02-30", COL),
        'commitments.json: lad-2022-col-etpv: due_on: "2022-02-30" is not a date: day is out of range for month',
    ),
    "a date that is none": (
        "meetings.json",
        put("records", "start", "soon", 0),
        (
            'meetings.json: r4v-2021-12-launch: start: "soon" is not a date such as 2023, 2023-Q4, 2023-10, 2023-10-05 '
            "or 2022-10-01/P1Y."
        ),
    ),
    "a date in another age": (
        "commitments.json",
        put("records", "made_on", "0202-06-10", COL),
        'commitments.json: lad-2022-col-etpv: made_on: "0202-06-10" lies outside the years 1900 to 2200',
    ),
    "a precision that does not go with its date": (
        "commitments.json",
        put("records", "made_on_precision", "month", COL),
        'commitments.json: lad-2022-col-etpv: made_on_precision: "month" does not go with the date "2022-06-10"',
    ),
    "a precision without a date": (
        "commitments.json",
        put("records", "due_on", None, COL),
        "commitments.json: lad-2022-col-etpv: due_on_precision: is given without a date",
    ),
    "an address that is none": (
        "commitments.json",
        put("records", "source.url", "javascript:alert(1)", COL),
        'commitments.json: lad-2022-col-etpv: source.url: "javascript:alert(1)" is not a web address',
    ),
    "a country that does not exist": (
        "commitments.json",
        put("records", "declaring_actor.iso3", "XXX", COL),
        'commitments.json: lad-2022-col-etpv: declaring_actor.iso3: there is no country "XXX"',
    ),
    "a mechanism that does not exist": (
        "commitments.json",
        put("records", "mechanism", "NAFTA", COL),
        'commitments.json: lad-2022-col-etpv: mechanism: there is no mechanism "NAFTA"',
    ),
    "a workstream that does not exist": (
        "commitments.json",
        put("records", "workstream", 12, COL),
        'commitments.json: lad-2022-col-etpv: workstream: there is no workstream "12"',
    ),
    "a related commitment that does not exist": (
        "commitments.json",
        put("records", "related", ["lad-2099-nothing"], COL),
        'commitments.json: lad-2022-col-etpv: related[0]: there is no commitment "lad-2099-nothing"',
    ),
    "a commitment related to itself": (
        "commitments.json",
        put("records", "related", ["lad-2022-col-etpv"], COL),
        "commitments.json: lad-2022-col-etpv: related: names the commitment itself",
    ),
    "an indicator of a commitment that does not exist": (
        "indicators.json",
        put("records", "commitment", "lad-2099-nothing", PERMITS),
        'indicators.json: ind-col-permits: commitment: there is no commitment "lad-2099-nothing"',
    ),
    "a status half told": (
        "commitments.json",
        put("records", "status", None, COL),
        "commitments.json: lad-2022-col-etpv: status_as_of: is given without a status",
    ),
    "a measurement without figure and words": (
        "indicators.json",
        put("records", "measurements.0.value", None, PERMITS),
        "indicators.json: ind-col-permits: measurements[0].value: is empty and there are no words",
    ),
    "a figure that is not comparable, without why": (
        "indicators.json",
        put("records", "measurements.0.comparable", False, PERMITS),
        (
            "indicators.json: ind-col-permits: measurements[0].comparable_why: is missing for a figure that is not "
            "comparable"
        ),
    ),
    "a target that is a value and a range": (
        "indicators.json",
        put("records", "target.value_min", 1, PERMITS),
        "indicators.json: ind-col-permits: target.value: is given beside a range",
    ),
    "a time zone that does not exist": (
        "countries.json",
        put("countries", "time_zone", "America/Nowhere", 0),
        'countries.json: ATG: time_zone: "America/Nowhere" is not a time zone',
    ),
    "a language that is missing": (
        "countries.json",
        put("countries", "names", {"en": "Antigua", "es": "Antigua", "pt": "Antígua"}, 0),
        "countries.json: ATG: names.fr: is missing",
    ),
    "two countries with one code": (
        "countries.json",
        put("countries", "iso2", "AR", 0),
        'countries.json: ARG: iso2: "AR" belongs to another country already',
    ),
    "a country with two roles in one group": (
        "workstreams.json",
        put("workstreams", "participants", ["CHL"], 0),
        "workstreams.json: 1: CHL has more than one role",
    ),
    "an alignment that names nothing": (
        "working_groups.json",
        put("working_groups", "workstreams", [], 0),
        "working_groups.json: MIRPS-1: workstreams: is empty although the group matches a workstream",
    ),
    "a presidency of nobody": (
        "governance.json",
        put("presidencies", "country", "XXX", 0),
        'governance.json: LAD XXX 2024-09-25: country: there is no country "XXX"',
    ),
    "a secretariat of nobody known": (
        "governance.json",
        put("roles", "who", "somebody", 2),
        "governance.json: Technical Secretariat: who: names no organization that organizations.csv knows",
    ),
    "a count that does not agree": (
        "commitments.json",
        lambda content: content["records"].pop(),
        "commitments.json: count: says 89, the file holds 88",
    ),
    "another format": (
        "commitments.json",
        lambda content: content.update(format=2),
        "commitments.json: format: must lie between 1 and 1, not 2",
    ),
    "records that are no list": (
        "commitments.json",
        lambda content: content.update(records={}),
        "commitments.json: records: must be a list",
    ),
    "no records at all": (
        "commitments.json",
        lambda content: content.pop("records"),
        "commitments.json: records: is missing",
    ),
    "a word of the glossary about a pillar that is not there": (
        "terms.json",
        put("concepts", "pillar", 9),
        'terms.json: migrant: pillar: there is no pillar "9"',
    ),
    "a definition without its source": (
        "terms.json",
        drop("concepts", "definition_source", 1),
        "terms.json: refugee: definition_source: and the definition go together",
    ),
    "a word used by one mechanism that nobody names": (
        "terms.json",
        put("concepts", "agreement", "one_mechanism"),
        "terms.json: migrant: mechanism: is missing although one mechanism uses the word",
    ),
}
