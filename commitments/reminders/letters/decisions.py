"""What was decided on something that a person proposed: a change of an indicator, a correction of a report."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from commitments.formats.language import language_of, written_in
from commitments.history.enums import ReportState
from commitments.indicators.models import Indicator, Revision
from commitments.indicators.terms import subject_word
from commitments.notices.models import Notice
from commitments.reminders import wording
from commitments.reminders.letters.frame import Words, post_of
from commitments.reminders.sentences import Sentence, say, together
from commitments.reporting.models import ReportCorrection


def revision_decided(notice: Notice, at: datetime) -> Words:
    """A proposed change was returned with a question, or agreed."""
    row = Revision.objects.select_related("indicator").get(pk=notice.object_id)
    about = {"indicator": wording.title_of(row.indicator), "subject": subject_word(row.subject)}
    if row.state == ReportState.RETURNED:
        return _letter(
            subject=_("One question on your proposal: %(indicator)s (%(subject)s)") % about,
            paragraph=_asked(row.question),
            button=_("Answer the question"),
            path=reverse("workspace:revision", args=[row.pk]),
        )
    return _letter(
        subject=_("Agreed: %(indicator)s (%(subject)s)") % about,
        paragraph=say(
            _("The change that you proposed is agreed. It holds from %(date)s, and the public page shows it."),
            date=wording.long(row.takes_effect_on),
        ),
        button=_("See the public page"),
        path=reverse("public:indicator", args=[row.indicator.code]),
    )


def proposal_decided(notice: Notice, at: datetime) -> Words:
    """A proposed indicator was returned with a question, or published."""
    row = Indicator.objects.get(pk=notice.object_id)
    about = {"indicator": wording.title_of(row)}
    if row.state == ReportState.RETURNED:
        return _letter(
            subject=_("One question on your proposed indicator: %(indicator)s") % about,
            paragraph=_asked(row.question),
            button=_("Answer the question"),
            path=reverse("workspace:propose-again", args=[row.code]),
        )
    return _letter(
        subject=_("Published: %(indicator)s") % about,
        paragraph=say(_("The indicator that you proposed is public now, under this code: %(code)s."), code=row.code),
        button=_("See the public page"),
        path=reverse("public:indicator", args=[row.code]),
    )


def correction_decided(notice: Notice, at: datetime) -> Words:
    """A correction of a report was agreed, or declined with words."""
    row = _correction(notice)
    about = {"report": wording.report_name(row.report)}
    path = reverse("workspace:correct-report", args=[row.report_id])
    if row.state == ReportState.RETURNED:
        return _letter(
            subject=_("The report stays as it is: %(report)s") % about,
            paragraph=say(
                _("The correction that you proposed was declined: “%(answer)s” You can propose another one."),
                answer=_line(row.answer),
            ),
            button=_("See the report"),
            path=path,
        )
    return _letter(
        subject=_("Corrected: %(report)s") % about,
        paragraph=say(_("The correction that you proposed is agreed. The new words stand.")),
        button=_("See the report"),
        path=path,
    )


def report_corrected(notice: Notice, at: datetime) -> Words:
    """Words of a report were put right by somebody else than those who answer for it."""
    row = _correction(notice)
    words = (
        _("Words of the report of your country were corrected: two people agreed. The reason: “%(reason)s”")
        if row.report.country_id
        else _("Words of the report of your group were corrected: two people agreed. The reason: “%(reason)s”")
    )
    reason = written_in(_line(row.reason), row.language, language_of(wording.language()))
    told = _letter(
        subject=_("Corrected: %(report)s") % {"report": wording.report_name(row.report)},
        paragraph=together(say(words, reason=reason), say(_("You can read the words before and the new ones."))),
        button=_("See the correction"),
        path=reverse("workspace:correct-report", args=[row.report_id]),
    )
    return {**told, "why": wording.why_you(post_of(row.report, notice, at))}


def _correction(notice: Notice) -> ReportCorrection:
    rows = ReportCorrection.objects.select_related("report__country", "report__group", "report__cycle")
    return rows.get(pk=notice.object_id)


def _asked(question: str) -> Sentence:
    words = _("The secretariat read your proposal and asks: “%(question)s” Everything else is saved.")
    return say(words, question=_line(question))


def _line(text: str) -> str:
    return " ".join(text.split())


def _letter(*, subject: str, paragraph: Sentence, button: str, path: str) -> Words:
    why = say(_("You receive this message because you made the proposal."))
    url = f"{settings.SITE_URL}{path}"
    return {"subject": subject, "paragraph": paragraph, "button": button, "url": url, "after": None, "why": why}
