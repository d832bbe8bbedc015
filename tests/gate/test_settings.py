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


def test_a_source_frees_nothing_from_matches_unless_it_is_said(read):
    source = 'bank = "b"\n[[sources]]\nname = "S"\nurl = "https://s.example"\nkey_env = "K"\n'
    assert read(source, K="hwk_x").sources[0].takes_negative is False
    assert read(source + "takes_negative = true\n", K="hwk_x").sources[0].takes_negative is True


def test_a_journal_lies_where_it_is_said(read, tmp_path):
    assert read('bank = "b"').journal is None
    assert read('bank = "b"\njournal = "elsewhere/x"').journal == tmp_path / "elsewhere" / "x"
    assert read('bank = "b"\njournal = "/elsewhere/x"').journal == Path("/elsewhere/x")


SOURCE = 'bank = "b"\n[[sources]]\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("bank = ", "no TOML:"),
        ("", 'bank: it is not set. Good: bank = "gate.bank"'),
        ('bank = "b"\njournal = 3', 'journal: a text is expected. Good: journal = "/elsewhere/gate.journal"'),
        (
            f'{SOURCE}name = "S"\nkey_env = "K"\nurl = "https://s"\ntakes_negative = "yes"',
            "sources[1].takes_negative: true or false is expected. Good: takes_negative = true.",
        ),
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

    def run(*arguments):
        return subprocess.run(
            [HAALWEG, *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

    assert run("gate", "init").returncode == 0
    assert run("gate", "init").stderr.endswith("Nothing was changed.\n")
    assert run("gate", "check").stderr == "gate.bank: there is no such bank file. Make it: haalweg bank new gate.bank\n"
    assert run("bank", "new", "gate.bank", "--plain").returncode == 0
    checked = run("gate", "check")
    assert checked.returncode == 0
    assert checked.stdout.startswith("The settings can be used.\n  self_reported  hold\n")
    assert all(f"  {failure.value}" in checked.stdout for failure in Failure)
    assert (
        "  No journal: a bank that is put back from a backup would match what was withdrawn since.\n" in checked.stdout
    )
    (tmp_path / "journals").mkdir()
    environment["HAALWEG_WITHDRAWAL_JOURNALS"] = "journals"
    assert run("gate", "check").stderr.endswith("`haalweg bank journal` begins one, and says where.\n")
    assert run("bank", "journal", "gate.bank").returncode == 0
    assert "No journal" not in run("gate", "check").stdout
    del environment["HAALWEG_WITHDRAWAL_JOURNALS"]
    (journal,) = (tmp_path / "journals").iterdir()
    template = (tmp_path / "gate.toml").read_text()
    (tmp_path / "gate.toml").write_text(f'journal = "journals/{journal.name}"\n{template}')
    assert "No journal" not in run("gate", "check").stdout
    settings = read_settings(tmp_path / "gate.toml", {})
    assert settings.statement is not None
    made = run("gate", "keys", "new", "uploads", "--scope", "check")
    assert re.fullmatch(r"hwk_[\w-]{43}\n", made.stdout)
    assert run("gate", "keys", "new", "x", "--scope", "chek").stderr.startswith("chek: there is no such scope.")
    assert run("gate", "keys", "new", "x", "--scope", "feed").stderr.startswith("A feed key follows banks by name")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d  in use    uploads  check\n", run("gate", "keys", "list").stdout)
    assert run("gate", "keys", "end", "uploads").stdout == "Ended: 1.\n"
    assert "over" in run("gate", "keys", "list").stdout
    assert run("gate", "keys", "end", "uploads").stderr == "uploads: no key of this name is in use.\n"
