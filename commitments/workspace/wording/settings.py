"""Settings in words: each value with its label, and who decided it, when and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel.lists import format_list
from django.conf import settings
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from commitments.formats.dates import long_date, long_moment
from commitments.formats.language import language_of
from commitments.formats.numbers import MARKS, format_percent
from commitments.history.wording import LOADER, role_words
from commitments.mechanisms.models import OfficeSettings, Thresholds
from commitments.mechanisms.queries import Version

LANGUAGES = dict(settings.LANGUAGES)


@dataclass(frozen=True, slots=True)
class Setting:
    """One value with its label."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class VersionLine:
    """Settings as a page lists them."""

    row: Any
    begins: str
    state: str
    is_ahead: bool
    decided: str
    reason: str
    settings: tuple[Setting, ...]


def lang() -> str:
    """The language of the page."""
    return language_of(get_language())


def settings_of(row: Thresholds | OfficeSettings) -> tuple[Setting, ...]:
    """The values, each with its label."""
    return _thresholds(row) if isinstance(row, Thresholds) else _office(row)


def version_lines(
    versions: list[Version], on: date, zone: ZoneInfo, names: Mapping[int, str]
) -> tuple[VersionLine, ...]:
    """Every version, the newest first: announced ones, the one in force, those before it."""
    in_force = next((version.row.pk for version in versions if not version.is_ahead(on)), None)
    return tuple(_line(version, version.row.pk == in_force, on, zone, names) for version in versions)


def _line(version: Version, is_in_force: bool, on: date, zone: ZoneInfo, names: Mapping[int, str]) -> VersionLine:
    ahead = version.is_ahead(on)
    state = pgettext("settings", "announced") if ahead else pgettext("settings", "in force") if is_in_force else ""
    loaded = version.user_id is None and version.request_id.startswith(LOADER)
    who = _("Loaded from the public record") if loaded else role_words(version.role, "", "", {}, {})
    who = names.get(version.user_id or 0, who)
    # Translators: who decided settings, and when: "Ada Administrator, 24 November 2026, 12:00 (UTC)"
    decided = _("%(who)s, %(moment)s") % {"who": who, "moment": long_moment(version.decided_at, zone, lang())}
    return VersionLine(
        row=version.row,
        begins=long_date(version.row.valid_from, lang()),
        state=state,
        is_ahead=ahead,
        decided=decided,
        reason=version.public_reason,
        settings=settings_of(version.row),
    )


def _thresholds(row: Thresholds) -> tuple[Setting, ...]:
    return (
        Setting(_("On track from"), percent(row.on_track_from)),
        Setting(_("At risk from"), percent(row.at_risk_from)),
        Setting(_("Early part of the time"), percent(row.early_share)),
        Setting(_("Window around the target date"), days(row.end_window_days)),
        Setting(_("Delay of a milestone"), days(row.milestone_grace_days)),
    )


def _office(row: OfficeSettings) -> tuple[Setting, ...]:
    review = ngettext("%(count)s working day", "%(count)s working days", row.review_days) % {"count": row.review_days}
    return (
        Setting(_("Review"), review),
        Setting(_("Answer to a question"), days(row.answer_days)),
        Setting(_("Reminders before a due date"), day_list(row.early_reminders)),
        Setting(_("Reminders after a due date"), day_list(row.late_reminders)),
        Setting(_("Reminders before a meeting"), day_list(row.meeting_reminders)),
        Setting(_("Languages of the summaries"), ", ".join(str(LANGUAGES.get(code, code)) for code in row.languages)),
    )


def percent(share: Decimal | str) -> str:
    """A part of one in percent."""
    return format_percent(Decimal(share).normalize(), lang(), places=None)


def days(count: int) -> str:
    """A number of days in words."""
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": count}


def meeting_reminders_words(counts: list[int]) -> str:
    """When the people of a group are reminded of a meeting, as the office decided."""
    if not counts:
        return _("The people of the group are not reminded of it.")
    return _("The people of the group are reminded by e-mail before it (%(days)s).") % {"days": day_list(counts)}


def day_list(counts: list[int]) -> str:
    """Numbers of days in words: "14 and 3 days"; or that there are none."""
    if not counts:
        return pgettext("reminders", "none")
    numbers = format_list([str(count) for count in counts], locale=MARKS[lang()].locale)
    return ngettext("%(count)s day", "%(count)s days", max(counts)) % {"count": numbers}
