"""Writing a report place by place: a section, the answer on a commitment, why a figure cannot be given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from commitments.history import actions as history
from commitments.history.actions import EditedMeanwhileError
from commitments.history.enums import ReportState
from commitments.indicators.actions import StepRefusedError
from commitments.reporting.actions.drafts import discard_draft
from commitments.reporting.enums import SECTION_COLUMNS, Answer, Section
from commitments.reporting.models import Draft, ProgressReport, ReportEntry, ReportPart
from commitments.reporting.queries import open_places
from commitments.roles.actor import Actor

#: Under this name people's drafts of a report are kept; the key is the report's number and the place.
REPORT_FORM = "report"
Row = TypeVar("Row", ProgressReport, ReportPart, ReportEntry)


class LockedError(StepRefusedError):
    """A place that may not be written now: the report is sent, its cycle closed, or nobody asked about it."""


class PlaceGoneError(LockedError):
    """A place that the cycle has ceased to ask about since it was read: there is nothing to write on any more."""


@dataclass(frozen=True, slots=True)
class PartAnswer:
    """What is said of one commitment."""

    answer: str
    words: str = ""
    reason: str = ""

    def columns(self) -> dict[str, Any]:
        """The answer as columns of a part."""
        reason = self.reason if self.answer == Answer.CANNOT else ""
        return {"answer": self.answer, "words": self.words, "cannot_reason": reason}


def draft_key(report: ProgressReport, place: str) -> str:
    """The key of a person's draft for one place of a report."""
    return f"{report.pk}:{place}"


def opened(report: ProgressReport, section: str, part_id: int | None = None) -> ProgressReport:
    """The report as it stands, locked until the transaction around ends. LockedError where it may not be written.

    Without a section: where nothing of it may be.
    """
    fresh = _standing(report)
    places = open_places(fresh, fresh.questions.filter(answered_at__isnull=True))
    if not (places.allows(section, part_id) if section else places):
        raise LockedError(f"{fresh.state}: {section}")
    return fresh


def save_section(
    *,
    report: ProgressReport,
    section: Section,
    words: Mapping[str, str],
    language: str,
    done: bool,
    by: Actor,
    at: datetime,
    answers: Mapping[int, str] | None = None,
    version: int | None = None,
) -> ProgressReport:
    """Keep the words of a section. EditedMeanwhileError when somebody changed this very section since `version`."""
    with transaction.atomic():
        fresh = opened(report, section)
        typed = {name: words[name] for name in SECTION_COLUMNS.get(section, ()) if name in words}
        _refuse_stale(fresh, typed, version)
        _keep_answers(fresh, answers or {}, section=section, by=by, at=at)
        done_sections = _with(fresh.done_sections, section, done=done)
        saved = _keep(fresh, by=by, at=at, language=language, done_sections=done_sections, **typed)
        _forget(report, section, by)
        return saved


def answer_part(
    *,
    part: ReportPart,
    said: PartAnswer,
    language: str,
    by: Actor,
    at: datetime,
    answers: Mapping[int, str] | None = None,
    version: int | None = None,
) -> ReportPart:
    """Say what happened with one commitment: progress, nothing changed, or why nothing can be reported."""
    with transaction.atomic():
        fresh = opened(part.report, Section.PROGRESS, part.pk)
        _standing(part)
        _keep_answers(fresh, answers or {}, section=Section.PROGRESS, part=part, by=by, at=at)
        answered = history.change(part, by=by, at=at, version=version, **said.columns())
        _keep(fresh, by=by, at=at, language=language)
        _forget(fresh, f"{Section.PROGRESS}-{part.pk}", by)
        return answered


def nothing_changed(*, report: ProgressReport, by: Actor, at: datetime, part_id: int | None = None) -> int:
    """Answer one commitment, or all that have no answer yet, with "Nothing changed"; how many were answered.

    An answer is never overwritten; of all, those about which this person has begun to write are left to them.
    """
    with transaction.atomic():
        fresh = opened(report, Section.PROGRESS, part_id)
        unanswered = fresh.parts.filter(answer="")
        if part_id is None:
            begun = set(Draft.objects.filter(user_id=by.user_id or 0, form=REPORT_FORM).values_list("key", flat=True))
            rows = [row for row in unanswered if draft_key(fresh, f"{Section.PROGRESS}-{row.pk}") not in begun]
        else:
            rows = list(unanswered.filter(pk=part_id))
        for part in rows:
            history.change(part, by=by, at=at, answer=Answer.UNCHANGED, cannot_reason="")
            _forget(fresh, f"{Section.PROGRESS}-{part.pk}", by)
        _keep(fresh, by=by, at=at)
        return len(rows)


def cannot_give_figure(
    *, entry: ReportEntry, reason: str, words: str, by: Actor, at: datetime, version: int | None = None
) -> ReportEntry:
    """Say why a figure cannot be given; an empty reason takes that back. LockedError once a figure was sent."""
    with transaction.atomic():
        fresh = opened(entry.report, Section.FIGURES)
        if _standing(entry).measurement_id is not None:
            raise LockedError("A figure was sent.")
        said = {"cannot_reason": reason, "cannot_words": words if reason else ""}
        answered = history.change(entry, by=by, at=at, version=version, **said)
        _keep(fresh, by=by, at=at)
        _forget(fresh, f"{Section.FIGURES}-{entry.pk}", by)
        return answered


def cannot_report(
    *, report: ProgressReport, reason: str, words: str, by: Actor, at: datetime, version: int | None = None
) -> ProgressReport:
    """Say why there is no report at all; an empty reason takes that back. What was written before stays."""
    with transaction.atomic():
        fresh = opened(report, "")
        typed = {"cannot_reason": reason, "cannot_words": words if reason else ""}
        _refuse_stale(fresh, typed, version)
        return _keep(fresh, by=by, at=at, **typed)


def answer_questions(
    *, report: ProgressReport, section: Section, answers: Mapping[int, str], by: Actor, at: datetime
) -> ProgressReport:
    """Keep the answers to questions at a place that has no words of its own."""
    with transaction.atomic():
        fresh = opened(report, section)
        _keep_answers(fresh, answers, section=section, by=by, at=at)
        _forget(fresh, section, by)
        return fresh


def write_on_behalf(
    *, report: ProgressReport, basis: str, on: date, words: str, by: Actor, at: datetime, version: int | None = None
) -> ProgressReport:
    """The secretariat begins to write for a country, and says what that rests on."""
    with transaction.atomic():
        fresh = opened(report, "")
        if fresh.country_id is None or not by.is_secretariat:
            raise LockedError("Only the secretariat writes on behalf of a country.")
        typed: dict[str, Any] = {"behalf_basis": basis, "behalf_on": on, "behalf_words": words}
        _refuse_stale(fresh, typed, version)
        return _keep(fresh, by=by, at=at, is_on_behalf=True, **typed)


def _standing(row: Row) -> Row:
    """A report, or what is asked in it, locked until the transaction around ends. PlaceGoneError when it is gone."""
    try:
        return history.locked(row)
    except ObjectDoesNotExist:
        raise PlaceGoneError(f"{type(row).__name__} {row.pk}") from None


def _keep(fresh: ProgressReport, *, by: Actor, at: datetime, language: str = "", **fields: Any) -> ProgressReport:
    """Write what was typed; a report that nobody had begun is a draft from now on, a returned one stays returned."""
    state = fresh.state if fresh.state == ReportState.RETURNED else ReportState.DRAFT
    return history.change(fresh, by=by, at=at, state=state, language=language or fresh.language, **fields)


def _refuse_stale(fresh: ProgressReport, typed: Mapping[str, Any], version: int | None) -> None:
    """Another section's change is no clash: two people may write two sections at once."""
    if version is None or version == fresh.version or all(getattr(fresh, name) == typed[name] for name in typed):
        return
    read = ProgressReport.history.filter(id=fresh.pk, version=version).first()
    if read is None or any(getattr(read, name) != getattr(fresh, name) for name in typed):
        raise EditedMeanwhileError(fresh, dict(typed))


def _keep_answers(
    fresh: ProgressReport,
    answers: Mapping[int, str],
    *,
    section: Section,
    by: Actor,
    at: datetime,
    part: ReportPart | None = None,
) -> None:
    """Answers are kept with the place and given by sending the report: until then they can be changed."""
    for question in fresh.questions.filter(answered_at__isnull=True, section=section, part=part):
        if question.pk in answers:
            history.change(question, by=by, at=at, answer=answers[question.pk])


def _with(sections: Iterable[str], section: str, *, done: bool) -> list[str]:
    others = [name for name in sections if name != section]
    return [*others, str(section)] if done else others


def _forget(report: ProgressReport, place: str, by: Actor) -> None:
    if by.user_id is not None:
        discard_draft(user_id=by.user_id, form=REPORT_FORM, key=draft_key(report, place))
