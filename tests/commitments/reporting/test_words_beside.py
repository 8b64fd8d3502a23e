"""Words typed beside an agreement are not dropped: a question is asked or cleared first, a remark waits."""

from typing import Any

import pytest

from commitments.history import actions as history
from commitments.indicators.models import Indicator, Measurement, Revision
from commitments.reporting.models import ProgressReport, ReportCorrection
from tests.cast import NOON, STAGE, Cast
from tests.commitments.reporting.test_corrections import proposed
from tests.commitments.reporting.test_queue import indicator as counted
from tests.commitments.reporting.test_queue import sent as sent_in
from tests.commitments.reporting.test_review import address, decide
from tests.commitments.reporting.test_update import as_person
from tests.commitments.workspace.test_revisions import indicator, sent
from tests.factories import record
from tests.pages import main_words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_and_own_files")]
__all__ = ["indicator"]

QUESTION = "Which offices count?"
UNREAD = {
    "en": "You wrote a question here: return the proposal with it, or clear it",
    "es": "Escribió aquí una pregunta: devuelva la propuesta con ella o bórrela",
    "pt": "Você escreveu uma pergunta aqui: devolva a proposta com ela ou apague-a",
    "fr": "Vous avez écrit une question ici: renvoyez la proposition avec elle ou effacez-la",
}


def kept(answer: Any, sentence: str, words: str = QUESTION) -> None:
    """The page comes again, says why, and holds the words in their field."""
    assert answer.status_code == 200
    assert main_words(answer).count(sentence) == 2, "above the form, and at its field"
    assert f"{words}</textarea>" in answer.content.decode()


@pytest.mark.parametrize("language", UNREAD)
def test_an_indicator_is_not_published_over_a_question(cast: Cast, language: str) -> None:
    row = record.indicator(record.commitment(country=cast.colombia), state="sent")
    url = f"/{language}/workspace/review/indicators/{row.code}/"
    said = {"decision": "publish", "question": QUESTION, "version": str(row.version)}
    kept(as_person(cast.secretary).post(url, said), UNREAD[language])
    assert Indicator.objects.get(pk=row.pk).state == "sent"
    assert as_person(cast.secretary).post(url, said | {"question": " "}).status_code == 302
    assert Indicator.objects.get(pk=row.pk).is_public


def test_a_change_is_not_agreed_to_over_a_question(cast: Cast, indicator: Indicator) -> None:
    row = sent(cast, indicator)
    url, office = f"/en/workspace/review/revisions/{row.pk}/", as_person(cast.secretary)
    said = {"decision": "approve", "question": QUESTION, "version": str(row.version)}
    kept(office.post(url, said), UNREAD["en"])
    assert Revision.objects.get(pk=row.pk).state == "sent"
    assert office.post(url, said | {"question": ""}).status_code == 302
    assert Revision.objects.get(pk=row.pk).state == "published"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "You wrote here why not: decline the correction with it, or clear it"),
        ("es", "Escribió aquí por qué no: use “No aprobar la corrección” o borre el texto"),
        ("pt", "Você escreveu aqui por que não: use “Não aprovar a correção” ou apague o texto"),
        ("fr", "Vous avez écrit ici pourquoi non: choisissez « Ne pas retenir la correction » ou effacez le texte"),
    ],
)
def test_a_correction_is_not_agreed_to_over_words_against_it(
    cast: Cast, country_report: ProgressReport, language: str, sentence: str
) -> None:
    row = proposed(cast, country_report, practice="Two desks.")
    url, office = f"/{language}/workspace/review/corrections/{row.pk}/", as_person(cast.secretary)
    said = {"decision": "approve", "answer": "Both are counted.", "version": str(row.version)}
    kept(office.post(url, said), sentence, "Both are counted.")
    assert ReportCorrection.objects.get(pk=row.pk).state == "sent"
    assert office.post(url, said | {"answer": ""}).status_code == 302
    assert ReportCorrection.objects.get(pk=row.pk).state == "published"


def test_a_remark_on_a_figure_that_is_only_approved_waits_for_its_publication(cast: Cast) -> None:
    figure = sent_in(counted(cast), 50_000, cast)
    remark = "Counted with the new method."
    answer = decide(cast, "secretary", figure, decision="accept", public_reason=remark)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Approved. It is not public yet." in main_words(answer)
    assert f'value="{remark}"' in page
    figure.refresh_from_db()
    assert (figure.state, f'name="version" value="{figure.version}"' in page) == ("accepted", True)
    assert decide(cast, "secretary", figure, decision="publish", public_reason=remark).url == "/en/workspace/review/"
    assert figure.history.latest("history_id").public_reason == remark


def test_a_remark_on_a_figure_that_was_decided_on_meanwhile_is_no_success(cast: Cast) -> None:
    figure = sent_in(counted(cast), 50_000, cast)
    stale = str(figure.version)
    history.change(figure, by=STAGE, at=NOON, reason="Counted anew.")
    said = {"decision": "accept", "public_reason": "A remark.", "version": stale}
    answer = as_person(cast.secretary).post(address(figure), said)
    assert (answer.status_code, 'value="A remark."' in answer.content.decode()) == (409, True)
    assert Measurement.objects.get(pk=figure.pk).state == "sent"
    assert decide(cast, "secretary", figure, decision="accept").url == "/en/workspace/review/"
