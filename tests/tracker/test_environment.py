"""What is derived from variables: ports beside each other, sockets of a length that systems accept."""

from pathlib import Path

import pytest

from tracker import environment

pytestmark = pytest.mark.once


@pytest.mark.parametrize(("port", "beside"), [(8000, 9000), (64535, 65535), (64536, 63536), (65535, 64535)])
def test_a_second_port_is_a_port_too(port: int, beside: int) -> None:
    assert environment.port_beside(port, 1000) == beside


def test_copies_on_ports_that_people_choose_do_not_meet() -> None:
    chosen = {8000, 8001, 8002, 8080, 8100, 8200, 8443, 8888, 9000, 9001, 9090, 10000}
    taken = [environment.port_beside(port, distance) for port in chosen for distance in (0, 1525, 1780)]
    assert len(set(taken)) == len(taken)


def test_sockets_live_in_the_data_directory_unless_its_path_is_too_long() -> None:
    assert environment.runtime_dir(Path("/srv/tracker")) == Path("/srv/tracker/run")
    first, second = (environment.runtime_dir(Path("/srv") / ("d" * 100) / name) for name in ("a", "b"))
    assert (len(str(first)) <= environment.SOCKET_PATH_LIMIT, first == second) == (True, False)
    assert first == environment.runtime_dir(Path("/srv") / ("d" * 100) / "a")
