"""`haalweg serve`: settings are explained, staff and partners are made at a terminal."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from haalweg.cli import serve
from haalweg.cli.installation import ServeCommandError
from haalweg.gate.sockets import CannotListenError
from haalweg.web.configuration import ConfigurationError, read_configuration
from tests.gate.gates import HAALWEG, free_port, until
from tests.processes import children_of

GOOD = 'name = "Hulplijn"\naddress = "https://meld.example.nl"\n'


@pytest.fixture
def environment(tmp_path):
    environment = os.environ | {"HAALWEG_KEY_FILE": str(tmp_path / "keys"), "HAALWEG_LANGUAGE": "en"}
    for name in ("DJANGO_SETTINGS_MODULE", "HAALWEG_SERVE", "HAALWEG_DATABASE_URL"):
        environment.pop(name, None)
    return environment


@pytest.fixture
def run(tmp_path, environment):
    def run(*arguments, env=None, **more):
        return subprocess.run(
            [HAALWEG, *arguments],
            cwd=tmp_path,
            env=environment | (env or {}),
            capture_output=True,
            text=True,
            check=False,
            **more,
        )

    return run


@pytest.fixture
def read(tmp_path):
    def read(text, **environment):
        (tmp_path / "serve.toml").write_text(text)
        return read_configuration(tmp_path / "serve.toml", environment)

    return read


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "name"),
        ('name = "x"', "address"),
        (GOOD + "extra = 1", "extra"),
        (GOOD.replace("https", "http"), "address: without TLS whoever is in between reads what people tell."),
        *(
            (GOOD.replace("https://meld.example.nl", address), "address: where people find the pages.")
            for address in (
                "meld.example.nl",
                "https://u:p@x.nl",
                "https://x.nl#a",
                "https://x.nl:99999",
                "https://x y.nl",
            )
        ),
        (GOOD + 'listen = "8641"', "listen: an address and a port."),
        (GOOD + 'bank = "Hulp lijn"', "bank: letters"),
        (GOOD + 'bank = "P_VONK"', "bank: letters"),
        (GOOD + "[terms]\nundo_days = 0", "terms.undo_days"),
        (GOOD + "[terms]\nanswer_hours = 1", "terms.answer_hours"),
        (GOOD + "[retention]\nclosed = 0", "retention.closed: a whole number from 1 to 2192 is expected."),
        (GOOD + "[retention]\nletters = 5", "retention.letters"),
        (GOOD + "[retention]\nask = 60\nundecided = 60", "retention.ask: a person is asked before their report goes"),
        (GOOD + "[retention]\nmessages = 99\nclosed = 98", "retention.messages: it goes with its case at the latest"),
        ("name = ", "no TOML"),
        ('name = "a\\u0000b"', "name: a text is expected."),
        (GOOD + 'secret = "a\\u0000b"', "secret: a text is expected."),
        ("#" * 1_000_001, "more than 1,000,000 bytes: no file of settings."),
    ],
)
def test_a_bad_setting_is_named_with_a_way_out(read, text, said):
    with pytest.raises(ConfigurationError) as caught:
        read(text)
    assert "serve.toml: " in str(caught.value)
    assert said in str(caught.value)


MAIL = '[mail]\nserver = "smtp.example.nl:587"\nsender = "bericht@example.nl"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mail = 3", "mail: a table is expected. Good: [mail] on a line of its own."),
        ("[mail]", 'mail.server: it is not set. Good: server = "smtp.example.nl:587"'),
        (MAIL.replace(":587", ""), 'mail.server: an address and a port. Good: server = "smtp.example.nl:587".'),
        (MAIL.replace(":587", ":0"), 'mail.server: an address and a port. Good: server = "smtp.example.nl:587".'),
        (MAIL.replace("bericht@", "De Brug <bericht@"), "mail.sender: an address by itself, without a name."),
        (MAIL.replace("@example.nl", "@localhost"), "mail.sender: an address by itself, without a name."),
        (MAIL + 'user = "bericht"', "mail: a user without a password, or a password without a user."),
        (MAIL + 'password_file = "x"', "mail: a user without a password, or a password without a user."),
        (MAIL + 'password = "x"', "mail.password: there is no such setting. Is password_file meant?"),
        (MAIL + 'security = "ssl"', 'mail.security: one of starttls, tls, none. Good: security = "starttls".'),
        (MAIL + 'security = "none"', "mail.security: without TLS whoever is in between reads the mails"),
    ],
)
def test_a_mail_server_that_cannot_be_used_is_named(read, text, said):
    with pytest.raises(ConfigurationError) as error:
        read(GOOD + text)
    assert f"serve.toml: {said}" in str(error.value)


def test_a_mail_server_is_read_and_its_password_lies_in_a_file_of_its_own(read, tmp_path):
    assert read(GOOD).mail is None
    mail = read(GOOD + MAIL).mail
    assert (mail.host, mail.port, mail.user, mail.security, mail.domain) == (
        "smtp.example.nl",
        587,
        "",
        "starttls",
        "example.nl",
    )
    mail = read(GOOD + MAIL + 'user = "bericht"\npassword_file = "mail.password"').mail
    with pytest.raises(ConfigurationError, match=r"the password of the mail server is not there.*chmod 600"):
        mail.password()
    file = tmp_path / "mail.password"
    file.write_text("secret of the post\n")
    file.chmod(0o640)
    with pytest.raises(ConfigurationError, match="other users may read the password"):
        mail.password()
    file.chmod(0o600)
    assert mail.password() == "secret of the post"
    assert "secret of the post" not in repr(mail)
    for text in ("", "\n", "one\ntwo\n"):
        file.write_text(text)
        with pytest.raises(ConfigurationError, match="one line is expected"):
            mail.password()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_on_this_machine_a_mail_server_may_do_without_tls(read, host):
    mail = read(GOOD + MAIL.replace("smtp.example.nl", host) + 'security = "none"').mail
    assert mail.security == "none"


@pytest.mark.parametrize(("text", "sends"), [(GOOD, False), (GOOD + MAIL, True), (GOOD + "try_out = true\n", True)])
def test_without_a_server_people_are_mailed_while_trying_out_alone(read, text, sends):
    assert read(text).sends_mail is sends


@pytest.mark.parametrize(
    "url", ["mysql://x/y", "postgresql://host/", "postgresql://host:port/name", "postgresql://[::1/name"]
)
def test_a_database_that_is_none_is_named(read, url):
    with pytest.raises(ConfigurationError, match="HAALWEG_DATABASE_URL"):
        read(GOOD, HAALWEG_DATABASE_URL=url)


def test_a_database_url_says_all_of_it_and_shows_nothing(read):
    found = read(GOOD, HAALWEG_DATABASE_URL="postgresql://me:p%40ss@db.example:5433/haalweg").database
    assert (found.file, found.user, found.password, found.host, found.port, found.name) == (
        None,
        "me",
        "p@ss",
        "db.example",
        "5433",
        "haalweg",
    )
    assert "p@ss" not in repr(found)


def test_from_nothing_to_a_helpline_that_can_be_served(run, tmp_path):
    assert "Make one with: haalweg keys new." in run("serve", "init", "helpline").stderr
    assert run("keys", "new", "--no-drill").returncode == 0
    for name, address, said in (
        ("", "https://x.nl", "name: a text"),
        ("x", "foo", "address: where people find"),
        ("\udcff", "https://x.nl", "--name"),
    ):
        refused = run("serve", "init", "helpline", "--name", name, "--address", address)
        assert (refused.returncode, said in refused.stderr) == (2, True)
        assert not (tmp_path / "helpline").exists()
    assert "a helpline cannot be made there" in run("serve", "init", "keys").stderr
    made = run("serve", "init", "helpline")
    assert (made.returncode, "haalweg serve run" in made.stdout) == (0, True)
    assert run("serve", "init", "helpline").stderr == "helpline: there is a helpline already. Nothing was changed.\n"
    config = ("--config", "helpline/serve.toml")
    checked = run("serve", "check", *config)
    assert checked.returncode == 0
    assert "  desk      http://localhost:8641/desk/\n" in checked.stdout
    assert "This is to try it out" in checked.stdout
    assert run("serve", "staff", "new", "noor", *config, input="short\n").returncode == 2
    assert run("serve", "staff", "new", "noor", *config, input="correct horse 12 battery\n").returncode == 0
    assert "a name that is there already" in run("serve", "staff", "new", "noor", *config, input="x\n").stderr
    for name in ("n@x.nl", "", "a\tb", "x" * 41):
        assert run("serve", "staff", "new", name, *config, input="correct horse 12 battery\n").returncode == 2
    partner = ("serve", "partner", "new", "VONK", "--title", "Vonk", "--kind", "chat", "--nl", "Chat.", "--en", "Chat.")
    made = run(*partner, *config)
    key = "haalweg gate keys new VONK --scope feed --scope feedback --bank P_VONK --tier hashes"
    assert f"{key} --config helpline/door/door.toml" in made.stdout.replace(f"{tmp_path}/", "")
    assert "--kind: one of" in run(*partner[:7], "hosting", *partner[8:], *config).stderr
    assert "texts that people read" in run(*partner[:4], "--title", " ", *partner[6:], *config).stderr
    assert run(*partner, *config).stderr == "VONK: there is a partner of this name already.\n"
    staff, password = ("serve", "staff"), "correct horse 12 battery\n"
    assert run(*staff, "new", "vonk", "--role", "partner", *config, input=password).returncode == 2  # of which one?
    of_vonk = ("new", "vonk", "--role", "partner", "--partner", "VONK")
    assert run(*staff, *of_vonk, *config, input=password).returncode == 0
    assert "noor is reviewer from now on" in run(*staff, "role", "noor", "reviewer", *config).stdout
    assert "nobody at the desk has this name" in run(*staff, "role", "kim", "reviewer", *config).stderr
    assert run(*staff, "role", "noor", "everything", *config).returncode == 2
    assert run(*staff, "close", "vonk", *config).returncode == 0
    assert "nobody at the desk" in run(*staff, "close", "vonk", *config).stderr
    listed = run(*staff, "list", *config).stdout.splitlines()
    assert [line.split() for line in listed] == [["reviewer", "noor"], ["partner", "vonk", "VONK", "closed"]]
    elsewhere = run("serve", "staff", "new", "sam", *config, env={"HAALWEG_DATABASE_URL": "nowhere/x.sqlite3"})
    assert (elsewhere.returncode, "the database cannot be made" in elsewhere.stderr) == (2, True)
    (tmp_path / "helpline" / "web.secret").chmod(0o644)
    assert "other users may read the secret" in run("serve", "check", *config).stderr
    (tmp_path / "helpline" / "web.secret").unlink()
    assert "the secret is not there" in run("serve", "check", *config).stderr


def test_what_is_half_there_is_named_and_nothing_is_added_to_it(run, tmp_path):
    run("keys", "new", "--no-drill")
    (tmp_path / "helpline").mkdir()
    (tmp_path / "helpline" / "web.secret").write_text("of something else")
    refused = run("serve", "init", "helpline")
    assert (refused.returncode, "helpline/web.secret: it is there already" in refused.stderr) == (2, True)
    assert [each.name for each in (tmp_path / "helpline").iterdir()] == ["web.secret"]


def test_where_there_is_no_room_nothing_of_a_helpline_is_left(run, mounted):
    run("keys", "new", "--no-drill")
    place = mounted("size=100k")
    refused = run("serve", "init", str(place / "helpline"))
    assert (refused.returncode, "the disk is full" in refused.stderr) == (2, True), refused.stderr
    assert [*place.iterdir()] == []


def test_a_password_that_is_refused_is_said_in_the_language_of_the_terminal(run):
    run("keys", "new", "--no-drill")
    run("serve", "init", "helpline")
    for password, said in (
        ("kort", "Dit wachtwoord is te kort: minstens 12 tekens.\n"),
        ("q1w2e3r4t5y6", "Dit wachtwoord is te algemeen.\n"),
    ):
        refused = run(
            *("serve", "staff", "new", "noor", "--config", "helpline/serve.toml"),
            env={"HAALWEG_LANGUAGE": "nl"},
            input=f"{password}\n",
        )
        assert (refused.returncode, refused.stderr) == (2, said)


@pytest.mark.parametrize("locale", ["C.UTF-8", "POSIX"])
@pytest.mark.parametrize(
    "content", [bytes(100), b"\xff\xfe wrong \xe9\n", b"a" * 5_000_000, "\u202eanother way\n".encode()]
)
def test_a_file_that_was_piped_in_for_a_password_is_none(environment, tmp_path, run, content, locale):
    run("keys", "new", "--no-drill")
    run("serve", "init", "helpline")
    refused = subprocess.run(
        [HAALWEG, "serve", "staff", "new", "noor", "--config", "helpline/serve.toml"],
        env=environment | {"LC_ALL": locale},
        cwd=tmp_path,
        input=content,
        capture_output=True,
        check=False,
    )
    said = "What was piped in is no password: one line of at most 1000 letters, digits and signs.\n"
    assert (refused.returncode, refused.stderr.decode()) == (2, said)
    assert run("serve", "staff", "list", "--config", "helpline/serve.toml").stdout == ""


@pytest.mark.parametrize(("taken", "proposed"), [(8641, 8651), (65535, 65525)])
def test_the_port_that_is_proposed_is_one_that_there_is(monkeypatch, taken, proposed):
    def is_taken(listen):
        raise CannotListenError(listen.place, "Address already in use", is_taken=True)

    monkeypatch.setattr(serve, "listening_at", is_taken)
    with pytest.raises(ServeCommandError, match=f'Good: listen = "127.0.0.1:{proposed}"'):
        serve._refuse_taken("127.0.0.1", taken, Path("serve.toml"), "127.0.0.1:8641")


def test_the_door_is_checked_as_it_will_open_its_bank(run, tmp_path):
    run("keys", "new", "--no-drill")
    run("serve", "init", "helpline")
    config, door = ("--config", "helpline/serve.toml"), tmp_path / "helpline" / "door"
    assert run("serve", "check", *config).returncode == 0
    (journal,) = (tmp_path / "helpline" / "journals").glob("*.journal")
    listed = run("bank", "list", "helpline/door/door.bank", env={"HAALWEG_WITHDRAWAL_JOURNALS": str(journal.parent)})
    assert (listed.returncode, listed.stderr) == (0, "")  # other commands find the journal by its name
    whole = journal.read_bytes()
    journal.write_bytes(b"")
    assert "empty, so no withdrawal journal" in run("serve", "check", *config).stderr
    journal.write_bytes(whole)
    (door / "door.bank").rename(door / "away")
    assert "there is no such bank file" in run("serve", "check", *config).stderr


@pytest.mark.parametrize("end", [signal.SIGHUP, signal.SIGKILL, signal.SIGINT])
def test_whatever_ends_the_command_ends_both_processes(run, environment, tmp_path, end):
    run("keys", "new", "--no-drill")
    run("serve", "init", "helpline")
    for name, port in (("serve.toml", "8641"), ("door/door.toml", "8640")):
        file = tmp_path / "helpline" / name
        file.write_text(file.read_text().replace(port, str(free_port())))
    with (tmp_path / "log").open("wb") as log:
        command = subprocess.Popen(
            [HAALWEG, "serve", "run", "--config", tmp_path / "helpline" / "serve.toml"],
            env=environment,
            stdout=log,
            stderr=log,
        )
    socket = tmp_path / "helpline" / "door" / "web.sock"
    until(lambda: len(children_of(command.pid)) == 2 and socket.exists(), 30, (tmp_path / "log").read_text)
    both = [Path(f"/proc/{each}") for each in children_of(command.pid)]
    command.send_signal(end)
    command.wait(60)
    until(lambda: not any(each.exists() for each in both), 60, (tmp_path / "log").read_text)
    assert not socket.exists()


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_who_is_told_to_stop_and_does_ends_without_an_error(run, environment, tmp_path, end):
    run("keys", "new", "--no-drill")
    run("serve", "init", "helpline")
    for name, port in (("serve.toml", "8641"), ("door/door.toml", "8640")):
        file = tmp_path / "helpline" / name
        file.write_text(file.read_text().replace(port, str(free_port())))
    command = subprocess.Popen(
        [HAALWEG, "serve", "run", "--config", tmp_path / "helpline" / "serve.toml"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until((tmp_path / "helpline" / "door" / "web.sock").exists, 30, str)
    command.send_signal(end)
    assert command.wait(60) == 0


def test_a_port_of_the_door_that_is_taken_is_said(run, tmp_path):
    run("keys", "new", "--no-drill")
    run("serve", "init", "helpline")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        for name, before, after in (("serve.toml", "8641", free_port()), ("door/door.toml", "8640", port)):
            file = tmp_path / "helpline" / name
            file.write_text(file.read_text().replace(before, str(after)))
        refused = run("serve", "run", "--config", "helpline/serve.toml")
    assert (
        refused.returncode,
        f"door.toml: listen: another program listens at 127.0.0.1:{port}" in refused.stderr,
    ) == (
        2,
        True,
    )
