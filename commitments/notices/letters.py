"""A notice as the letter a person reads, in their language, and as the bytes that travel."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from hashlib import sha256

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import sanitize_address
from django.template.loader import render_to_string
from django.utils import translation

from accounts.queries import is_demonstration
from commitments.formats.language import HTML_LANG, language_of
from commitments.notices.models import Notice
from commitments.notices.registry import Kind

#: Mail programs know little CSS and no linked stylesheet: the rules are written into the elements.
_STYLE = css_inline.CSSInliner(keep_style_tags=True, keep_at_rules=True, load_remote_stylesheets=False)


@dataclass(frozen=True, slots=True)
class Letter:
    """What the person reads."""

    language: str
    subject: str
    text: str
    html: str

    @property
    def sha256(self) -> str:
        """The fingerprint of the content, kept in the ledger instead of the content."""
        return sha256("\0".join((self.subject, self.text, self.html)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is handed to the mail server: envelope and message."""

    sender: str
    recipient: str
    content: bytes


def letter(notice: Notice, kind: Kind, at: datetime) -> Letter:
    """Write the letter in the recipient's language, with what is true at this moment."""
    language = language_of(notice.recipient.language)
    with translation.override(language):
        words = {
            "recipient": notice.recipient,
            "language": language,
            "html_lang": HTML_LANG[language],
            "site_url": settings.SITE_URL,
            "is_demonstration": is_demonstration(),
            **kind.context(notice, at),
        }
        words["subject"] = render_to_string(f"{kind.template}.subject.txt", words).strip()
        return Letter(
            language=language,
            subject=words["subject"],
            text=render_to_string(f"{kind.template}.txt", words).strip() + "\n",
            html=_STYLE.inline(render_to_string(f"{kind.template}.html", words)),
        )


def parcel(notice: Notice, written: Letter) -> Parcel:
    """Pack the letter. A line break in a header raises BadHeaderError: such a message is never sent.

    With MAIL_REDIRECT_ALL_TO everything goes to that address instead, and says whose it was.
    """
    address = notice.recipient.email
    headers = {
        "Message-ID": notice.message_id,
        "Auto-Submitted": "auto-generated",
        "Content-Language": HTML_LANG[written.language],
    }
    if settings.MAIL_REDIRECT_ALL_TO:
        headers["X-Redirected-From"] = address
        address = settings.MAIL_REDIRECT_ALL_TO
    message = EmailMultiAlternatives(
        written.subject, written.text, settings.DEFAULT_FROM_EMAIL, [address], headers=headers
    )
    message.attach_alternative(written.html, "text/html")
    return Parcel(
        sender=parseaddr(sanitize_address(settings.DEFAULT_FROM_EMAIL, "utf-8"))[1],
        recipient=parseaddr(sanitize_address(address, "utf-8"))[1],
        content=message.message().as_bytes(linesep="\r\n"),  # type: ignore[call-arg]  # Django's own method
    )
