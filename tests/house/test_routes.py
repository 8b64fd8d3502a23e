"""Every address is on the public list or refuses strangers: a walk over the table of addresses itself."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from commitments.history import actions
from commitments.indicators.models import Indicator, Milestone
from commitments.mechanisms.models import Adherence, OfficeSettings, Organization, Thresholds
from commitments.meetings.models import Meeting
from commitments.mistakes.models import MistakeReport
from commitments.notices.actions import owe
from commitments.register.models import CommitmentSource
from commitments.reporting.models import PrintedReport, ProgressReport, ReportCorrection, ReportEntry
from commitments.sources import storing
from commitments.working_groups.models import GroupRole
from tests.cast import NOON, STAGE, Cast
from tests.factories import record, rows

#: Public addresses with a filter of their own, which refuses what it does not know; the others name what they read.
FILTERED = {
    "public:search",
    "public:late",
    "public:late-file",
    "public:commitments",
    "public:commitments-file",
    "public:indicators-file",
    "public:figures-file",
    "public:indicators",
    "public:indicator",
    "public:countries",
    "public:countries-file",
    "public:compare",
    "public:matrix",
    "public:meetings",
    "public:meetings-file",
    "public:meetings-ics",
    "public:changes",
}
PUBLIC = {
    "choose-language",
    "healthz",
    "readyz",
    "robots",
    "file",
    "sitemap",
    "sitemap-section",
    "data-csv",
    "data-json",
    "data-package",
    "public:overview",
    "public:late",
    "public:search",
    "public:late-file",
    "public:commitments-file",
    "public:figures-file",
    "public:indicators-file",
    "public:countries-file",
    "public:working-groups-file",
    "public:meetings-file",
    "public:commitments",
    "public:commitment",
    "public:commitment-history",
    "public:indicators",
    "public:indicator",
    "public:indicator-csv",
    "public:indicator-json",
    "public:indicator-history",
    "public:embed-status",
    "public:commitment-dates",
    "public:embed-commitment",
    "public:svg-commitment",
    "public:png-commitment",
    "public:embed-map",
    "public:embed-pillars",
    "public:embed-matrix",
    "public:svg-map",
    "public:svg-pillars",
    "public:svg-matrix",
    "public:png-map",
    "public:png-pillars",
    "public:png-matrix",
    "public:pillars-file",
    "public:embed-indicator",
    "public:embed-country",
    "public:svg-status",
    "public:svg-indicator",
    "public:svg-country",
    "public:png-status",
    "public:png-indicator",
    "public:png-country",
    *(
        f"public:{form}-{kind}"
        for form in ("embed", "svg", "png")
        for kind in ("by-country", "breakdown", "pillar", "reports", "group", "group-reports", "mechanism")
    ),
    "public:countries",
    "public:country",
    "public:compare",
    "public:working-groups",
    "public:working-group",
    "public:working-group-history",
    "public:pillars",
    "public:pillar",
    "public:mechanisms",
    "public:mechanism",
    "public:mechanism-history",
    "public:matrix",
    "public:matrix-groups-csv",
    "public:matrix-members-csv",
    "public:cycles",
    "public:cycle",
    "public:cycle-json",
    "public:cycle-csv",
    "public:meetings",
    "public:meetings-ics",
    "public:meeting",
    "public:report",
    "public:report-file",
    "public:reports-csv",
    "public:check",
    "public:check-code",
    "public:totals",
    "public:totals-csv",
    "public:changes",
    "public:changes-feed",
    "public:country-changes-feed",
    "public:data",
    "public:data-dictionary",
    "public:glossary",
    "public:term",
    "public:membership",
    "public:accessibility",
    "public:privacy",
    "public:contact",
    "public:mistake-received",
    "public:about",
    "public:releases",
    "public:method",
}
#: For anybody, with a form that stores something.
FORMS = {"public:report-a-mistake"}
SIGNED_OUT = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "accept-invitation",
}
EVERYBODY = {
    "administrator",
    "secretary",
    "second_secretary",
    "focal_colombia",
    "deputy_colombia",
    "focal_canada",
    "lead_labour",
    "reader",
    "outsider",
}
OFFICE = {"secretary", "second_secretary"}
COLOMBIA = {"focal_colombia", "deputy_colombia"}
ADMINISTRATOR = {"administrator"}
#: Who may open each page of the workspace, in a world where everything belongs to Colombia and the labour group.
MAY = {
    "account": EVERYBODY,
    "account_change_password": EVERYBODY,
    "workspace:tasks": EVERYBODY,
    "workspace:records": EVERYBODY,
    "workspace:accepted-figures": EVERYBODY - {"outsider"},
    "workspace:update-indicator": OFFICE | COLOMBIA,
    "workspace:check-update": OFFICE | COLOMBIA,
    "workspace:update-receipt": OFFICE | COLOMBIA,
    "workspace:autosave-update": OFFICE | COLOMBIA,
    "workspace:preview-update": OFFICE | COLOMBIA,
    "workspace:propose-again": COLOMBIA | {"lead_labour"},
    "workspace:confirm": COLOMBIA,
    "workspace:group-report": {"lead_labour"},
    "workspace:autosave-group-report": {"lead_labour"},
    "workspace:check-group-report": {"lead_labour"},
    "workspace:group-report-receipt": {"lead_labour"},
    "workspace:report-reading": OFFICE | {"lead_labour"},
    "workspace:group-documents": {"lead_labour"},
    "workspace:report-files": OFFICE | {"lead_labour"},
    "workspace:correct-report": OFFICE | {"lead_labour"},
    "workspace:review-correction": OFFICE,
    "workspace:report-file": OFFICE | {"lead_labour"},
    "workspace:country-report": OFFICE | COLOMBIA,
    "workspace:report-section": OFFICE | COLOMBIA,
    "workspace:report-place": OFFICE | COLOMBIA,
    "workspace:autosave-report": OFFICE | COLOMBIA,
    "workspace:check-report": OFFICE | COLOMBIA,
    "workspace:report-receipt": OFFICE | COLOMBIA,
    "workspace:confirm-report": COLOMBIA,
    "workspace:report-on-behalf": OFFICE,
    "workspace:review": OFFICE,
    "workspace:translations": OFFICE,
    "workspace:translate-summary": OFFICE,
    "workspace:withdraw": OFFICE,
    "workspace:texts": OFFICE,
    "workspace:translate": OFFICE,
    "workspace:review-measurement": OFFICE,
    "workspace:review-report": OFFICE,
    "workspace:review-country-report": OFFICE,
    "workspace:review-indicator": OFFICE,
    "account_carry_on": EVERYBODY,
    "account_stay": EVERYBODY,
    "workspace:file": OFFICE | COLOMBIA | {"lead_labour"},
    "workspace:commitment-evidence": OFFICE,
    "workspace:commitment-milestones": OFFICE,
    "workspace:milestone-step": OFFICE,
    "workspace:commitment-sources": OFFICE,
    "workspace:record-told": OFFICE,
    "workspace:told-step": OFFICE,
    "workspace:organizations": OFFICE,
    "workspace:new-organization": OFFICE,
    "workspace:organization-step": OFFICE,
    "workspace:mechanisms": OFFICE,
    "workspace:mechanism": OFFICE,
    "workspace:record-belonging": OFFICE,
    "workspace:belonging-step": OFFICE,
    "workspace:new-commitment": OFFICE | {"lead_labour"},
    "workspace:edit-commitment": OFFICE | {"lead_labour"},
    "workspace:status-by-hand": OFFICE,
    "workspace:propose-indicator": OFFICE | COLOMBIA | {"lead_labour"},
    "workspace:commitment-indicators": OFFICE | COLOMBIA | {"lead_labour"},
    "workspace:propose-revision": OFFICE | COLOMBIA | {"lead_labour"},
    "workspace:preview-revision": OFFICE | COLOMBIA | {"lead_labour"},
    "workspace:revision": OFFICE | COLOMBIA | {"lead_labour"},
    "workspace:review-revision": OFFICE,
    "workspace:board": OFFICE,
    "workspace:cycles": OFFICE,
    "workspace:new-cycle": OFFICE,
    "workspace:cycle": OFFICE,
    "workspace:change-cycle": OFFICE,
    "workspace:extend-cycle": OFFICE,
    "workspace:close-cycle": OFFICE,
    "workspace:chase": OFFICE,
    "workspace:commitment-life": OFFICE,
    "workspace:preview-commitment": OFFICE | {"lead_labour"},
    "workspace:preview-indicator": OFFICE | COLOMBIA | {"lead_labour"},
    "workspace:commitment-links": OFFICE | {"lead_labour"},
    "workspace:meetings": OFFICE | {"lead_labour"},
    "workspace:new-meeting": OFFICE | {"lead_labour"},
    "workspace:edit-meeting": OFFICE | {"lead_labour"},
    "workspace:meeting-step": OFFICE | {"lead_labour"},
    "workspace:groups": OFFICE,
    "workspace:group": OFFICE,
    "workspace:record-in-group": OFFICE,
    "workspace:group-step": OFFICE,
    "workspace:notices": OFFICE,
    "workspace:send-again": OFFICE,
    "workspace:mistakes": OFFICE,
    "workspace:mistake-state": OFFICE,
    "workspace:users": ADMINISTRATOR,
    "workspace:person": ADMINISTRATOR,
    "workspace:invite": ADMINISTRATOR,
    "workspace:invite-again": ADMINISTRATOR,
    "workspace:appoint": ADMINISTRATOR,
    "workspace:end-access": ADMINISTRATOR,
    "workspace:appointment-dates": ADMINISTRATOR,
    "workspace:appoint-deputy": ADMINISTRATOR,
    "workspace:end-appointment": ADMINISTRATOR,
    "workspace:audit": OFFICE | ADMINISTRATOR,
    "workspace:audit-entry": OFFICE | ADMINISTRATOR,
    "workspace:audit-export": OFFICE | ADMINISTRATOR,
    "workspace:statement": COLOMBIA | {"focal_canada"},
    "workspace:hand-over": COLOMBIA | {"focal_canada", "lead_labour"},
    "workspace:deputy": {"focal_colombia"},
    "workspace:appointment-hand-over": ADMINISTRATOR,
    "workspace:settings": ADMINISTRATOR,
    "workspace:settings-office": ADMINISTRATOR,
    "workspace:settings-office-version": ADMINISTRATOR,
    "workspace:settings-office-take-back": ADMINISTRATOR,
    "workspace:settings-thresholds": ADMINISTRATOR,
    "workspace:settings-thresholds-version": ADMINISTRATOR,
    "workspace:settings-thresholds-take-back": ADMINISTRATOR,
}
#: Pages that only take what is typed: asked with POST.
POSTED = {
    "workspace:send-again",
    "workspace:mistake-state",
    "account_stay",
    "workspace:chase",
    "workspace:autosave-group-report",
    "workspace:autosave-update",
    "workspace:preview-update",
    "workspace:preview-revision",
    "workspace:autosave-report",
    "workspace:invite-again",
    "workspace:preview-commitment",
    "workspace:preview-indicator",
}


def routes(patterns: list[Any] | None = None, namespace: str = "") -> Iterator[tuple[str, Any]]:
    """Every named address of the site with its view."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", pattern.callback


def a_file(report: ProgressReport, code: str) -> PrintedReport:
    """A file that was made of a report."""
    sha256 = hashlib.sha256(b"%PDF").hexdigest()
    storing.write(b"%PDF", sha256)
    made = {"state": "made", "content_sha256": sha256, "size": 4, "asked_at": NOON, "made_at": NOON}
    return PrintedReport.objects.create(report=report, code=code, language="en", version=1, **made)


@pytest.fixture
def world(cast: Cast, settings: Any, tmp_path: Path) -> Iterator[dict[str, dict[str, Any]]]:
    """Something for every address to be about: a draft of the group, and all of Colombia's business."""
    settings.FILES_DIR = tmp_path
    with time_machine.travel(NOON, tick=False):
        draft = record.commitment("LAD-COL-902", country=cast.colombia, group=cast.labour, life_cycle="draft")
        commitment = record.commitment("LAD-COL-901", country=cast.colombia, group=cast.labour)
        indicator = record.indicator(commitment)
        proposal = record.indicator(commitment, 2, state="sent")
        cycle = record.cycle()
        owed = record.entry(indicator, cycle)
        logged = record.measurement(
            indicator,
            5,
            NOON.date(),
            state="sent",
            is_on_behalf=True,
            entered_by=cast.secretary,
            entered_at=NOON,
            accepted_at=None,
            published_at=None,
        )
        revision = record.revision(indicator)
        report = record.group_report(cast.labour, cycle)
        printed = a_file(report, "1111111111")
        published = ProgressReport(cycle=cycle, country=cast.canada, due_on=cycle.due_on, state="published")
        published.published_at, published.summary = NOON, "All that was promised."
        a_file(actions.create(published, by=STAGE, at=NOON), "0000000000")
        correction = rows.stored(ReportCorrection, report=published, reason="A slip.")
        written = owed.report
        actions.change(written, by=STAGE, at=NOON, is_on_behalf=True)
        country = {"pk": written.pk}
        meeting = actions.create(
            Meeting(
                slug="planned", title_en="Planned", group=cast.labour, mechanism=cast.declaration, start=NOON.date()
            ),
            by=STAGE,
            at=NOON,
        )
        record.term("migrant")
        mistake = MistakeReport.objects.create(page="/en/", wrong="A slip.", language="en", received_at=NOON)
        to = cast.focal_colombia
        message = owe(kind="invitation", thing=to, recipient=to, at=NOON, due_revision="first")
        kept = record.evidence(measurement=logged).file
        public = record.evidence("public.pdf", commitment=commitment)
        step = Milestone(commitment=commitment, title_en="Law in force", state="published")
        milestone = actions.create(step, by=STAGE, at=NOON)
        endorsing = Adherence(mechanism=cast.declaration, country=cast.colombia, kind="endorsing")
        adherence = actions.create(endorsing, by=STAGE, at=NOON)
        link = CommitmentSource(commitment=commitment, source=record.source("Decree 12"))
        named = actions.create(link, by=STAGE, at=NOON)
        role = actions.create(GroupRole(group=cast.labour, country=cast.canada, role="participant"), by=STAGE, at=NOON)
        body = actions.create(Organization(code="IOM", name_en="Migration body"), by=STAGE, at=NOON)
        post = cast.focal_colombia.appointments.get()
        begin = NOON.date() + timedelta(days=9)
        office = rows.stored(OfficeSettings, valid_from=begin)
        thresholds = rows.stored(Thresholds, mechanism=cast.declaration, valid_from=begin)
        other_office = rows.stored(OfficeSettings, valid_from=begin + timedelta(days=1))
        other_thresholds = rows.stored(Thresholds, mechanism=cast.declaration, valid_from=begin + timedelta(days=1))
        of_mechanism = {"slug": cast.declaration.slug}
        of_cycle = {"slug": cycle.slug}
        person = {"person_id": cast.focal_colombia.pk}
        appointment = {**person, "appointment_id": post.pk}
        yield {
            "update": {"code": indicator.code},
            "propose-again": {"code": proposal.code},
            "review-indicator": {"code": proposal.code},
            "confirm": {"pk": logged.pk},
            "review-measurement": {"pk": logged.pk},
            "group-report": {"pk": report.pk},
            "autosave-group-report": {"pk": report.pk},
            "check-group-report": {"pk": report.pk},
            "group-report-receipt": {"pk": report.pk},
            **dict.fromkeys(("country-report", "check-report", "report-receipt", "confirm-report"), country),
            "report-on-behalf": country,
            "report-section": {**country, "section": "obstacles"},
            "report-place": {**country, "section": "progress", "row_id": written.parts.get().pk},
            "autosave-report": {**country, "place": "obstacles"},
            "review-report": {"pk": report.pk},
            "correct-report": {"pk": report.pk},
            "review-correction": {"pk": correction.pk},
            "translate-summary": {"pk": published.pk, "language": "es"},
            "withdraw": {"kind": "evidence", "pk": public.pk},
            "translate": {"kind": "commitment", "pk": commitment.pk, "language": "es"},
            "review-country-report": {"pk": owed.report_id},
            "report-reading": {"pk": report.pk},
            "group-documents": {"pk": report.pk},
            "report-files": {"pk": report.pk},
            "report-file": {"code": printed.code},
            "edit-commitment": {"code": draft.code},
            "commitment-indicators": {"code": commitment.code},
            "commitment-life": {"code": commitment.code},
            "preview-indicator": {"code": commitment.code},
            "commitment-links": {"code": draft.code},
            "propose-revision": {"code": indicator.code, "subject": "target"},
            "preview-revision": {"code": indicator.code, "subject": "target"},
            "revision": {"pk": revision.pk},
            "review-revision": {"pk": revision.pk},
            "commitment-evidence": {"code": commitment.code},
            "commitment-milestones": {"code": commitment.code},
            "commitment-sources": {"code": commitment.code},
            "record-told": {"code": commitment.code, "room": "statuses"},
            "told-step": {"code": commitment.code, "room": "documents", "pk": named.pk, "step": "change"},
            "milestone-step": {"code": commitment.code, "pk": milestone.pk, "step": "reached"},
            "mechanism": {"slug": "lad"},
            "organization-step": {"pk": body.pk, "step": "change"},
            "record-belonging": {"slug": "lad", "room": "adherences"},
            "belonging-step": {"slug": "lad", "room": "adherences", "pk": adherence.pk, "step": "end"},
            "file": {"pk": kept.pk, "name": kept.name},
            "propose-indicator": {"code": commitment.code},
            "status-by-hand": {"code": commitment.code},
            "mistake-state": {"pk": mistake.pk},
            "send-again": {"pk": message.pk},
            "edit-meeting": {"slug": meeting.slug},
            "group": {"code": cast.labour.code},
            "record-in-group": {"code": cast.labour.code, "room": "roles"},
            "group-step": {"code": cast.labour.code, "room": "roles", "pk": role.pk, "step": "change"},
            "meeting-step": {"slug": meeting.slug, "step": "held"},
            "audit-entry": {"kind": "commitment", "number": commitment.history.get().history_id},
            "deputy": {"pk": post.pk},
            "settings-office-version": {"pk": office.pk},
            "settings-office-take-back": {"pk": other_office.pk},
            "settings-thresholds": of_mechanism,
            "settings-thresholds-version": {**of_mechanism, "pk": thresholds.pk},
            "settings-thresholds-take-back": {**of_mechanism, "pk": other_thresholds.pk},
            **dict.fromkeys(("cycle", "change-cycle", "extend-cycle", "close-cycle", "chase"), of_cycle),
            **dict.fromkeys(("person", "invite-again", "appoint", "end-access"), person),
            **dict.fromkeys(
                ("appointment-dates", "appoint-deputy", "appointment-hand-over", "end-appointment"), appointment
            ),
        }
        assert Indicator.objects.count() == 2
        assert ReportEntry.objects.get().pk == owed.pk


def address(name: str, world: dict[str, dict[str, Any]]) -> str:
    short = name.split(":")[-1]
    arguments = world.get(short) or (world["update"] if "update" in short else None)
    with translation.override("en"):
        return reverse(name, kwargs=arguments)


def test_every_route_says_who_may_enter() -> None:
    marks = {name: getattr(view, "gate", None) for name, view in routes()}
    assert {name for name, mark in marks.items() if mark == "public"} == PUBLIC
    assert {name for name, mark in marks.items() if mark == "form"} == FORMS
    reads = {name: getattr(view, "reads", None) for name, view in routes()}
    assert {name for name in PUBLIC if reads[name] is None} == FILTERED
    assert {name for name, mark in marks.items() if mark == "signed-out"} == SIGNED_OUT
    assert {name for name, mark in marks.items() if mark == "workspace"} == set(MAY)


@pytest.mark.django_db
def test_stranger_is_sent_to_sign_in_everywhere(world: dict[str, dict[str, Any]]) -> None:
    for name in MAY:
        for method in ("get", "post"):
            answer = getattr(Client(), method)(address(name, world))
            assert answer.status_code == 302, name
            assert answer["Location"].startswith("/en/account/login/?next="), name


@pytest.mark.django_db
@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_each_person_enters_what_is_theirs_and_nothing_else(
    cast: Cast, world: dict[str, dict[str, Any]], who: str
) -> None:
    client = Client()
    client.force_login(getattr(cast, who))
    entered = set()
    for name in MAY:
        answer = getattr(client, "post" if name in POSTED else "get")(address(name, world))
        assert answer.status_code in {200, 302, 403, 404, 405}, (name, answer.status_code)
        if answer.status_code in {200, 302}:
            entered.add(name)
    assert entered == {name for name, people in MAY.items() if who in people}


@pytest.mark.django_db
@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_what_may_not_be_opened_may_not_be_posted_either(
    cast: Cast, world: dict[str, dict[str, Any]], who: str
) -> None:
    client = Client()
    client.force_login(getattr(cast, who))
    for name, people in MAY.items():
        if who not in people:
            decisions = {"decision": "publish", "version": "1"}
            assert client.post(address(name, world), decisions).status_code in {403, 404, 405}, name


@pytest.mark.django_db
def test_workspace_pages_are_never_stored_on_the_way(cast: Cast, world: dict[str, dict[str, Any]]) -> None:
    client = Client()
    client.force_login(cast.secretary)
    for name in ("workspace:tasks", "workspace:review", "workspace:update-indicator"):
        assert client.get(address(name, world))["Cache-Control"] == "private, no-store", name
