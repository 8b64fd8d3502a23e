"""A document that the public history names is a link to it; what is not in the page's language says in which it is."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from commitments.history import actions
from commitments.mechanisms.models import Presidency
from commitments.register.models import CommitmentSource, ReportedStatus
from commitments.sources.models import Source
from tests.cast import NOON, STAGE, Cast
from tests.factories import record

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=1)
LINK = '<a href="https://doc.example/a?b=1&amp;c=2" rel="noopener"'


def source(title: str, url: str = "", language: str = "en") -> Source:
    return actions.create(Source(title=title, url=url, language=language), by=STAGE, at=NOON)


def told(client: Client, path: str) -> str:
    """The lines of a history, their spaces made one."""
    return re.sub(r"\s+", " ", client.get(path).content.decode())


def test_a_source_leads_to_its_document(client: Client, cast: Cast) -> None:
    row = record.commitment(country=cast.colombia)
    linked = source("Fact <Sheet>", "https://doc.example/a?b=1&c=2")
    plain = source("On paper <only>")
    for place, one in enumerate((linked, plain)):
        actions.create(CommitmentSource(commitment=row, source=one, position=place), by=STAGE, at=LATER)
    status = {"value": "completed", "basis": "stated", "as_of": date(2024, 5, 1), "as_of_precision": "month"}
    actions.create(ReportedStatus(commitment=row, source=linked, **status), by=STAGE, at=LATER)

    english = told(client, "/en/commitments/LAD-COL-901/history/")
    assert f'<dt>Source</dt> <dd> {LINK} hreflang="en">Fact &lt;Sheet&gt;</a> </dd>' in english
    assert "<dt>Source</dt> <dd> On paper &lt;only&gt; </dd>" in english
    assert f'completed (May 2024). {LINK} hreflang="en">Fact &lt;Sheet&gt;</a> </dd>' in english

    spanish = told(client, "/es/commitments/LAD-COL-901/history/")
    label = '<span class="language-label" lang="es-419">(inglés)</span>'
    link = f'{LINK} lang="en" hreflang="en">Fact &lt;Sheet&gt;</a>'
    assert f"<dd> {link} {label} </dd>" in spanish
    assert f'<dd lang="en"> On paper &lt;only&gt; {label} </dd>' in spanish
    assert f"concluido (mayo de 2024). {link} </dd>" in spanish


def test_a_document_that_took_the_place_of_another_leads_to_both(client: Client, cast: Cast) -> None:
    first, second = source("Acta 1", "https://doc.example/1", "es"), source("Acta 2", "https://doc.example/2", "es")
    turn = Presidency(mechanism=cast.declaration, country=cast.colombia, since=NOON.date(), source=first)
    actions.create(turn, by=STAGE, at=NOON)
    actions.change(turn, by=STAGE, at=LATER, source_id=second.pk)
    page = told(client, "/fr/mechanisms/lad/history/")
    lang = 'rel="noopener" lang="es-419" hreflang="es"'
    assert f'<a href="https://doc.example/1" {lang}>Acta 1</a></del>' in page
    assert f'<a href="https://doc.example/2" {lang}>Acta 2</a></ins>' in page


def test_a_recorded_text_names_its_language_and_not_that_of_the_words_around_it(client: Client, cast: Cast) -> None:
    row = record.commitment(country=cast.colombia, responsible_office="Labour")
    actions.change(row, by=STAGE, at=LATER, responsible_office="Interior", title_en="Another")
    page = told(client, "/pt/commitments/LAD-COL-901/history/")
    hidden = '<span class="visually-hidden" lang="pt-BR">'
    assert f'<dd lang="en"> <del>{hidden}antes </span>Labour</del>' in page
    assert 'Interior</ins> <span class="language-label" lang="pt-BR">(inglês)</span> </dd>' in page
    assert re.search(r'<dd lang="en">[^/]*/span>Commitment LAD-COL-901</del>.{0,150}Another</ins> </dd>', page)
