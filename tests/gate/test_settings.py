"""A gate's settings: checked whole, and refused with a way out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from haalweg.banks import Assurance
from haalweg.gate.settings import SettingsError, read_settings
from haalweg.matching.policy import Action, Failure

HAALWEG = Path(sys.executable).with_name("haalweg")


@pytest.fixture
def read(tmp_path):
    def settings(text, **environment):
        (tmp_path / "gate.toml").write_text(text)
        return read_settings(tmp_path / "gate.toml", environment)

    return settings


def test_a_bank_is_enough(read, tmp_path):
    settings = read('bank = "gate.bank"')
    assert (settings.bank, settings.state) == (tmp_path / "gate.bank", tmp_path / "gate.state")
    assert (settings.listen.host, settings.listen.port, settings.listen.socket) == ("127.0.0.1", 8640, None)
    assert settings.policy.default.seen is Action.BLOCK


def test_a_socket_file_and_an_address_of_the_sixth_version(read, tmp_path):
    assert read('bank = "b"\nlisten = "unix:gate.sock"').listen.socket == tmp_path / "gate.sock"
    listen = read('bank = "b"\nlisten = "[::1]:80"').listen
    assert (listen.host, listen.port) == ("::1", 80)


def test_a_source_takes_its_key_from_the_environment_and_keeps_it_to_itself(read):
    text = (
        'bank = "b"\n[[sources]]\nname = "S"\nurl = "https://s.example/x/"\nkey_env = "K"\nmost_assurance = "spoken"\n'
    )
    (source,) = read(text, K="hwk_secret").sources
    assert (source.url, source.key, source.most_assurance) == ("https://s.example/x", "hwk_secret", Assurance.SPOKEN)
    assert "hwk_secret" not in repr(source)


SOURCE = 'bank = "b"\n[[sources]]\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("bank = ", "no TOML:"),
        ("", 'bank: it is not set. Good: bank = "gate.bank"'),
        ("bank = 3", 'bank: a text is expected. Good: bank = "gate.bank"'),
        ('bank = "b"\nlissten = "x"', "lissten: there is no such setting. Is listen meant?"),
        ('bank = "b"\nlisten = "8640"', "listen: an address and a port. Good:"),
        ('bank = "b"\nlisten = "127.0.0.1:99999"', "listen: an address and a port."),
        ('bank = "b"\npolicy = 3', "policy: a table is expected."),
        ('bank = "b"\n[policy]\nlead = "block"', "lead: a lead says that a picture seems to be made from a photo."),
        ('bank = "b"\n[statement]\nplatform = "x"', 'statement.ground.nl: it is not set. Good: ground.nl = "..."'),
        ('bank = "b"\n[limits]\nupload_mb = 0', "limits.upload_mb: a whole number from 1 to 2000 is expected."),
        (
            'bank = "b"\n[limits]\nupload_mb = 9\nmemory_mb = 8',
            "limits.memory_mb: less than one upload may have (9 MB).",
        ),
        ('bank = "b"\nsources = 3', "sources: tables are expected."),
        (f'{SOURCE}name = "a b"', "sources[1].name: capitals, digits and _ are expected."),
        (f'{SOURCE}name = "S"\nkey_env = "NO"', "sources[1].key_env: the environment has no NO."),
        (f'{SOURCE}name = "S"\nkey_env = "K"\nurl = "http://s.example"', "sources[1].url: an address that begins with"),
        (f'{SOURCE}name = "S"\nkey_env = "K"\nurl = "https://a@s.example"', "sources[1].url: an address that begins"),
        (
            f'{SOURCE}name = "S"\nkey_env = "K"\nurl = "https://s"\nmost_assurance = "x"',
            "sources[1].most_assurance: one of",
        ),
    ],
    ids=lambda value: value[-30:],
)
def test_what_cannot_be_used_is_named_with_a_way_out(read, text, said):
    with pytest.raises(SettingsError, match=r"gate\.toml: " + re.escape(said)):
        read(text, K="hwk_x")


def test_what_init_writes_can_be_used(tmp_path):
    environment = os.environ | {"HAALWEG_KEY_FILE": str(tmp_path / "keys")}

    def run(*arguments, **more):
        return subprocess.run(
            [HAALWEG, *arguments], cwd=tmp_path, env=environment | more, capture_output=True, text=True, check=False
        )

    assert run("gate", "init").returncode == 0
    assert run("gate", "init").stderr.endswith("Nothing was changed.\n")
    assert run("gate", "check").stderr == "gate.bank: there is no such bank file. Make it: haalweg bank new gate.bank\n"
    assert run("bank", "new", "gate.bank", "--plain").returncode == 0
    checked = run("gate", "check")
    assert checked.returncode == 0
    assert checked.stdout.startswith("The settings can be used.\n  self_reported  hold\n")
    assert all(f"  {failure.value}" in checked.stdout for failure in Failure)
    settings = read_settings(tmp_path / "gate.toml", {})
    assert settings.statement is not None
    made = run("gate", "keys", "new", "uploads", "--scope", "check")
    assert re.fullmatch(r"hwk_[\w-]{43}\n", made.stdout)
    assert run("gate", "keys", "new", "x", "--scope", "chek").stderr.startswith("chek: there is no such scope.")
    assert run("gate", "keys", "new", "x", "--scope", "feed").stderr.startswith("A feed key follows banks by name")
    refused = run("gate", "keys", "new", "coop", "--scope", "curate")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "I declare that everybody shown in what is added with this key is an adult" in refused.stderr
    assert "No key was made." in refused.stderr
    in_dutch = run("gate", "keys", "new", "coop", "--scope", "curate", HAALWEG_LANGUAGE="nl")
    assert "Ik verklaar dat iedereen die te zien is in wat er met deze sleutel bij komt volwassen is" in in_dutch.stderr
    assert run("gate", "keys", "new", "x", "--scope", "check", "--adults-only").returncode == 2
    assert re.fullmatch(r"\d{4}-\d\d-\d\d  in use    uploads  check\n", run("gate", "keys", "list").stdout)
    curates = run("gate", "keys", "new", "coop", "--scope", "curate", "--scope", "check", "--adults-only")
    assert curates.stdout.startswith("hwk_")
    assert "You said: I declare that everybody shown in what is added with this key is an adult." in curates.stderr
    assert run("gate", "keys", "list").stdout.endswith("in use    coop  check curate (adults only)\n")
    assert run("gate", "keys", "end", "uploads").stdout == "Ended: 1.\n"
    assert "over" in run("gate", "keys", "list").stdout
    assert run("gate", "keys", "end", "uploads").stderr == "uploads: no key of this name is in use.\n"
