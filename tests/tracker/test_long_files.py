"""A file in many parts is no worker that hangs: gunicorn is told so with each part, through its own configuration."""

from collections.abc import Iterator
from typing import Any
from wsgiref.util import FileWrapper

from tracker.gunicorn_conf import beating, post_worker_init

PARTS = [b"a", b"b", b"c"]


class Parts:
    """An answer of three parts that knows whether it was closed."""

    closed = False

    def __iter__(self) -> Iterator[bytes]:
        return iter(PARTS)

    def close(self) -> None:
        self.closed = True


class Worker:
    """What gunicorn hands to its configuration: an application, and a way to show that the worker lives."""

    def __init__(self, parts: Any) -> None:
        self.told = 0
        self.wsgi: Any = lambda environ, start_response: parts

    def notify(self) -> None:
        self.told += 1


def test_each_part_shows_that_the_worker_lives() -> None:
    worker = Worker(parts := Parts())
    post_worker_init(worker)
    answer = iter(found := worker.wsgi({}, None))
    assert [next(answer), worker.told] == [b"a", 1]
    assert [*answer, worker.told] == [b"b", b"c", 3]
    found.close()
    assert parts.closed


def test_a_reader_who_goes_on_for_ever_is_cut_off() -> None:
    worker = Worker(PARTS)
    assert list(beating(worker.wsgi, worker.notify, longest=0)({}, None)) == PARTS
    assert worker.told == 0


def test_what_the_server_sends_by_itself_is_left_to_it(tmp_path: Any) -> None:
    with (tmp_path / "file").open("wb+") as file:
        worker = Worker(FileWrapper(file))
        answer = beating(worker.wsgi, worker.notify)({"wsgi.file_wrapper": FileWrapper}, None)
        assert isinstance(answer, FileWrapper)
