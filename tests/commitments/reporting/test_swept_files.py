"""Files that nothing belongs to go after their time; what somebody sends at that moment stays."""

import os
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from commitments.history import actions as history
from commitments.intake.files import read_upload
from commitments.reporting.actions import keep_draft, retention
from commitments.sources import storing
from commitments.sources.actions import store_file
from commitments.sources.models import StoredFile
from tests.cast import STAGE, Cast
from tests.factories import files, record

pytestmark = pytest.mark.django_db

LONG_AGO = timedelta(days=31)


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path / "files"


def now() -> datetime:
    """The clock of the disk, which no test can turn back."""
    return timezone.now()


def sent(cast: Cast, name: str, *, ago: timedelta = LONG_AGO) -> StoredFile:
    """A file that the focal point sent some time ago; its content is as old."""
    checked = read_upload(files.upload(name, files.pdf(name.encode())))
    row = store_file(checked=checked, by=cast.actor(cast.focal_colombia), at=now() - ago)
    aged(row.sha256, ago)
    return row


def aged(sha256: str, ago: timedelta = LONG_AGO) -> None:
    moment = (now() - ago).timestamp()
    os.utime(storing.path_of(sha256), (moment, moment))


def swept() -> int:
    return retention.sweep_contents(now(), storing.folders())


def test_a_file_that_nothing_belongs_to_goes_with_its_content(cast: Cast) -> None:
    left, fresh = sent(cast, "left.pdf"), sent(cast, "fresh.pdf", ago=timedelta(days=29))
    assert (retention.forget_files(now()), retention.forget_files(now())) == (1, 0)
    assert swept() == 1
    assert [row.pk for row in StoredFile.objects.all()] == [fresh.pk]
    assert (storing.read(left.sha256), storing.read(fresh.sha256) is not None) == (None, True)
    assert (
        StoredFile.history.filter(id=left.pk, history_type="-").get().history_change_reason == "nothing belonged to it"
    )


def test_what_belongs_or_once_belonged_to_something_stays(cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    shown = record.evidence("shown.pdf", commitment=commitment)
    taken = record.evidence("taken.pdf", commitment=commitment)
    history.remove(taken, by=STAGE, at=now())
    remembered = sent(cast, "remembered.pdf")
    fields = {"value": "7", "file": str(remembered.pk)}
    who = cast.focal_colombia.pk
    keep_draft(user_id=who, form="update", key="LAD-COL-901-I1", fields=fields, version_read=0, at=now())
    for row in filter(None, (shown.file, taken.file, remembered)):
        history.change(row, by=STAGE, at=now(), uploaded_at=now() - LONG_AGO)
        aged(row.sha256)
    assert (retention.forget_files(now()), swept()) == (0, 0)
    assert all(storing.read(row.sha256) is not None for row in StoredFile.objects.all())


def test_a_content_that_another_row_speaks_of_stays(cast: Cast) -> None:
    left = sent(cast, "same.pdf")
    checked = read_upload(files.upload("other.pdf", files.pdf(b"same.pdf")))
    other = store_file(checked=checked, by=cast.actor(cast.focal_canada), at=now())
    assert (left.sha256, other.name) == (other.sha256, "other.pdf")
    aged(left.sha256)
    assert (retention.forget_files(now()), swept()) == (1, 0)
    assert storing.read(other.sha256) is not None


def test_who_sends_the_same_file_again_keeps_it(cast: Cast) -> None:
    first = sent(cast, "again.pdf")
    checked = read_upload(files.upload("again.pdf", files.pdf(b"again.pdf")))
    again = store_file(checked=checked, by=cast.actor(cast.focal_colombia), at=now())
    assert again.pk == first.pk
    assert (retention.forget_files(now()), swept()) == (0, 0)
    assert storing.read(again.sha256) is not None


def test_a_content_sent_while_it_is_swept_is_put_back(cast: Cast) -> None:
    """The sender touches the content between the look and the taking away: the sweeper sees that and puts it back."""
    sent(cast, "kept.pdf", ago=timedelta(0))
    content = files.pdf(b"contested")
    sha256 = read_upload(files.upload("contested.pdf", content)).sha256
    kept = read_upload(files.upload("contested.pdf", content)).content
    storing.write(kept, sha256)
    aged(sha256)
    asked: list[Collection[str]] = []

    def meanwhile(hashes: Collection[str]) -> set[str]:
        asked.append(list(hashes))
        storing.write(kept, sha256)  # no row of it yet: the sender is a moment behind
        return retention.wanted(hashes)

    assert storing.sweep(sha256[:2], before=now() - LONG_AGO / 2, wanted=meanwhile) == 0
    assert asked == [[sha256]]
    assert storing.read(sha256) == kept


def test_a_row_that_comes_while_the_content_is_aside_saves_it(cast: Cast) -> None:
    sent(cast, "kept.pdf", ago=timedelta(0))
    row = sent(cast, "contested.pdf")
    told = iter([set[str](), {row.sha256}])
    assert storing.sweep(row.sha256[:2], before=now() - LONG_AGO / 2, wanted=lambda hashes: next(told)) == 0
    assert storing.read(row.sha256) is not None


def test_control_without_the_touch_the_content_is_lost(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "_touched", lambda place: True)
    content = read_upload(files.upload("contested.pdf", files.pdf(b"contested"))).content
    sha256 = read_upload(files.upload("contested.pdf", files.pdf(b"contested"))).sha256
    storing.write(content, sha256)
    aged(sha256)

    sender = iter([lambda: storing.write(content, sha256)])

    def meanwhile(hashes: Collection[str]) -> set[str]:
        next(sender, lambda: None)()
        return set()

    assert storing.sweep(sha256[:2], before=now() - LONG_AGO / 2, wanted=meanwhile) == 1
    assert storing.read(sha256) is None


def test_what_a_fault_left_beside_goes_and_a_write_under_way_stays(cast: Cast) -> None:
    row = sent(cast, "kept.pdf")
    folder = storing.path_of(row.sha256).parent
    for name, days in ((".half", 31), (".writing", 0)):
        (folder / name).write_bytes(b"half")
        moment = (now() - timedelta(days=days)).timestamp()
        os.utime(folder / name, (moment, moment))
    storing.sweep(folder.name, before=now() - timedelta(days=30), wanted=retention.wanted)
    assert sorted(path.name for path in folder.iterdir()) == [".writing", row.sha256[2:]]


def test_every_folder_is_looked_at_once_a_day_and_none_for_a_database_without_files(cast: Cast) -> None:
    left = sent(cast, "left.pdf")
    history.remove(left, by=STAGE, at=now())
    midnight = now().replace(hour=0)
    hours = [midnight + timedelta(hours=hour) for hour in range(24)]
    assert [retention.sweep_contents(at + timedelta(days=1)) for at in hours] == [0] * 24
    sent(cast, "kept.pdf", ago=timedelta(0))
    assert sum(retention.sweep_contents(at + timedelta(days=1)) for at in hours) == 1
    assert storing.read(left.sha256) is None
