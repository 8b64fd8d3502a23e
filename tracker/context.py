"""What every page needs of its frame: navigation, languages, the demonstration's notice."""

from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from accounts.queries import is_demonstration
from accounts.sessions import seconds_left
from commitments.formats.addresses import address
from commitments.history.kept import version_of_page
from commitments.history.marks import is_of_demonstration
from commitments.workspace.context import navigation

MAIN = (
    ("public:overview", gettext_lazy("Overview")),
    ("public:commitments", gettext_lazy("Commitments")),
    ("public:countries", gettext_lazy("Countries")),
    ("public:working-groups", gettext_lazy("Workstreams")),
    ("public:indicators", gettext_lazy("Indicators")),
    ("public:mechanisms", gettext_lazy("Mechanisms")),
    ("public:meetings", gettext_lazy("Meetings")),
    ("public:data", pgettext_lazy("navigation", "Data")),
)

#: Languages as the cards of other sites name them (Open Graph).
LOCALES = {"en": "en_GB", "es": "es_LA", "pt": "pt_BR", "fr": "fr_FR"}


def frame(request: HttpRequest) -> dict[str, Any]:
    """The shared frame. Touches neither session nor user, so that public pages stay the same for everybody."""
    language = get_language() or settings.LANGUAGE_CODE
    nav = [_item(request, name, label) for name, label in MAIN]
    return {
        "nav": nav,
        "section": next((item["name"] for item in nav if item["current"]), ""),
        "languages": [_language(request, code, label, language) for code, label in settings.LANGUAGES],
        "language": language,
        "html_lang": settings.HTML_LANG.get(language, language),
        "demonstration": _("Demonstration: people, cycle and due dates are invented") if _is_demonstration() else "",
        "site_url": settings.SITE_URL,
        "canonical": canonical(request),
        "x_default": f"{settings.SITE_URL}/{request.path.removeprefix('/').partition('/')[2]}",
        "locales": LOCALES,
        "page_to_report": _page_to_report(request),
        "site_licence": licence(),
        "secretariat_email": parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        # Asks who is signed in only where a page of the workspace shows it.
        "workspace_nav": SimpleLazyObject(lambda: navigation(request)),
        "session_left": SimpleLazyObject(lambda: seconds_left(request, at=request.at)),  # type: ignore[attr-defined]
    }


def licence() -> dict[str, str] | None:
    """The licence of the data as pages name it, with where it stands; None where none is decided."""
    if not settings.DATA_LICENCE:
        return None
    code: str = settings.DATA_LICENCE
    return {"name": code.replace("-", " ") if code.startswith("CC-") else code, "url": settings.DATA_LICENCE_URL}


def _is_demonstration() -> bool:
    """Whether people are invented here: a public page has read that with its version."""
    version = version_of_page()
    return is_of_demonstration(version) if version else is_demonstration()


def canonical(request: HttpRequest) -> str:
    """The one address of a page: without filters and marks of other sites, with the page of a list that is no first."""
    page = request.GET.get("page", "")
    is_later = set(request.GET) == {"page"} and page.isascii() and page.isdigit() and page != "1"
    return f"{settings.SITE_URL}{request.path}" + (f"?page={page}" if is_later else "")


def _page_to_report(request: HttpRequest) -> str:
    """The path of a public page, for the link with which its mistakes are reported; empty for any other page."""
    view = getattr(request.resolver_match, "func", None)
    return request.path if getattr(view, "gate", "") == "public" else ""


def _item(request: HttpRequest, name: str, label: Any) -> dict[str, Any]:
    try:
        url = address(name)
    except NoReverseMatch:
        return {"name": name, "label": label, "url": "", "current": False}
    home = name == "public:overview"
    return {
        "name": name,
        "label": label,
        "url": url,
        "current": request.path == url if home else request.path.startswith(url),
    }


def _in_language(request: HttpRequest, code: str, current: str) -> str:
    """The same page in another language. Addresses differ in their first part alone."""
    path = request.get_full_path()
    if path.startswith(f"/{current}/"):
        return f"/{code}/{path.removeprefix(f'/{current}/')}"
    return translate_url(path, code)


def _language(request: HttpRequest, code: str, label: str, current: str) -> dict[str, Any]:
    return {
        "code": code,
        "label": label,
        "url": _in_language(request, code, current),
        "current": code == current,
        "html_lang": settings.HTML_LANG[code],
    }
