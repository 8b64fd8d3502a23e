"""Choices of a published report put right: by two persons, with the answer before in the open."""

from typing import Any

import pytest
from django.test import Client

from commitments.history import actions as history
from commitments.reporting import actions
from commitments.reporting.models import ProgressReport
from tests.cast import NOON, STAGE, Cast
from tests.commitments.reporting.test_corrections import COUNTRY, correct, decide, proposed, texts
from tests.commitments.reporting.test_country_report import as_person, fresh
from tests.pages import main_words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_and_own_files")]


@pytest.fixture
def report(country_report: ProgressReport) -> ProgressReport:
    """Colombia's published report, which says that policy points the same way."""
    said = {"coherence": "same", "coherence_words": "A law of 2025."}
    row: ProgressReport = history.change(country_report, by=STAGE, at=NOON, **said)
    return row


def answer(report: ProgressReport) -> str:
    return f"answer-{report.parts.get().pk}"


def words_on(report: ProgressReport) -> str:
    return f"part-{report.parts.get().pk}"


def test_a_choice_is_put_right_by_two_persons_and_the_one_before_stays_readable(
    cast: Cast, report: ProgressReport
) -> None:
    form = as_person(cast.focal_colombia).get(correct(report))
    assert "Answer: National coherence Yes, the same way Partly No, another way Not examined yet" in main_words(form)
    assert '<option value="same" selected>' in form.content.decode()
    row = proposed(cast, report, coherence="partly")
    assert (fresh(report).coherence, len(row.texts)) == ("same", 1)
    told = "Answer: National coherence Answer before Yes, the same way New answer Partly"
    assert told in main_words(as_person(cast.focal_colombia).get(correct(report)))
    assert decide(cast.focal_colombia, row).status_code == 403
    assert told in main_words(as_person(cast.secretary).get(f"/en/workspace/review/corrections/{row.pk}/"))
    assert "Partly" not in main_words(Client().get(COUNTRY))
    assert decide(cast.secretary, row).status_code == 302
    assert (fresh(report).coherence, fresh(report).coherence_words) == ("partly", "A law of 2025.")
    page = main_words(Client().get(COUNTRY))
    assert "Partly A law of 2025." in page
    assert "A slip of the pen. Words before Answer: National coherence Yes, the same way" in page
    in_spanish = main_words(Client().get(COUNTRY.replace("/en/", "/es/")))
    assert "Respuesta: Coherencia nacional Sí, en el mismo sentido" in in_spanish


def test_the_author_does_not_decide_nor_does_a_declined_choice_hold(cast: Cast, report: ProgressReport) -> None:
    row = proposed(cast, report, by=cast.secretary, coherence="opposite")
    assert decide(cast.secretary, row).status_code == 403
    decide(cast.second_secretary, row, decision="decline", answer="It was said so.")
    assert fresh(report).coherence == "same"


def test_the_answer_about_a_commitment_goes_with_its_reason(cast: Cast, report: ProgressReport) -> None:
    place, part = answer(report), report.parts.get()
    row = proposed(cast, report, **{place: "cannot:confidential", words_on(report): "Places opened."})
    assert [text["place"] for text in row.texts] == [place, words_on(report)], "the answer, then its words"
    assert decide(cast.secretary, row).status_code == 302
    part.refresh_from_db()
    assert (part.answer, part.cannot_reason, part.words) == (
        "cannot",
        "confidential",
        "Places opened.",
    )
    page = main_words(Client().get(COUNTRY))
    assert "Answer: LAD-COL-901 There is progress to report" in page
    back = proposed(cast, fresh(report), **{place: "unchanged", words_on(report): ""})
    assert decide(cast.secretary, back).status_code == 302
    part.refresh_from_db()
    assert (part.answer, part.cannot_reason, part.words) == ("unchanged", "", "")


def test_the_reason_of_no_report_is_put_right(cast: Cast, report: ProgressReport) -> None:
    history.change(report, by=STAGE, at=NOON, cannot_reason="not_yet", cannot_words="It comes in spring.")
    form = main_words(as_person(cast.focal_colombia).get(correct(report)))
    assert "Answer: No report this time" in form
    assert "Answer: National coherence" not in form
    row = proposed(cast, fresh(report), cannot_reason="elsewhere", cannot_words="It comes in spring.")
    assert decide(cast.secretary, row).status_code == 302
    assert fresh(report).cannot_reason == "elsewhere"


def test_a_choice_that_needs_words_asks_for_them(cast: Cast, report: ProgressReport) -> None:
    focal, place, words = as_person(cast.focal_colombia), answer(report), words_on(report)
    other = focal.post(correct(report), texts(report, **{place: "cannot:other", words: ""}))
    assert "Say in a few words why it cannot be given" in main_words(other)
    history.change(report.parts.get(), by=STAGE, at=NOON, answer="unchanged", words="")
    progress = focal.post(correct(report), texts(fresh(report), **{place: "progress"}))
    assert "Write what happened since the last report" in main_words(progress)
    step: dict[str, Any] = {"report": fresh(report), "reason": "A slip.", "language": "en"}
    step |= {"by": cast.actor(cast.focal_colombia), "at": NOON}
    for wrong in ({place: "progress"}, {place: "cannot"}, {"coherence": "perhaps"}, {"coherence": ""}):
        with pytest.raises(ValueError, match="choice"):
            actions.propose_correction(words=wrong, **step)
    assert not report.corrections.exists()


def test_what_is_no_choice_comes_back(cast: Cast, report: ProgressReport) -> None:
    page = as_person(cast.focal_colombia).post(correct(report), texts(report, coherence="perhaps"))
    assert page.status_code == 200
    assert "There is a problem" in main_words(page)
    assert not report.corrections.exists()
    unsent = proposed(cast, report, obstacles="None.")
    assert [text["place"] for text in unsent.texts] == ["obstacles"]


def test_a_choice_that_moved_meanwhile_is_not_overwritten(cast: Cast, report: ProgressReport) -> None:
    row = proposed(cast, report, coherence="partly")
    history.change(fresh(report), by=STAGE, at=NOON, coherence="unclear")
    assert decide(cast.secretary, row).status_code == 409
    assert fresh(report).coherence == "unclear"
