"""Where a gate listens: had, or said why not; and never taken from another gate."""

from __future__ import annotations

import socket
import stat

import pytest

from haalweg.gate.settings import Listen
from haalweg.gate.sockets import CannotListenError, listening_at, socket_file


def reaches(path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking:
        return asking.connect_ex(str(path)) == 0


def test_a_second_gate_leaves_the_socket_file_of_the_first_alone(tmp_path):
    path = tmp_path / "gate.sock"
    with listening_at(Listen(path)):
        with pytest.raises(CannotListenError) as raised, listening_at(Listen(path)):
            pass
        assert (raised.value.is_taken, raised.value.place) == (True, f"unix:{path}")
        assert reaches(path)
    assert not path.exists()


def test_a_socket_file_is_for_its_user_and_group_or_its_user_alone(tmp_path):
    path = tmp_path / "gate.sock"
    with listening_at(Listen(path)):
        assert stat.S_IMODE(path.stat().st_mode) == 0o660
    with socket_file(path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_one_that_was_left_behind_is_replaced_and_what_is_something_else_is_not(tmp_path):
    path = tmp_path / "gate.sock"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as left_behind:
        left_behind.bind(str(path))
    with listening_at(Listen(path)):
        assert reaches(path)
    path.write_text("mine")
    with pytest.raises(CannotListenError, match="there is something else"), listening_at(Listen(path)):
        pass
    assert path.read_text() == "mine"


def test_a_port_that_is_taken_and_an_address_that_is_none(tmp_path):
    with listening_at(Listen(None, "127.0.0.1", 0)) as made:
        port = made.getsockname()[1]
        with pytest.raises(CannotListenError) as raised, listening_at(Listen(None, "127.0.0.1", port)):
            pass
        assert (raised.value.is_taken, raised.value.place) == (True, f"127.0.0.1:{port}")
    with (
        pytest.raises(CannotListenError, match="nothing can listen there") as raised,
        listening_at(Listen(None, "no-such-host.invalid", 1)),
    ):
        pass
    assert not raised.value.is_taken
    with pytest.raises(CannotListenError, match="No such file or directory"), listening_at(Listen(tmp_path / "no/x")):
        pass
