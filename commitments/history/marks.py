"""The version of all that is on record: another one after every change, for what keeps ready-made pages."""

from datetime import datetime

from django.db.models import Count, Max, Min

from commitments.history.models import DataMark


def leave_mark() -> None:
    """Make the version another one, when the transaction around commits. For whatever writes what pages show."""
    DataMark.objects.create()


def data_version() -> str:
    """The version as it stands: the same text means that nothing was committed in between. One query.

    How many marks there are belongs to it: a change that began early may commit after a later one.
    """
    told = DataMark.objects.aggregate(count=Count("pk"), first=Min("pk"), last=Max("pk"))
    return f"{told['count']}.{told['first']}.{told['last']}"


def forget_marks(*, before: datetime) -> int:
    """Take away old marks, but never the newest: no transaction lasts so long. How many."""
    newest = DataMark.objects.aggregate(last=Max("pk"))["last"]
    return DataMark.objects.filter(at__lt=before, pk__lt=newest or 0).delete()[0]
