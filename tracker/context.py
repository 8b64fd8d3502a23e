"""What every page needs of its frame: navigation, languages, the demonstration's notice."""

from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.queries import is_demonstration
from accounts.sessions import seconds_left
from commitments.workspace.context import navigation

MAIN = (
    ("public:overview", gettext_lazy("Overview")),
    ("public:commitments", gettext_lazy("Commitments")),
    ("public:countries", gettext_lazy("Countries")),
    ("public:working-groups", gettext_lazy("Workstreams")),
    ("public:mechanisms", gettext_lazy("Mechanisms")),
    ("public:meetings", gettext_lazy("Meetings")),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """The shared frame. Touches neither session nor user, so that public pages stay the same for everybody."""
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "nav": [_item(request, name, label) for name, label in MAIN],
        "languages": [_language(request, code, label, language) for code, label in settings.LANGUAGES],
        "language": language,
        "html_lang": settings.HTML_LANG.get(language, language),
        "demonstration": _("Demonstration: people, cycle and due dates are invented") if is_demonstration() else "",
        "site_url": settings.SITE_URL,
        "secretariat_email": parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        # Asks who is signed in only where a page of the workspace shows it.
        "workspace_nav": SimpleLazyObject(lambda: navigation(request)),
        "session_left": SimpleLazyObject(lambda: seconds_left(request, at=request.at)),  # type: ignore[attr-defined]
    }


def _item(request: HttpRequest, name: str, label: Any) -> dict[str, Any]:
    try:
        url = reverse(name)
    except NoReverseMatch:
        return {"name": name, "label": label, "url": "", "current": False}
    home = name == "public:overview"
    return {
        "name": name,
        "label": label,
        "url": url,
        "current": request.path == url if home else request.path.startswith(url),
    }


def _language(request: HttpRequest, code: str, label: str, current: str) -> dict[str, Any]:
    return {
        "code": code,
        "label": label,
        "url": translate_url(request.get_full_path(), code),
        "current": code == current,
        "html_lang": settings.HTML_LANG[code],
    }
