"""A gate's settings: checked whole, and refused with a way out."""

from __future__ import annotations

import base64
import os
import re
import socket
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from haalweg.banks import Assurance
from haalweg.gate.events import Event
from haalweg.gate.settings import SettingsError, read_settings
from haalweg.matching.policy import Action, BankPolicy, Failure

POLICY = {each.name for each in fields(BankPolicy)}
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
BANK = 'bank = "b"\n'
HOOK = f'{BANK}[[webhooks]]\nname = "M"\n'
HOOKED = f'{HOOK}url = "https://m.example/x?y=z"\nsecret_env = "W"\n'
SECRET = f"whsec_{base64.b64encode(bytes(32)).decode()}"


def test_a_webhook_takes_its_secret_from_the_environment_and_keeps_it_to_itself(read):
    (hook,) = read(f'{HOOKED}events = ["upload.held", "source.stale"]', W=SECRET).webhooks
    assert (hook.name, hook.secret, hook.local) == ("M", bytes(32), False)
    assert (hook.place.host, hook.place.target) == ("m.example", "/x?y=z")
    assert hook.events == {Event.UPLOAD_HELD, Event.SOURCE_STALE}
    assert repr(hook) == "Webhook(M)"


def test_a_webhook_on_this_network_may_be_anywhere(read):
    text = f'{HOOK}url = "http://10.0.0.7:8080/x"\nsecret_env = "W"\nevents = ["upload.held"]\nlocal = true'
    (hook,) = read(text, W=SECRET).webhooks
    assert (hook.place.scheme, hook.place.port) == ("http", 8080)


def test_nothing_is_fetched_unless_hosts_are_listed(read):
    assert read('bank = "b"').fetch is None
    fetch = read('bank = "b"\n[fetch]\nhosts = ["cdn.example.org", "a.example"]').fetch
    assert (fetch.hosts, fetch.seconds) == ({"cdn.example.org", "a.example"}, 10.0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("bank = ", "no TOML:"),
        (
            'bank = "b"\nlisten = "unix:"',
            'listen: the path of a socket file is expected. Good: listen = "unix:gate.sock"',
        ),
        (
            f'{SOURCE}name = "S"\nkey_env = "K"\nurl = "https://s"\n[[sources]]\nname = "S"\nkey_env = "K"\nurl = "https://t"',
            "sources[2].name: another one is called S. Give each a name of its own",
        ),
        (
            'bank = "b"\n[policy]\n[limits]\nwaiting = 9\njournal = "x"',
            "limits.journal: journal is said of the whole gate, and so stands above the first line with a [.",
        ),
        (
            'bank = "b"\n[[sources]]\n[policy.banks.NL]\nlisten = "x"',
            "policy.banks.NL.listen: listen is said of the whole gate",
        ),
        (
            'bank = "b"\n[policy]\n[limits]\n[policy]\nlead = "hold"',
            "line 4: [policy] is there twice. Put its settings below the first one.",
        ),
        (
            'bank = "b"\n[policy.failures]\n[limits]\n[policy.failures]\n',
            "line 4: [policy.failures] is there twice.",
        ),
        (f"bank = {'9' * 5_000}", "no TOML that can be read: a number in it is far too long."),
        (
            f"bank = {'[' * 5_000}{']' * 5_000}",
            "no TOML that can be read: tables or lists lie too deep",
        ),
        ("", 'bank: it is not set. Good: bank = "gate.bank"'),
        ('bank = "b"\njournal = 3', 'journal: a text is expected. Good: journal = "/elsewhere/gate.journal"'),
        (
            f'{SOURCE}name = "S"\nkey_env = "K"\nurl = "https://s"\ntakes_negative = "yes"',
            "sources[1].takes_negative: true or false is expected. Good: takes_negative = true.",
        ),
        (
            'bank = "b"\nweb_group = "g"',
            'web_group: who may open the socket of `web`, which is not set. Good: web = "web.sock".',
        ),
        ("bank = 3", 'bank: a text is expected. Good: bank = "gate.bank"'),
        ('bank = "b"\nlissten = "x"', "lissten: there is no such setting. Is listen meant?"),
        ('bank = "b"\nlisten = "8640"', "listen: an address and a port. Good:"),
        ('bank = "b"\nlisten = "127.0.0.1:99999"', "listen: an address and a port."),
        ('bank = "b"\npolicy = 3', "policy: a table is expected."),
        (
            'bank = "b"\n[policy]\nlead = "block"',
            "policy.lead: a lead says that a picture seems to be made from a photo.",
        ),
        ('bank = "b"\n[statement]\nplatform = "x"', 'statement.ground.nl: it is not set. Good: ground.nl = "..."'),
        ('bank = "b"\n[limits]\nupload_mb = 0', "limits.upload_mb: a whole number from 1 to 2000 is expected."),
        (
            'bank = "b"\n[limits]\nupload_mb = 9\nmemory_mb = 17',
            "limits.memory_mb: less than twice what one upload may have (9 MB).",
        ),
        ('bank = "b"\nsources = 3', "sources: tables are expected."),
        ('bank = "b"\nwebhooks = 3', "webhooks: tables are expected. Good: [[webhooks]] on a line of its own."),
        ('bank = "b"\nwebhooks = [3]', "webhooks[1]: a table is expected."),
        (f'{HOOK}url = "http://m.example"', "webhooks[1].url: https:// and port 443 are expected, unless the receiver"),
        (f'{HOOK}url = "https://m.example:8443"', "webhooks[1].url: https:// and port 443 are expected, unless"),
        (f'{HOOK}url = "https://a@m.example"', "webhooks[1].url: it holds a name or password. Good:"),
        (f'{HOOK}url = "https://m.example"\nlocal = 1', "webhooks[1].local: true or false is expected."),
        (f'{HOOK}url = "https://m.example"\nsecret_env = "NO"', "webhooks[1].secret_env: the environment has no NO."),
        (f'{HOOK}url = "https://m.example"\nsecret_env = "K"', "webhooks[1].secret_env: what K holds is no secret:"),
        (HOOKED, "webhooks[1].events: a list of texts is expected, and at least one."),
        (f"{HOOKED}events = []", "webhooks[1].events: a list of texts is expected, and at least one."),
        (f'{HOOKED}events = ["upload.hold"]', "webhooks[1].events: there is no upload.hold. Is upload.held meant?"),
        (f'{HOOKED}events = ["x"]', "webhooks[1].events: there is no x. There are: upload.held, "),
        (
            f'{HOOKED}events = ["upload.held"]\n{HOOKED.removeprefix(BANK)}events = ["upload.held"]',
            "webhooks[2].name: another one is called M. Give each a name of its own.",
        ),
        ('bank = "b"\n[fetch]', "fetch.hosts: a list of texts is expected, and at least one."),
        ('bank = "b"\n[fetch]\nhosts = "a.example"', "fetch.hosts: a list of texts is expected, and at least one."),
        ('bank = "b"\n[fetch]\nhosts = ["*.a.example"]', "fetch.hosts: *.a.example is no whole host name"),
        ('bank = "b"\n[fetch]\nhosts = ["127.0.0.1"]', "fetch.hosts: 127.0.0.1 is no whole host name"),
        ('bank = "b"\n[fetch]\nhosts = ["a.example"]\nseconds = 0', "fetch.seconds: a whole number from 1 to 300"),
        ('bank = "b"\n[fetch]\nhost = ["a.example"]', "fetch.host: there is no such setting. Is hosts meant?"),
        (f'{SOURCE}name = "a b"', "sources[1].name: capitals, digits and _ are expected."),
        (f'{SOURCE}name = "S"\nkey_env = "NO"', "sources[1].key_env: the environment has no NO."),
        (f'{SOURCE}name = "S"\nkey_env = "K"\nurl = "http://s.example"', "sources[1].url: an address that begins with"),
        (
            f'{SOURCE}name = "S"\nkey_env = "K"\nurl = "https://a@s.example"',
            "sources[1].url: it holds a name",
        ),
        (f'{SOURCE}name = "S"\nkey_env = "E"', "sources[1].key_env: what E holds is no key: visible ASCII characters"),
        (f'{SOURCE}name = "S"\nkey_env = "K"\nurl = "https://[feed.example"', "sources[1].url: it is no URL. Good:"),
        (f'{SOURCE}name = "S"\nkey_env = "K"\nurl = "https://s:99999"', "sources[1].url: it is no URL. Good:"),
        (f'{SOURCE}name = "S"\nkey_env = "K"\nurl = "https://fééd.example"', "sources[1].url: it is no URL of ASCII"),
        (
            f'{SOURCE}name = "S"\nkey_env = "K"\nurl = "https://xn--a.example"',
            "sources[1].url: its host can be no name and no address. Good:",
        ),
        (f'{HOOK}url = "https://m..example"', "webhooks[1].url: its host can be no name and no address. Good:"),
        (
            f'{SOURCE}name = "S"\nkey_env = "K"\nurl = "https://s"\nmost_assurance = "x"',
            "sources[1].most_assurance: one of",
        ),
        ('bank = "a\\u0000b"', "bank: a text is expected. Good:"),
        ('bank = "b"\njournal = "/"', "journal: the path of a file is expected. Good:"),
    ],
    ids=lambda value: value[-30:],
)
def test_what_cannot_be_used_is_named_with_a_way_out(read, text, said):
    with pytest.raises(SettingsError, match=r"gate\.toml: " + re.escape(said)):
        read(text, K="hwk_x", E="hwk_é", W=SECRET)


@pytest.fixture
def environment(tmp_path):
    return os.environ | {"HAALWEG_KEY_FILE": str(tmp_path / "keys")}


@pytest.fixture
def run(tmp_path, environment):
    """Run a command in a folder of its own, as an operator does."""

    def run(*arguments, **more):
        return subprocess.run(
            [HAALWEG, *arguments], cwd=tmp_path, env=environment | more, capture_output=True, text=True, check=False
        )

    return run


def test_what_init_writes_can_be_used(tmp_path, environment, run):
    assert run("gate", "init").returncode == 0
    assert run("gate", "init").stderr.endswith("Nothing was changed.\n")
    assert run("gate", "check").stderr == "gate.bank: there is no such bank file. Make it: haalweg bank new gate.bank\n"
    assert run("gate", "run").stderr == "gate.bank: there is no such bank file. Make it: haalweg bank new gate.bank\n"
    assert run("bank", "new", "gate.bank", "--plain").returncode == 0
    for command, sentence in (
        (("outbox", "list"), "Nothing waits, and nothing was given up.\n"),
        (("feedback",), "No platform has said anything yet of what matched.\n"),
        (("receipts",), "No subscriber has followed yet.\n"),
        (("keys", "list"), "No key was made yet.\n"),
    ):
        listed = run("gate", *command)
        assert (listed.returncode, listed.stdout, listed.stderr) == (0, "", sentence)
    checked = run("gate", "check")
    assert checked.returncode == 0
    assert checked.stdout.startswith("The settings can be used.\n  self_reported  hold\n")
    assert all(f"  {failure.value}" in checked.stdout for failure in Failure)
    assert (
        "  No journal: a bank that is put back from a backup would match what was withdrawn since.\n" in checked.stdout
    )
    feed_key = ("gate", "keys", "new", "PARTNER", "--scope", "feed", "--bank", "NL")
    no_journal = run(*feed_key)
    assert (no_journal.returncode, no_journal.stdout) == (2, "")
    assert "this bank keeps no withdrawal journal" in no_journal.stderr
    (tmp_path / "journals").mkdir()
    environment["HAALWEG_WITHDRAWAL_JOURNALS"] = "journals"
    assert run("gate", "check").stderr.endswith("`haalweg bank journal` begins one, and says where.\n")
    assert run("bank", "journal", "gate.bank").returncode == 0
    assert "No journal" not in run("gate", "check").stdout
    del environment["HAALWEG_WITHDRAWAL_JOURNALS"]
    (journal,) = (tmp_path / "journals").glob("*.journal")
    template = (tmp_path / "gate.toml").read_text()
    (tmp_path / "gate.toml").write_text(f'journal = "journals/{journal.name}"\n{template}')
    assert "No journal" not in run("gate", "check").stdout
    assert run(*feed_key).stdout.startswith("hwk_")
    settings = read_settings(tmp_path / "gate.toml", {})
    assert settings.statement is not None


def test_a_key_is_made_for_what_it_is_for_and_ended(run):
    assert run("gate", "init").returncode == 0
    made = run("gate", "keys", "new", "uploads", "--scope", "check")
    assert re.fullmatch(r"hwk_[\w-]{43}\n", made.stdout)
    assert run("gate", "keys", "new", "x", "--scope", "chek").stderr.startswith("chek: there is no such scope.")
    assert run("gate", "keys", "new", "x", "--scope", "feed").stderr.startswith("A feed key follows banks by name")
    assert run("gate", "keys", "new", "x", "--scope", "lookup").stderr.startswith("A lookup key asks of banks by name")
    no_use = run("gate", "keys", "new", "x", "--scope", "check", "--bank", "NL")
    assert no_use.stderr.startswith("--bank is said of a feed, lookup or feedback key only")
    refused = run("gate", "keys", "new", "coop", "--scope", "curate")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "I declare that everybody shown in what is added with this key is an adult" in refused.stderr
    assert "No key was made." in refused.stderr
    in_dutch = run("gate", "keys", "new", "coop", "--scope", "curate", HAALWEG_LANGUAGE="nl")
    assert "Ik verklaar dat iedereen die te zien is in wat er met deze sleutel bij komt volwassen is" in in_dutch.stderr
    assert run("gate", "keys", "new", "x", "--scope", "check", "--adults-only").returncode == 2
    assert re.fullmatch(r" +1  \d{4}-\d\d-\d\d  in use    uploads  check\n", run("gate", "keys", "list").stdout)
    curates = run("gate", "keys", "new", "coop", "--scope", "curate", "--scope", "check", "--adults-only")
    assert curates.stdout.startswith("hwk_")
    assert "You said: I declare that everybody shown in what is added with this key is an adult." in curates.stderr
    assert run("gate", "keys", "list").stdout.endswith("in use    coop  check curate (adults only)\n")
    assert run("gate", "keys", "new", "SHOP", "--scope", "lookup", "--bank", "NL", "--bank", "BE").returncode == 0
    assert run("gate", "keys", "list").stdout.endswith("in use    SHOP  lookup of NL, BE\n")
    assert run("gate", "keys", "end", "uploads").stdout == "Ended: 1.\n"
    assert "over" in run("gate", "keys", "list").stdout
    assert run("gate", "keys", "end", "uploads").stderr == "uploads: no key of this name is in use.\n"


def test_settings_that_the_disk_has_no_room_for_are_not_left_half_written(run, mounted):
    place = mounted("size=4k")
    (place / "fill").write_bytes(b"x" * 4096)
    refused = run("gate", "init", "--config", str(place / "gate.toml"))
    assert refused.stderr == f"{place}/gate.toml: it cannot be written (No space left on device).\n"
    assert [each.name for each in place.iterdir()] == ["fill"]


@pytest.mark.parametrize(("content", "reason"), [(None, "Is a directory"), (b"\xff", "a text in UTF-8 is expected")])
def test_settings_that_cannot_be_read_are_named_with_the_reason(run, tmp_path, content, reason):
    if content is None:
        (tmp_path / "gate.toml").mkdir()
    else:
        (tmp_path / "gate.toml").write_bytes(content)
    said = run("gate", "check").stderr
    assert said.startswith("gate.toml: it cannot be read")
    assert reason in said


def test_what_init_writes_names_every_setting(tmp_path, run):
    assert run("gate", "init").returncode == 0
    template = (tmp_path / "gate.toml").read_text()
    named = set(re.findall(r"^#? ?(\w+)(?:\.\w+)? = ", template, re.MULTILINE))
    assert named >= {*POLICY, *Failure, "stale_after_hours"}
    assert named >= {"bank", "journal", "state", "listen", "web", "web_group", "platform", "ground", "redress"}
    assert named >= {"upload_mb", "memory_mb", "body_seconds", "waiting", "workers", "lookups_a_day"}
    assert named >= {"name", "url", "key_env", "most_assurance", "takes_negative", "secret_env", "events", "local"}
    assert named >= {"hosts", "seconds"}
    assert all(event in template for event in Event)


def test_what_a_command_does_not_need_it_does_not_read(run, tmp_path):
    (tmp_path / "gate.toml").write_text(
        'bank = "gate.bank"\n[[sources]]\nname = "S"\nurl = "https://s.example"\nkey_env = "NOT_THERE"\n'
    )
    assert run("bank", "new", "gate.bank", "--plain").returncode == 0
    assert run("gate", "keys", "new", "uploads", "--scope", "check").returncode == 0
    for command in (("keys", "list"), ("keys", "end", "uploads"), ("outbox", "list"), ("outbox", "retry")):
        assert run("gate", *command).returncode == 0
    for name in ("feedback", "receipts"):
        assert run("gate", name).returncode == 0
    assert "key_env: the environment has no NOT_THERE" in run("gate", "check").stderr


def test_a_rule_of_a_bank_that_is_not_there_is_named(run, tmp_path):
    (tmp_path / "gate.toml").write_text(
        'bank = "gate.bank"\n[policy.banks.OURS]\nseen = "hold"\nsilent = true\n'
        "[policy.banks.NOT_THERE]\nenabled = false\n"
    )
    assert run("bank", "new", "gate.bank", "--plain", "--bank", "OURS").returncode == 0
    assert run("bank", "new", "gate.bank", "--bank", "OTHER").returncode == 0
    said = run("gate", "check").stdout
    assert '  bank OURS: seen = "hold", silent = true\n  bank OTHER: as above\n' in said
    assert "  bank NOT_THERE: enabled = false\n" in said
    assert "  NOT_THERE: no bank is called so, and this rule acts on nothing." in said
    assert "There are: OURS, OTHER.\n" in said


@pytest.mark.parametrize(
    ("listen", "said"),
    [
        ("unix:no/such/dir", "nothing can listen at unix:no/such/dir (No such file or directory). Good:"),
        ("192.0.2.1:8640", "nothing can listen at 192.0.2.1:8640 (Cannot assign requested address). Good:"),
        ("TAKEN", "another program listens at TAKEN, perhaps this gate, which runs already. End it, or"),
    ],
)
def test_where_nothing_can_listen_nothing_is_said_to_listen(run, tmp_path, listen, said):
    assert run("bank", "new", "gate.bank", "--plain").returncode == 0
    with socket.create_server(("127.0.0.1", 0)) as taken:
        place = f"127.0.0.1:{taken.getsockname()[1]}"
        listen, said = listen.replace("TAKEN", place), said.replace("TAKEN", place)
        (tmp_path / "gate.toml").write_text(f'bank = "gate.bank"\nlisten = "{listen}"\n')
        refused = run("gate", "run")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith(f"gate.toml: listen: {said}")
