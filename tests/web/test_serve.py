"""`haalweg serve`: settings are explained, staff and partners are made at a terminal."""

from __future__ import annotations

import os
import subprocess

import pytest

from haalweg.web.configuration import ConfigurationError, read_configuration
from tests.gate.gates import HAALWEG

GOOD = 'name = "Hulplijn"\naddress = "https://meld.example.nl"\n'


@pytest.fixture
def run(tmp_path):
    environment = os.environ | {"HAALWEG_KEY_FILE": str(tmp_path / "keys"), "HAALWEG_LANGUAGE": "en"}
    for name in ("DJANGO_SETTINGS_MODULE", "HAALWEG_SERVE", "HAALWEG_DATABASE_URL"):
        environment.pop(name, None)

    def run(*arguments, **more):
        return subprocess.run(
            [HAALWEG, *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, **more
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
        (GOOD.replace("https://meld.example.nl", "meld.example.nl"), "address: where people find the pages."),
        (GOOD + 'listen = "8641"', "listen: an address and a port."),
        (GOOD + "[terms]\nundo_days = 0", "terms.undo_days"),
        (GOOD + "[terms]\nanswer_hours = 1", "terms.answer_hours"),
        ("name = ", "no TOML"),
    ],
)
def test_a_bad_setting_is_named_with_a_way_out(read, text, said):
    with pytest.raises(ConfigurationError) as caught:
        read(text)
    assert "serve.toml: " in str(caught.value)
    assert said in str(caught.value)


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://host/", "postgresql://host:port/name"])
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
    for name, address, said in (("", "https://x.nl", "name: a text"), ("x", "foo", "address: where people find")):
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
    assert run("serve", "staff", "new", "n@x.nl", *config, input="correct horse 12 battery\n").returncode == 2
    partner = ("serve", "partner", "new", "VONK", "--title", "Vonk", "--kind", "chat", "--nl", "Chat.", "--en", "Chat.")
    made = run(*partner, *config)
    assert "haalweg gate keys new VONK --scope feed --scope feedback --bank P_VONK --tier hashes" in made.stdout
    assert run(*partner, *config).stderr == "VONK: there is a partner of this name already.\n"
    (tmp_path / "helpline" / "web.secret").chmod(0o644)
    assert "other users may read the secret" in run("serve", "check", *config).stderr
    (tmp_path / "helpline" / "web.secret").unlink()
    assert "the secret is not there" in run("serve", "check", *config).stderr
