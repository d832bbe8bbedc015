"""`haalweg serve check`: what is wrong is said in a sentence, with the way out, and nothing hides another."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from haalweg.cli import serve_check
from haalweg.cli.serve_check import checked
from haalweg.keeping import KeyRing
from haalweg.web.configuration import Security
from tests.web.a_helpline import AHelpline
from tests.web.a_mail_server import PASSWORD, USER, AMailServer

REAL = [f"{name} = {value}" for name, value in (("address", '"https://meld.example.nl"'), ("try_out", "false"))]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    helpline = AHelpline(tmp_path_factory.mktemp("check"), {})
    assert helpline.act() == {}  # its database
    return helpline


@pytest.fixture
def helpline(made, tmp_path):
    shutil.copytree(made.folder, tmp_path / "helpline")
    shutil.copy(made.folder.parent / "keys", tmp_path / "keys")
    return tmp_path / "helpline"


@pytest.fixture
def said(helpline, tmp_path):
    """What is said of it: what stops it, and what a person should look at."""

    def said(*, now=None, **environment):
        found = checked(
            helpline / "serve.toml",
            {"HAALWEG_KEY_FILE": str(tmp_path / "keys")} | environment,
            now=now or datetime.now(UTC),
        )
        return [each.sentence for each in found.findings if each.stops], [
            each.sentence for each in found.findings if not each.stops
        ]

    return said


def written(file, *settings):
    """Settings with these lines in the place of those of the same name."""
    names = {each.split(" = ")[0] for each in settings}
    kept = [each for each in file.read_text().splitlines() if each.split(" = ")[0] not in names]
    file.write_text("\n".join([*settings, *kept]) + "\n")


@pytest.fixture
def _is_found(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: [])


def test_of_one_that_is_as_it_was_made_nothing_is_said(said):
    assert said() == ([], [])


def test_all_that_is_wrong_is_said_at_once(helpline, said, tmp_path):
    (helpline / "web.secret").unlink()
    (tmp_path / "keys").chmod(0o644)
    (helpline / "door" / "door.bank").unlink()
    written(helpline / "serve.toml", 'database = "nowhere/web.sqlite3"')
    stops, _ = said()
    assert [each.split(": ", 1)[1][:30] for each in stops] == [
        "the secret is not there. `haal",
        "other people on this machine m",
        "the database cannot be used (t",
        "there is no such bank file. Pu",
    ]


@pytest.mark.parametrize(
    ("file", "setting", "sentence"),
    [
        ("serve.toml", "debug = true", "debug: there is no such setting. There are: name, address"),
        ("serve.toml", "adress = 1", "adress: there is no such setting. Is address meant?"),
        ("door/door.toml", "debug = true", "debug: there is no such setting."),
        ("door/door.toml", 'web = "elsewhere.sock"', 'the pages do not find the door. Good: web = "web.sock".'),
        ("serve.toml", 'door = "nowhere.toml"', "nowhere.toml: there is no such file. `haalweg gate init` writes one"),
        (
            "serve.toml",
            'address = "http://meld.example.nl"',
            "try_out: true is for this machine only, and address says",
        ),
        ("serve.toml", 'listen = "0.0.0.0:8641"', "listen: 0.0.0.0 can be reached from other machines, and try_out is"),
        ("serve.toml", 'database = "nowhere/x"', "the database cannot be used (there is no such folder). Put right"),
        ("serve.toml", 'database = "serve.toml"', "the database cannot be used (file is not a database). Put right"),
        ("door/door.toml", 'journal = "../journals/other"', "other: the withdrawal journal is not there."),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(helpline, said, file, setting, sentence):
    written(helpline / file, setting)
    stops, _ = said()
    assert any(sentence in each for each in stops), stops


def test_a_name_that_is_missing_is_named(helpline, said):
    kept = [each for each in (helpline / "serve.toml").read_text().splitlines() if not each.startswith("name")]
    (helpline / "serve.toml").write_text("\n".join(kept))
    assert said()[0] == [f'{helpline}/serve.toml: name: it is not set. Good: name = "Hulplijn"']


@pytest.mark.parametrize("address", ["https://localhost", "https://127.0.0.1", "https://[::1]", "https://meld"])
def test_an_address_that_nobody_can_come_to_is_named(helpline, said, address):
    written(helpline / "serve.toml", f'address = "{address}"', "try_out = false")
    (sentence,), _ = said()
    assert sentence.startswith(f"address: {address.split('/')[-1].strip('[]')} is no name that people can come to")


@pytest.mark.usefixtures("_is_found")
def test_what_can_be_used_and_is_worth_a_look_does_not_stop_it(helpline, said):
    written(helpline / "serve.toml", *REAL, 'listen = "0.0.0.0:8641"')
    written(helpline / "door" / "door.toml", 'listen = "0.0.0.0:8640"')
    stops, look = said()
    assert stops == []
    assert len(look) == 6
    assert "Nobody has typed back from the recovery sheet" in look[0]
    assert "keys: level " in look.pop(1)
    others = ("listen: the pages are served without TLS", "Nobody is mailed", "door.toml: listen")
    for begins, each in zip(others, look[1:4], strict=True):
        assert begins in each
    assert "the journal lies on the disk of the bank" in look[4]


def test_a_name_that_is_not_found_is_said(helpline, said, monkeypatch):
    def nowhere(*_):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    written(helpline / "serve.toml", *REAL)
    stops, look = said()
    assert stops == []
    assert "address: meld.example.nl is not found from here. Does the name point to this machine?" in look


def test_what_cannot_even_be_looked_at_is_said_and_hides_nothing_else(helpline, said):
    # As in a folder that this user may not enter; root, who runs some tests, knows no such folder.
    bank = helpline / "door" / ("x" * 300)
    written(helpline / "door" / "door.toml", f'bank = "{bank.name}"', f'state = "{"y" * 300}"')
    (helpline / "web.sqlite3").chmod(0o604)
    assert said()[0] == [
        f"{bank}: it cannot be looked at (File name too long). May this user come there?",
        f"{helpline}/web.sqlite3: other users may read it. Close it: chmod o= {helpline}/web.sqlite3",
    ]


def test_the_key_file_is_read_as_the_door_reads_it(helpline, said, tmp_path):
    assert helpline.exists()
    keys = tmp_path / "keys"
    keys.chmod(0o640)
    assert "other people on this machine may read the keys (mode 640)" in said()[0][0]
    keys.chmod(0o600)
    KeyRing.read(keys).rotated(datetime.now(UTC)).replace(keys)
    assert said() == ([], ["A rotation of the keys was begun and not ended: `haalweg keys rotate` goes on."])
    keys.unlink()
    assert said()[0][0].startswith(f"There is no key file at {keys}.")
    KeyRing.make(datetime.now(UTC)).write_new(keys)
    assert len(said()[0]) == 1  # keys of another installation do not open the bank


@pytest.mark.parametrize("name", ["web.sqlite3", "door/door.bank", "journal"])
def test_what_others_may_read_is_named_with_the_way_to_close_it(helpline, said, name):
    file = next((helpline / "journals").glob("*.journal")) if name == "journal" else helpline / name
    file.chmod(0o604)
    assert said()[0] == [f"{file}: other users may read it. Close it: chmod o= {file}"]


def test_the_password_of_a_database_that_others_may_read_is_said_and_not_shown(helpline, said):
    written(helpline / "serve.toml", 'database = "postgresql://me:geheim@127.0.0.1:1/x"')
    (helpline / "serve.toml").chmod(0o644)
    stops, _ = said()
    assert "the password of the database is in it" in stops[0]
    assert "the database cannot be used (PostgreSQL, x at 127.0.0.1: the database cannot be reached" in stops[1]
    assert "geheim" not in "".join(stops)
    (helpline / "serve.toml").chmod(0o600)
    assert len(said()[0]) == 1


def test_a_database_that_cannot_be_written_to_is_said(helpline, said, mounted):
    place = mounted("size=20m")
    for file in helpline.glob("web.sqlite3*"):
        shutil.move(file, place / file.name)
        file.symlink_to(place / file.name)
    subprocess.run(["mount", "-o", "remount,ro", place], check=True)  # root may write to whatever a mode forbids
    (sentence,) = (each for each in said()[0] if "the database cannot be used" in each)
    assert re.search(r"\((attempt to write a readonly database|unable to open database file)\)", sentence)


def test_a_path_that_is_too_long_for_a_socket_is_said(helpline, said, monkeypatch):
    monkeypatch.setattr(serve_check, "_MOST_SOCKET_BYTES", 20)
    (sentence,), _ = said()
    socket_path = f"{helpline}/door/web.sock"
    assert sentence.startswith(
        f"{socket_path}: a socket's path has at most 20 bytes, and this one has {len(socket_path)}. Move"
    )


def test_the_longest_path_that_is_let_through_is_the_longest_that_the_kernel_takes(tmp_path):
    folder = tmp_path / "x"
    for more, fits in ((0, True), (1, False)):
        name = "y" * (serve_check._MOST_SOCKET_BYTES - len(os.fsencode(f"{folder}/")) + more)
        folder.mkdir(exist_ok=True)
        with socket.socket(socket.AF_UNIX) as one:
            if fits:
                one.bind(f"{folder}/{name}")
            else:
                with pytest.raises(OSError, match="too long"):
                    one.bind(f"{folder}/{name}")


def test_a_clock_that_is_behind_is_said(helpline, said):
    assert helpline.exists()
    for wrong in (datetime(2020, 1, 1, tzinfo=UTC), datetime.now(UTC) - timedelta(days=2)):
        (sentence,), _ = said(now=wrong)
        assert sentence.startswith(f"The clock says {wrong:%Y-%m-%d %H:%M} UTC, and what lies here is younger")
    assert said(now=datetime.now(UTC) + timedelta(days=400)) == ([], [])


@pytest.mark.parametrize(("left", "stops"), [(999_000_000, False), (99_000_000, True), (1_000_000_000, None)])
def test_a_disk_that_is_nearly_full_is_said(helpline, said, monkeypatch, left, stops):
    assert helpline.exists()
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=left))
    found = said()
    if stops is None:
        assert found == ([], [])
        return
    (sentence,) = found[0 if stops else 1]
    assert f"{left // 1_000_000} MB are left on this disk. Make room" in sentence


def test_the_command_ends_with_2_for_what_stops_it_and_with_0_for_what_is_worth_a_look(made, tmp_path):
    config = made.config.read_text()
    try:
        made.config.write_text(config + "[extra]\n")
        refused = made.serve("check")
        assert (refused.returncode, refused.stdout) == (2, "")
        assert "extra: there is no such setting." in refused.stderr
        made.config.write_text(config)
        written(made.config, *REAL)
        looked = made.serve("check")
        assert looked.returncode == 0
        assert "Look at this. Nobody has typed back from the recovery sheet" in looked.stderr
        assert "The settings can be used." in looked.stdout
    finally:
        made.config.write_text(config)
    assert tmp_path.exists()


@pytest.mark.usefixtures("_is_found")
def test_that_nobody_is_mailed_is_said_and_does_not_stop_it(helpline, said):
    written(helpline / "serve.toml", *REAL)
    stops, look = said()
    assert stops == []
    assert any(each.startswith("Nobody is mailed: there is no [mail].") for each in look)


def with_mail(file, server, *more):
    said = [f'server = "127.0.0.1:{server.port}"', 'sender = "bericht@example.nl"', *more]
    file.write_text("\n".join([file.read_text(), "[mail]", *said, ""]))


def test_the_mail_server_is_tried_and_what_is_wrong_with_it_does_not_stop_the_helpline(helpline, said, tmp_path):
    server = AMailServer(tmp_path, offers=Security.NONE)
    with_mail(helpline / "serve.toml", server)
    (away,) = said()[1]
    assert away.startswith(f"mail.server, 127.0.0.1:{server.port}: The mail server is not reached (")
    with server:
        stops, (sentence,) = said()
    assert stops == []
    assert sentence.endswith("does not offer what is needed: TLS after STARTTLS, or a login with a password.")


def test_with_a_mail_server_that_takes_mails_nothing_is_said_and_none_is_sent(helpline, said, tmp_path):
    with AMailServer(tmp_path, asks=PASSWORD) as server:
        server.settings()
        with_mail(
            helpline / "serve.toml",
            server,
            'security = "none"',
            f'user = "{USER}"',
            f'password_file = "{tmp_path}/mail.password"',
        )
        assert said() == ([], [])
        (tmp_path / "mail.password").chmod(0o604)
        ((sentence,), _) = said()
        assert "other users may read the password. Close it: chmod 600" in sentence
    assert server.taken == []
