"""The places of a country's report: a section, one commitment of it, one figure; what they hold, and private drafts."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from commitments.formats.language import language_of, written_in
from commitments.reporting import actions
from commitments.reporting.enums import COUNTRY_SECTIONS, Section
from commitments.reporting.models import Draft, ProgressReport, ReportEntry, ReportPart
from commitments.reporting.sections import Contents, contents, earlier_report
from commitments.reporting.shared import shared_in
from commitments.reporting.views.country_report import obtain_report, version_of

#: More than anybody types; what is longer is cut in a draft, and refused with a sentence in the form.
LONGEST_DRAFT = 200_000
NOT_KEPT = {"csrfmiddlewaretoken", "done", "later", "copy", "turn"}
#: Where the pages of single answers carry their number: "progress-12".
DETAILED = (Section.PROGRESS, Section.FIGURES)


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a report as a page: a section, one commitment of it, or one figure asked for."""

    report: ProgressReport
    held: Contents
    section: Section
    part: ReportPart | None = None
    entry: ReportEntry | None = None

    @property
    def name(self) -> str:
        """As it stands in the key of a draft."""
        row = self.part or self.entry
        return f"{self.section}-{row.pk}" if row is not None else str(self.section)

    @property
    def record(self) -> Any:
        """The record whose version its form carries."""
        return self.part or self.entry or self.report

    @property
    def may_write(self) -> bool:
        """Whether it is open now."""
        free = self.entry is None or self.entry.measurement_id is None
        return free and self.held.places.allows(self.section, self.part.pk if self.part else None)

    @property
    def url(self) -> str:
        """The page of this place."""
        row = self.part or self.entry
        if row is not None:
            return reverse("workspace:report-place", args=[self.report.pk, self.section, row.pk])
        return reverse("workspace:report-section", args=[self.report.pk, self.section])

    @property
    def autosave_url(self) -> str:
        """Where its draft is kept."""
        return reverse("workspace:autosave-report", args=[self.report.pk, self.name])


def find_place(request: HttpRequest, pk: int, section: str, row_id: int | None = None) -> Place:
    """A place by its address; 404 for one that the report does not have."""
    report = obtain_report(request, pk)
    if section not in COUNTRY_SECTIONS or (row_id is not None and section not in DETAILED):
        raise Http404(section)
    held = contents(report, user_id=request.user.pk)
    place = Place(report, held, Section(section))
    if row_id is None:
        return place
    rows: list[Any] = held.parts if section == Section.PROGRESS else held.entries
    row = next((row for row in rows if row.pk == row_id), None)
    if row is None:
        raise Http404(section)
    return Place(report, held, Section(section), **{"part" if section == Section.PROGRESS else "entry": row})


def _typed(request: HttpRequest) -> dict[str, str]:
    """What was typed, as typed, without the NUL that a database refuses."""
    told = {name: value for name, value in request.POST.items() if name not in NOT_KEPT}
    return {name[:80]: str(value).replace("\x00", "")[:LONGEST_DRAFT] for name, value in list(told.items())[:40]}


def keep_draft(request: HttpRequest, place: Place, *, by_itself: bool = False) -> bool:
    """Keep what is typed for nobody but the person; what says the same as the record is no draft, and ends one.

    False where the place was taken back meanwhile; OvertakenError where the page saves by itself what is older than
    what its person has saved since.
    """
    if _says_what_stands(request, place):
        key = actions.draft_key(place.report, place.name)
        actions.discard_draft(user_id=request.user.pk or 0, form=actions.REPORT_FORM, key=key)
        return True
    return actions.keep_draft_of_place(
        report=place.report,
        place=place.record,
        by_itself=by_itself,
        user_id=request.user.pk or 0,
        form=actions.REPORT_FORM,
        key=actions.draft_key(place.report, place.name),
        fields=_typed(request),
        version_read=version_of(request) or place.record.version,
        at=request.at,  # type: ignore[attr-defined]
        turn=request.POST.get("turn", ""),
    )


def _says_what_stands(request: HttpRequest, place: Place) -> bool:
    """Whether what was typed is on record already: the form that was sent can overtake the draft sent before it."""
    stands = {field.attname: getattr(place.record, field.attname) for field in place.record._meta.concrete_fields}
    stands["language"] = place.report.language or get_language() or "en"
    stands |= {f"answer_{question.pk}": question.answer for question in place.held.questions}
    typed = {name: text for name, text in _typed(request).items() if name != "version"}
    return all(_plain(text) == _plain(str(stands.get(name, ""))) for name, text in typed.items())


def _plain(text: str) -> str:
    return "\n".join(text.splitlines()).strip()


def words_name(place: Place) -> str:
    """The field of its form that holds the words."""
    if place.part is not None:
        return "words"
    return "coherence_words" if place.section == Section.COHERENCE else str(place.section)


def last_time(place: Place) -> dict[str, Any]:
    """What was written at this place last time, in the language it was written in."""
    has_words = place.part is not None or place.section not in {*DETAILED, Section.DOCUMENTS}
    before = earlier_report(place.report) if place.may_write and has_words else None
    if before is None:
        return {"last": None}
    words = ""
    if place.part is not None:
        found = ReportPart.objects.filter(report=before, commitment_id=place.part.commitment_id).first()
        words = found.words if found else ""
    else:
        words = getattr(before, words_name(place))
    lang = language_of(get_language())
    return {
        "last": written_in(words, before.language, lang) if words else None,
        "last_name": before.cycle.name_in(lang),
    }


def draft_of(request: HttpRequest, place: Place) -> Draft | None:
    """What the person typed here and has not saved, else what was left for them; nothing where they begin anew."""
    if "fresh" in request.GET:
        return None
    if place.name not in place.held.drafts:
        held_on = request.at.date()  # type: ignore[attr-defined]  # rights are counted in UTC
        left = shared_in(place.report, user_id=request.user.pk or 0, on=held_on) if place.may_write else {}
        return left.get(place.name)
    key = actions.draft_key(place.report, place.name)
    return actions.draft_of(user_id=request.user.pk or 0, form=actions.REPORT_FORM, key=key)
