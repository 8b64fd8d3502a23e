"""The version of all that is on record: another one after every change, for what keeps ready-made pages."""

from datetime import datetime

from django.db.models import Count, Exists, Max, Min

from accounts.models import User
from commitments.history.models import DataMark

_INVENTED = ".demonstration"
#: What the version tells of the marks, put together once: it is asked for before every page.
_TOLD = {
    "count": Count("pk"),
    "first": Min("pk"),
    "last": Max("pk"),
    "invented": Count("pk", filter=Exists(User.objects.filter(is_demonstration=True))),
}


def leave_mark() -> None:
    """Make the version another one, when the transaction around commits. For whatever writes what pages show."""
    DataMark.objects.create()


def data_version() -> str:
    """The version as it stands: the same text means that nothing was committed in between. One query.

    How many marks there are belongs to it: a change that began early may commit after a later one. So does whether the
    people are invented, which every page says.
    """
    told = DataMark.objects.aggregate(**_TOLD)
    return f"{told['count']}.{told['first']}.{told['last']}{_INVENTED if told['invented'] else ''}"


def is_of_demonstration(version: str) -> bool:
    """Whether people were invented on the instance that had this version."""
    return version.endswith(_INVENTED)


def forget_marks(*, before: datetime) -> int:
    """Take away old marks, but never the newest: no transaction lasts so long. How many."""
    newest = DataMark.objects.aggregate(last=Max("pk"))["last"]
    return DataMark.objects.filter(at__lt=before, pk__lt=newest or 0).delete()[0]
