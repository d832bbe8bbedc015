"""The log: lines of JSON with fields that are on a list, and nothing of what was sent, whoever logs."""

from __future__ import annotations

import json
import logging
import socket

import pytest

from haalweg.gate.logs import LOG, AsJson
from tests.gate.gates import AGate


def line_of(record):
    return json.loads(AsJson().format(record))


@pytest.fixture
def logged(caplog):
    def lines():
        return [line_of(record) for record in caplog.records]

    return lines


def test_an_event_is_a_line_of_its_name_and_fields(logged):
    LOG.warning("source_failed", source="HELPLINE", error="SourceError")
    (line,) = logged()
    assert line.pop("at").endswith("Z")
    assert line == {"level": "warning", "event": "source_failed", "source": "HELPLINE", "error": "SourceError"}


@pytest.mark.threat("K4")
@pytest.mark.parametrize(
    "fields",
    [
        {"url": "x"},
        {"error": "cannot read https://example.org"},
        {"source": "a b"},
        {"source": ""},
        {"error": "x" * 101},
    ],
)
def test_what_is_not_on_the_list_or_no_word_is_refused(logged, fields):
    with pytest.raises(ValueError, match=r"not a field of the log|no single word"):
        LOG.warning("source_failed", **fields)
    assert logged() == []


@pytest.mark.threat("K4")
def test_of_what_a_library_says_only_that_it_spoke_is_written(caplog, logged):
    try:
        int("/t/hwk_secret/m/lookup")
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception at %s", "/t/hwk_secret/m/lookup")
    logging.getLogger("haalweg.gate").warning("past the door: %s", "hwk_secret")
    assert [line["library"] for line in logged()] == ["uvicorn", "haalweg"]
    assert "secret" not in "".join(AsJson().format(record) for record in caplog.records)


@pytest.mark.threat("K4")
def test_a_real_gate_says_nothing_of_what_was_sent_to_it_broken(tmp_path):
    gate = AGate(tmp_path / "one")
    gate.start()
    for sent in (b"GET /t/hwk_secret/\xff HTTP/9.9\r\n\r\n", b"secret\r\n\r\n", b"GET / HTTP/1.1\r\nsecret\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", gate.port), 10) as connection:
            connection.sendall(sent)
            connection.recv(1000)
    gate.stop()
    said, *lines = gate.log().splitlines()
    assert said == f"The gate listens at 127.0.0.1:{gate.port}. Ctrl-C ends it."
    assert "secret" not in gate.log()
    assert all({"at", "level", "event"} <= json.loads(line).keys() for line in lines)
    assert any(json.loads(line).get("library") == "uvicorn" for line in lines)
