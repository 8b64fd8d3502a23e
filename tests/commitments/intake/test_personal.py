"""Personal data in narrative is pointed out; figures, dates and rules are left alone."""

import time

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from commitments.intake.personal import Personal, suspicions


def kinds(text: str) -> list[str]:
    return [found.kind.value for found in suspicions(text)]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("email", "Questions go to ana.perez+mig@cancilleria.gov.co before Friday."),
        ("email", "Escreva para joao_silva@example.com.br"),
        ("phone", "Call her on +57 300 123 4567."),
        ("phone", "Llame al +51 987 654 321"),
        ("phone", "Tel.: 2256-7890, preguntar por la directora"),
        ("phone", "Teléfono 22567890"),
        ("phone", "Ligue para (11) 91234-5678"),
        ("phone", "Celular: 300 123 4567"),
        ("phone", "Appelez le 01 23 45 67 89"),
        ("phone", "WhatsApp +1 (809) 555-1234"),
        ("phone", "reach him at 202-555-0147 in the evening"),
        ("identity", "The applicant, passport no. AB1234567, was heard."),
        ("identity", "con pasaporte número 123456789"),
        ("identity", "portadora do passaporte FX123456"),
        ("identity", "titulaire du passeport n° 12AB34567"),
        ("identity", "con cédula de ciudadanía 1020345678"),
        ("identity", "C.C. No. 1.020.345.678 de Bogotá"),
        ("identity", "DNI: 45678901"),
        ("identity", "CPF 123.456.789-09"),
        ("identity", "RUT 12.345.678-5"),
        ("identity", "SSN 123-45-6789"),
        ("identity", "CURP: GOMC900512HDFRRL09"),
        ("birth", "Date of birth: 12 May 1990"),
        ("birth", "She was born on May 12, 1990 in Cúcuta."),
        ("birth", "Fecha de nacimiento: 12/05/1990"),
        ("birth", "nacida el 12 de mayo de 1990"),
        ("birth", "nascido em 1º de março de 1985"),
        ("birth", "né le 1er août 1985"),
        ("birth", "date de naissance : 1985-08-01"),
        ("address", "She lives at 123 Main Street."),
        ("address", "vive en la Calle 45 # 12-34"),
        ("address", "Carrera 7 No. 71-21, Bogotá"),
        ("address", "Avenida Reforma 222, Ciudad de México"),
        ("address", "mora na Rua das Flores, 123"),
        ("address", "habite au 12 bis, rue de la Paix"),
        ("address", "au 4, avenue des Érables"),
        ("address", "apartment 4B of the same house"),
    ],
)
def test_what_is_about_a_person_is_pointed_out(kind: str, text: str) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "41,200 people held the category on 30 June 2026; 84 % of the 53,400 expected.",
        "Se entregaron 2 300 000 permisos entre 2021 y 2024 (1.250.000 en 2023).",
        "O total subiu de 41.200 para 44.900, +1.250.000 desde 2020.",
        "Le total est passé de 41 200 à 44 900, soit +1 250 000 depuis le 1er mai 2024.",
        "Decreto 216 de 1 de marzo de 2021; Resolución 971 de 2021; Ley 1.565-2023.",
        "The permit covers children born on or after 19 August 2015 and those born in 2020.",
        "El programa cubre a los niños nacidos a partir del 19 de agosto de 2015 en Colombia.",
        "Personas en situación de calle: 1.200 en 2023; pessoas em situação de rua 3.400.",
        "Passports issued: 120000. Pasaportes: 1.200.000. The passport fee fell to 45 dollars.",
        "See https://www.state.gov/los-angeles-declaration-2022-06-10 and LAD-COL-001-I1.",
        "Between 2018-2022 and 2023-2026 the budget was USD 25,000,000; 12-2026 is the end.",
        "La Avenida 2024 es un programa; la carrera técnica 2023 tuvo 300 alumnos.",
        "Del 01.02.2024 al 30.06.2024; 2024-06-30; 10/06/2022.",
        "3 offices in 5 cities, 24/7, at 09:00 (UTC-5); 15 workshops in 12 weeks; 1.5 million",
        "Nine of 21 countries met on 10 June 2022 in Los Angeles, 2 600 personnes le 30 juin 2026.",
        "La cédula digital se entregó a 500000 personas.",
        "",
    ],
)
def test_figures_dates_and_rules_raise_no_alarm(text: str) -> None:
    assert suspicions(text) == []


def test_each_place_is_told_once_in_the_order_of_the_text() -> None:
    text = "Ana (DNI 45678901), nacida el 12 de mayo de 1990, tel. +57 300 123 4567, ana@example.org"
    assert kinds(text) == ["identity", "birth", "phone", "email"]
    assert suspicions(text)[3].excerpt == "ana@example.org"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "an e-mail address (ana@example.org)"),
        ("es", "una dirección de correo electrónico (ana@example.org)"),
        ("pt", "um endereço de e-mail (ana@example.org)"),
        ("fr", "une adresse de courriel (ana@example.org)"),
    ],
)
def test_a_suspicion_reads_in_four_languages(language: str, words: str) -> None:
    with translation.override(language):
        assert str(suspicions("ana@example.org")[0]) == words


def test_the_kinds_are_five() -> None:
    assert Personal.values == ["email", "identity", "birth", "phone", "address"]


@given(st.integers(min_value=0, max_value=10**9), st.sampled_from([",", ".", "\u202f", " "]))
def test_a_grouped_figure_is_never_about_a_person(figure: int, mark: str) -> None:
    assert suspicions(f"In total {figure:,} people".replace(",", mark)) == []


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert all(found.excerpt for found in suspicions(text))


@pytest.mark.parametrize("piece", ["a", "1", "1 ", "a.", "1-", "a@", "+1", "Calle de la ", "tel. 1", "DNI n. "])
def test_a_long_text_takes_no_long_time(piece: str) -> None:
    start = time.perf_counter()
    suspicions(piece * (20_000 // len(piece)))
    assert time.perf_counter() - start < 2
