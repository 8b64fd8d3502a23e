"""Each record of the files built again from the database alone, in the form of the files."""

from datetime import date
from typing import Any

from commitments.formats.language import LANGUAGES
from commitments.formats.partial import PartialDate, Precision
from commitments.glossary.models import Term
from commitments.mechanisms.models import Adherence, Country, Mechanism, OrganizationKind, Presidency
from commitments.meetings.models import Meeting
from commitments.sources.models import Source
from commitments.working_groups.models import GroupRole, Pillar, Theme, WorkingGroup


def names(row: Any, field: str = "name") -> dict[str, str]:
    """A text in its four languages."""
    return {language: getattr(row, f"{field}_{language}") for language in LANGUAGES}


def written(first: date | None, precision: str) -> str | None:
    """A date as the files write it."""
    return PartialDate(first, Precision(precision)).iso() if first else None


def iso(day: date | None) -> str | None:
    """A day as the files write it."""
    return day.isoformat() if day else None


def given(**fields: Any) -> dict[str, Any]:
    """The optional fields that a record has."""
    return {name: value for name, value in fields.items() if value not in (None, "", {}, [])}


def source(row: Source | None) -> dict[str, Any] | None:
    """A source."""
    if row is None:
        return None
    told = {name: getattr(row, name) or None for name in ("title", "url", "publisher", "published", "language")}
    return told | given(other_languages=row.other_languages, note=row.note)


def country(row: Country) -> dict[str, Any]:
    """A record of countries.json."""
    return {
        "iso3": row.iso3,
        "iso2": row.iso2,
        "kind": row.kind,
        "names": {**names(row), "en": row.listed_name_en or row.name_en},
        "region": row.region,
        "subregion": row.subregion,
        "oas_member": row.is_oas_member,
        "caricom_member": row.is_caricom_member,
        "tile": {"row": row.tile_row, "col": row.tile_column},
        "source": row.cited_in,
        "time_zone": row.time_zone,
        **given(note=row.note, display_en=row.name_en if row.listed_name_en else None),
    }


def mechanism(row: Mechanism) -> dict[str, Any]:
    """A record of mechanisms.json: the hosts are those that the policy paper names, without date or source."""
    hosts = [s.organization for s in row.secretariats.filter(source=None).order_by("id")]
    holder = row.presidency_holder
    return {
        "code": row.code,
        "name": names(row),
        "aliases": row.aliases,
        "kind": row.kind,
        "focus": row.focus,
        "objective": row.objective,
        "presidency": {
            "type": row.presidency_type,
            "term": row.presidency_term or None,
            "rule": row.presidency_rule,
            **given(holder_at_time_of_paper=holder.iso3 if holder else None, as_of=row.presidency_as_of),
        },
        "technical_secretariat": {
            "exists": row.has_secretariat,
            "hosts": [{"code": host.code, "name": host.name} for host in hosts],
        },
        "has_working_groups": row.has_working_groups,
        "source": row.cited_in,
        **given(note=row.note, adopted=iso(row.adopted_on), working_groups_agreed=iso(row.groups_agreed_on)),
    }


def membership(row: Adherence) -> dict[str, str]:
    """A row of memberships.csv."""
    return {
        "mechanism": row.mechanism.code,
        "iso3": row.country.iso3,
        "status": "endorser" if row.kind == "endorsing" else row.kind,
        "since": written(row.since, row.since_precision) or "",
        "since_precision": row.since_precision,
        "fig1": row.figure1_claim,
        "fig2": row.figure2_claim,
        "resolved": row.resolved,
        "source": row.cited_in,
        "reason": row.reason,
    }


def kind_of_organization(row: OrganizationKind) -> dict[str, Any]:
    """A stakeholder of terms.json."""
    return {"code": row.code, "name": names(row), "role": row.role_text, "source": row.cited_in}


def theme(row: Theme) -> dict[str, Any]:
    """A theme of terms.json."""
    links = row.group_links.order_by("id").select_related("group")
    told = {"code": row.code, "name": names(row), "group": row.theme_group, "source": row.cited_in}
    return {**told, "workstreams": [link.group.number for link in links], **given(note=row.note)}


def term(row: Term) -> dict[str, Any]:
    """A concept, or people, of terms.json. That concepts lack a definition is what their list says."""
    is_concept = row.kind == "concept"
    definition = {language: text for language, text in names(row, "definition").items() if text}
    return {
        "code": row.code,
        "name": names(row),
        "source": row.cited_in,
        **({"why": names(row, "why"), "explicit": row.is_explicit} if is_concept else {}),
        **given(
            plain=names(row, "sentence"),
            agreement="" if is_concept and row.agreement == "none" else row.agreement,
            mechanism=row.mechanism.code if row.mechanism else None,
            definition=definition,
            definition_source=source(row.definition_source),
            definition_place=row.definition_place,
            pillar=row.pillar.number if row.pillar else None,
        ),
    }


def pillar(row: Pillar) -> dict[str, Any]:
    """A pillar of workstreams.json."""
    return {
        "number": row.number,
        "code": row.code,
        "name": names(row),
        "other_names_in_paper": row.other_names,
        "has_workstreams": row.has_working_groups,
        "workstreams": [group.number for group in row.groups.order_by("number")],
        "purpose": row.purpose_en,
        "source": row.cited_in,
        **given(note=row.note),
    }


def _holders(group: WorkingGroup, *roles: str) -> list[str]:
    held = GroupRole.objects.filter(group=group, role__in=roles, country__isnull=False).order_by("id")
    return [role.country.iso3 for role in held]


def workstream(row: WorkingGroup) -> dict[str, Any]:
    """A workstream of workstreams.json."""
    return {
        "number": row.number,
        "code": row.code,
        "pillar": row.pillar.number,
        "name": names(row),
        "purpose": row.purpose_en,
        "leads": _holders(row, "lead"),
        "co_leads": _holders(row, "co_lead"),
        "participants": _holders(row, "participant"),
        "name_in_figure1": row.name_in_figure1,
        "gcm_objectives": row.gcm_objectives,
        "gcr_objectives": row.gcr_objectives,
        "sdg_targets": row.sdg_targets,
        "source": row.cited_in,
        **given(note=row.note),
    }


def other_group(row: WorkingGroup) -> dict[str, Any]:
    """A record of working_groups.json. Organizations that lead stand there by a name of theirs."""
    bodies = GroupRole.objects.filter(group=row, organization__isnull=False).order_by("id")
    alignments = list(row.alignments.order_by("id"))
    pillars = {alignment.pillar.number if alignment.pillar else None for alignment in alignments}
    return {
        "id": row.code,
        "mechanism": row.mechanism.code,
        "number_fig1": row.number_in_figure1,
        "number_fig3": row.number_in_figure3,
        "name": names(row),
        "leads": _holders(row, "lead", "co_lead"),
        "lead_organisations": [
            role.organization.other_names[0] if role.organization.other_names else role.organization.name
            for role in bodies
        ],
        "alignment": {alignment.kind for alignment in alignments}.pop(),
        "workstreams": [a.workstream.number for a in alignments if a.workstream],
        "pillar": pillars.pop(),
        "focus": row.focus,
        "source": row.cited_in,
        **given(note=row.note, lead_claims=row.lead_claims, co_led=row.is_co_led or None),
    }


def meeting(row: Meeting) -> dict[str, Any]:
    """A record of meetings.json."""
    return {
        "id": row.reference_id,
        "title": row.title_en,
        "start": written(row.start, row.start_precision),
        "end": written(row.end, row.end_precision),
        "date_precision": row.start_precision,
        "place": row.place or None,
        "country": row.country.iso3 if row.country else row.country_code or None,
        "mechanism": row.mechanism.code if row.mechanism else "OTHER",
        "kind": row.kind,
        "state": row.state,
        "hosts": row.hosts,
        "outcome": row.outcome or None,
        "source": source(row.source),
        "verified": row.is_verified,
        "notes": row.notes or None,
    }


def presidency(row: Presidency) -> dict[str, Any]:
    """A presidency of governance.json."""
    told = {"mechanism": row.mechanism.code, "country": row.country.iso3, "source": source(row.source)}
    return {**told, "start": written(row.since, row.since_precision), **given(note=row.note)}
