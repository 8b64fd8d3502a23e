"""The glossary: all words by their letter, and one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from commitments.public.queries import glossary as found
from commitments.public.wording.counts import language
from commitments.public.wording.glossary import definition_sentence
from commitments.roles.gate import public_page


@public_page
def glossary(request: HttpRequest) -> HttpResponse:
    """Every word: what it means in plain words, and how far a definition is agreed."""
    letters = found.by_letter(language())
    context = {
        "letters": letters,
        "words": found.words(letters),
        "without_definition": found.without_definition(letters),
    }
    return render(request, "public/glossary.html", context)


@public_page
def term(request: HttpRequest, slug: str) -> HttpResponse:
    """One word: its sentence, its definition with the source, its translations, where it is used."""
    page = found.term_page(get_object_or_404(found.terms(language()), slug=slug), language())
    return render(
        request, "public/term.html", {"page": page, "term": page.line.term, "said": definition_sentence(page)}
    )
