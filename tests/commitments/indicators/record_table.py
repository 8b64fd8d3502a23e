"""How each of the 52 indicators of the shipped record stands on 24 November 2026, worked out by hand.

Read from the figures of `reference_data/indicators.json` with the rules of the method page, never copied from the
program. Each row: rule, status, reason, and why. It holds with and without the demonstration.
"""

from datetime import date

from commitments.indicators.enums import Reason, Status

TODAY = date(2026, 11, 24)

ANNOUNCED = "money dated on the day of its announcement, so loaded undated; no figure of what was paid"
NO_VALUES = "target date passed, no value on record"

RECORD: dict[str, tuple[int, Status, Reason, str]] = {
    # -- rule 1: context, never judged
    "ind-usa-resettlement-ceiling": (1, Status.NONE, Reason.OBSERVED, "a ceiling is an input"),
    "ind-mex-returns-monthly": (1, Status.NONE, Reason.OBSERVED, "people taken back: context"),
    "ind-smo-registrations": (1, Status.NONE, Reason.OBSERVED, "figure of four countries; commitment ended"),
    "ind-smo-approved": (1, Status.NONE, Reason.OBSERVED, "figure of four countries; commitment ended"),
    "ind-smo-arrived": (1, Status.NONE, Reason.OBSERVED, "figure of four countries; commitment ended"),
    "ind-region-regularized-venezuelans": (1, Status.NONE, Reason.OBSERVED, "regional"),
    "ind-region-share-regularizing": (1, Status.NONE, Reason.OBSERVED, "regional"),
    "ind-region-endorsing": (1, Status.NONE, Reason.OBSERVED, "regional"),
    # -- rule 2: an ingredient is missing
    "ind-blz-amnesty-applications": (
        2,
        Status.NO_DATA,
        Reason.NO_TARGET,
        "the aim of 60,000 people is not in applications; commitment ended",
    ),
    "ind-col-regularized-officials": (2, Status.NO_DATA, Reason.NO_TARGET, "not to be set against the 1.5 million"),
    "ind-ecu-regularization-2022": (2, Status.NO_DATA, Reason.NO_TARGET, "who could apply, no target stated"),
    "ind-ecu-first-process-status": (2, Status.NO_DATA, Reason.NO_TARGET, "no target stated for the first process"),
    "ind-can-4000-workers": (
        2,
        Status.NO_DATA,
        Reason.NOT_COMPARABLE,
        "its one figure counts permits, the target workers",
    ),
    "ind-can-4000-growth": (2, Status.NO_DATA, Reason.NO_TARGET, "growth in per cent, no target stated"),
    "ind-visa-actions": (2, Status.NO_DATA, Reason.NO_TARGET, "more than 300 actions, no target stated"),
    "ind-ury-pending": (2, Status.NO_DATA, Reason.NO_TARGET, "starting value only"),
    "ind-pan-removals": (2, Status.NO_DATA, Reason.NO_TARGET, "words and two totals, no target stated"),
    "ind-mirps-blz-applications": (2, Status.NO_DATA, Reason.NO_TARGET, "no target stated; commitment ended"),
    "ind-mirps-blz-informed": (2, Status.NO_DATA, Reason.NO_TARGET, "no target stated; commitment ended"),
    "ind-mirps-blz-legal": (2, Status.NO_DATA, Reason.NO_TARGET, "no target stated; commitment ended"),
    "ind-mirps-commitments": (2, Status.NO_DATA, Reason.NO_TARGET, "size of the follow-up, no target"),
    "ind-mirps-displaced": (2, Status.NO_DATA, Reason.NO_TARGET, "people in the region, no target"),
    # -- rule 3
    "ind-col-permits": (
        3,
        Status.FULFILLED,
        Reason.REACHED_DAY_UNKNOWN,
        "1,718,811 of 1,500,000; due 31 Aug 2022, first figure that shows it of 2023, none below since the date",
    ),
    "ind-usa-resettlement": (
        3,
        Status.FULFILLED,
        Reason.REACHED_BY,
        "6,320 + 25,360 = 31,680 of 20,000, both fiscal years without a gap, the sum dated on the target date",
    ),
    # -- rule 4: no date agreed
    "ind-usa-h2a-65m": (4, Status.NO_DATA, Reason.NO_DATE, "up to 65 million, undated in the source"),
    "ind-esp-honduras": (4, Status.NO_DATA, Reason.NO_DATE, "from 1 to 2 (double), undated"),
    "ind-usa-376m": (4, Status.NO_DATA, Reason.NO_DATE, ANNOUNCED),
    "ind-usa-lima-240m": (4, Status.NO_DATA, Reason.NO_DATE, ANNOUNCED),
    "ind-usa-cri-12m": (4, Status.NO_DATA, Reason.NO_DATE, ANNOUNCED),
    "ind-usa-485m": (4, Status.NO_DATA, Reason.NO_DATE, ANNOUNCED),
    "ind-usa-578m": (4, Status.NO_DATA, Reason.NO_DATE, ANNOUNCED),
    "ind-usa-dol-3m": (4, Status.NO_DATA, Reason.NO_DATE, "undated in the source"),
    "ind-can-75m": (4, Status.NO_DATA, Reason.NO_DATE, "over six years, end year not stated"),
    "ind-usa-dfc-20m": (4, Status.NO_DATA, Reason.NO_DATE, "undated in the source"),
    "ind-col-parents": (4, Status.NO_DATA, Reason.NO_DATE, "up to 600,000, undated in the source"),
    "ind-ecu-95000": (4, Status.NO_DATA, Reason.NO_DATE, "nearly 95,000, undated in the source"),
    "ind-ury-25500": (4, Status.NO_DATA, Reason.NO_DATE, "about 25,500, undated in the source"),
    "ind-usa-686m": (4, Status.NO_DATA, Reason.NO_DATE, ANNOUNCED),
    "ind-usa-83m": (4, Status.NO_DATA, Reason.NO_DATE, ANNOUNCED),
    "ind-usa-10m": (4, Status.NO_DATA, Reason.NO_DATE, ANNOUNCED),
    "ind-mirps-210m": (4, Status.NO_DATA, Reason.NO_DATE, ANNOUNCED),
    "ind-r4v-usa-171m": (4, Status.NO_DATA, Reason.NO_DATE, ANNOUNCED),
    "ind-r4v-eu-80m": (4, Status.NO_DATA, Reason.NO_DATE, ANNOUNCED),
    "ind-r4v-can-42m": (4, Status.NO_DATA, Reason.NO_DATE, ANNOUNCED),
    # -- rule 6: no figure
    "ind-can-agri-workers-2022": (6, Status.NO_DATA, Reason.NO_FIGURE, NO_VALUES),
    "ind-mex-gtm-workers": (6, Status.NO_DATA, Reason.NO_FIGURE, "15,000 to 20,000 a year: no complete year on record"),
    "ind-mex-refugees-labour": (6, Status.NO_DATA, Reason.NO_FIGURE, NO_VALUES),
    "ind-usa-h2b": (6, Status.NO_DATA, Reason.NO_FIGURE, NO_VALUES),
    "ind-can-15000": (6, Status.NO_DATA, Reason.NO_FIGURE, NO_VALUES),
    "ind-iom-2025-people": (
        6,
        Status.NO_DATA,
        Reason.NO_FIGURE,
        "date ahead (31 Dec 2026), but no value, and no first reporting date on record, so it counts as come",
    ),
    "ind-iom-2025-money": (
        6,
        Status.NO_DATA,
        Reason.NO_FIGURE,
        "target date is not the day of announcement, so it stays; no value, no first reporting date",
    ),
    # -- rule 10, of an ended commitment: judged on 13 March 2025, the day of its last value
    "ind-ecu-100000": (
        10,
        Status.OFF_TRACK,
        Reason.FAR_BEHIND,
        "0 on 23 Aug 2024 to 100,000 on 30 Apr 2025 is 250 days; 202 had run: 80,800 expected, 5,000 is 6 %",
    ),
}
