"""The version of all that is on record: another one after every change, for what keeps ready-made pages."""

from datetime import datetime

from django.db.models import Count, Exists, Max, Min, Q

from accounts.models import User
from commitments.history.models import DataMark

_INVENTED = ".demonstration"
#: What the version tells of the marks, put together once: it is asked for before every page.
_TOLD = {
    "count": Count("pk"),
    "first": Min("pk"),
    "last": Max("pk"),
    "taken": Max("pk", filter=Q(takes_away=True)),
    "invented": Count("pk", filter=Exists(User.objects.filter(is_demonstration=True))),
}


def leave_mark(*, takes_away: bool = False) -> None:
    """Make the version another one, when the transaction around commits. For whatever writes what pages show.

    What takes something off the site says so: then no page of an earlier version is shown, come what may.
    """
    DataMark.objects.create(takes_away=takes_away)


def data_version() -> str:
    """The version as it stands: the same text means that nothing was committed in between. One query.

    How many marks there are belongs to it: a change that began early may commit after a later one. So does whether the
    people are invented, which every page says.
    """
    told = DataMark.objects.aggregate(**_TOLD)
    marks = f"{told['count']}.{told['first']}.{told['last']}.{told['taken'] or 0}"
    return marks + (_INVENTED if told["invented"] else "")


def last_taken_away(version: str) -> int:
    """Which mark took something off the site last, as a version, or what begins with one, knows it; 0 for none."""
    marks = version.partition("/")[0].split(".")
    return int(marks[3]) if len(marks) > 3 and marks[3].isdigit() else 0


def is_of_demonstration(version: str) -> bool:
    """Whether people were invented on the instance that had this version."""
    return version.endswith(_INVENTED)


def forget_marks(*, before: datetime) -> int:
    """Take away old marks: no transaction lasts so long. Never the newest, nor what took something away. How many."""
    newest = DataMark.objects.aggregate(last=Max("pk"))["last"]
    return DataMark.objects.filter(at__lt=before, pk__lt=newest or 0, takes_away=False).delete()[0]
