"""`examples/deploy`: what is in it names what there is, holds what it says of security, and logs nothing of anybody."""

from __future__ import annotations

import ctypes
import os
import re
import shlex
import shutil
import ssl
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest

from tests.gate.gates import HAALWEG, free_port, until
from tests.gate.test_proxy import MAIN, NGINX, write_certificate
from tests.web.a_helpline import AHelpline

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "examples" / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
ANALYZE, SYSUSERS, CREDS = (shutil.which(f"systemd-{name}") for name in ("analyze", "sysusers", "creds"))
CADDY = shutil.which("caddy")
MOST_EXPOSED = {"haalweg-web": 15, "haalweg-door": 15, "haalweg-backup": 23}  # tenths; systemd 252 calls these OK
_PR_SET_MDWE, _PR_MDWE_REFUSE_EXEC_GAIN = 65, 1


def lines(unit):
    found: dict[str, list[str]] = {}
    for line in unit.read_text().splitlines():
        if line and not line.startswith(("#", "[")):
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_units_command_is_one_that_there_is(unit):
    (start,) = lines(unit)["ExecStart"]
    command = re.search(r"/opt/haalweg/bin/haalweg (.*?)'?$", start)
    assert command is not None
    words = [word for word in shlex.split(command[1].replace("%%", "%")) if not word.startswith(("-", "/"))]
    helped = subprocess.run([HAALWEG, *words, "--help"], capture_output=True, text=True, check=False)
    assert helped.returncode == 0
    assert "--config" in helped.stdout


@pytest.fixture
def installed(mounted, tmp_path):
    """A machine with the two users and a helpline as root made it; gives what runs a script there."""
    accounts = (DEPLOY / "sysusers.conf").read_text()
    made = mounted("mode=755")
    folders = {"etc": made / "etc", "srv": made / "srv", "var": tmp_path / "var"}  # keys of a machine lie on its disk
    for folder in folders.values():
        folder.mkdir()
    passwd, group = (Path("/etc", name).read_text() for name in ("passwd", "group"))
    for number, (kind, name) in enumerate(re.findall(r"^([gu]) +(\S+)", accounts, re.MULTILINE), 61_000):
        group += f"{name}:x:{number}:\n"
        passwd += f"{name}:x:{number}:{number}::/:/bin/false\n" if kind == "u" else ""
    (made / "etc" / "passwd").write_text(passwd)
    (made / "etc" / "group").write_text(group)
    script = [f"mount --bind {folder} /{name}" for name, folder in folders.items()]

    def run(more):
        done = subprocess.run(
            ["unshare", "--mount", "bash", "-euc", "\n".join([*script, more])],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_every_unit_reads_and_writes_what_is_its_own_and_nothing_else(installed):
    found = installed(f"""
        umask 022
        mkdir -p /srv/helpline/web /srv/helpline/door /var/lib/haalweg-journals /etc/haalweg
        ln -s /etc/passwd /srv/helpline/door/link
        python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("/srv/helpline/door/web.sock")'
        chown haalweg-door:haalweg /srv/helpline/door/web.sock; chmod 660 /srv/helpline/door/web.sock
        touch /srv/helpline/{{serve.toml,web/web.secret,door/door.toml,door/door.bank}} /etc/haalweg/keys
        touch /var/lib/haalweg-journals/a.journal
        sh {DEPLOY / "permissions.sh"}
        sh {DEPLOY / "permissions.sh"}  # as often as one likes
        find /srv/helpline /var/lib/haalweg-journals /var/backups/* /etc/haalweg /etc/passwd -printf '%p %m %u %g\\n'
    """)
    rights = {path: (mode, user, group) for path, mode, user, group in map(str.split, found.splitlines())}
    assert rights.pop("/srv/helpline/door/link")[1] == "haalweg-door"
    assert rights == {
        "/srv/helpline": ("755", "root", "root"),  # who has the pages can put no other door there
        "/srv/helpline/serve.toml": ("640", "root", "haalweg-web"),
        "/srv/helpline/web": ("700", "haalweg-web", "haalweg-web"),
        "/srv/helpline/web/web.secret": ("600", "haalweg-web", "haalweg-web"),
        "/srv/helpline/door": ("710", "haalweg-door", "haalweg"),
        "/srv/helpline/door/door.toml": ("600", "haalweg-door", "haalweg-door"),
        "/srv/helpline/door/web.sock": ("660", "haalweg-door", "haalweg"),  # as the door that runs made it
        "/srv/helpline/door/door.bank": ("600", "haalweg-door", "haalweg-door"),
        "/var/lib/haalweg-journals": ("700", "haalweg-door", "haalweg-door"),
        "/var/lib/haalweg-journals/a.journal": ("600", "haalweg-door", "haalweg-door"),
        "/var/backups/haalweg": ("700", "root", "root"),
        "/etc/haalweg": ("700", "root", "root"),
        "/etc/haalweg/keys": ("600", "root", "root"),
        "/etc/passwd": ("644", "root", "root"),
    }
    for unit in UNITS:
        user = lines(unit).get("User", ["root"])[0]
        for path in " ".join(lines(unit)["ReadWritePaths"]).split():
            assert rights[path][1] in (user, "root")


@pytest.mark.threat("K10")
def test_pages_and_door_are_two_users_and_the_pages_get_no_key():
    web, door = lines(DEPLOY / "haalweg-web.service"), lines(DEPLOY / "haalweg-door.service")
    assert (web["User"], door["User"]) == (["haalweg-web"], ["haalweg-door"])
    assert not [name for name in web if name.startswith("LoadCredential")]
    assert door["LoadCredentialEncrypted"] == ["haalweg.keys:/etc/haalweg/keys.cred"]
    assert "/etc/haalweg" in web["InaccessiblePaths"][0].split()
    assert "/srv/helpline/web" in door["InaccessiblePaths"][0].split()


@pytest.mark.threat("K8")
def test_what_is_too_old_goes_from_the_backups_also_the_half_of_one_that_was_killed(tmp_path):
    (command,) = lines(DEPLOY / "haalweg-backup.service")["ExecStartPost"]
    for days in (34, 37):
        for name in (f"{days}.haalweg", f".{days}.haalweg.0a1b2c", f"{days}.txt"):
            (tmp_path / name).touch()
            at = time.time() - days * 86_400
            os.utime(tmp_path / name, (at, at))
    subprocess.run(command.replace("/var/backups/haalweg", str(tmp_path)).split(), check=True)  # as systemd: no shell
    assert {each.name for each in tmp_path.iterdir()} == {"34.haalweg", ".34.haalweg.0a1b2c", "34.txt", "37.txt"}


@pytest.mark.threat("K4")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_every_unit_is_hardened(unit):
    found = lines(unit)
    for name, value in {
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "PrivateTmp": "yes",
        "LimitCORE": "0",
        "MemorySwapMax": "0",
        "MemoryDenyWriteExecute": "yes",
        "RestrictNamespaces": "yes",
        "UMask": "0077",
    }.items():
        assert found[name] == [value], name


@pytest.mark.skipif(ANALYZE is None, reason="needs systemd-analyze (Debian package systemd)")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_systemd_finds_nothing_wrong_with_a_unit(unit, tmp_path):
    assert ANALYZE is not None
    here = tmp_path / unit.name
    here.write_text(unit.read_text().replace("/opt/haalweg/bin/haalweg", str(HAALWEG)))
    shutil.copy(DEPLOY / "haalweg-backup.timer", tmp_path)
    verified = subprocess.run([ANALYZE, "verify", here], capture_output=True, text=True, check=False)
    assert [each for each in verified.stderr.splitlines() if unit.name in each] == []
    most = MOST_EXPOSED[unit.stem]
    judged = subprocess.run(
        [ANALYZE, "security", "--offline=true", f"--threshold={most}", here],
        capture_output=True,
        text=True,
        check=False,
    )
    assert judged.returncode == 0, judged.stdout.splitlines()[-1]


@pytest.mark.threat("K3")
@pytest.mark.skipif(CREDS is None, reason="needs systemd-creds (Debian package systemd)")
def test_keys_lie_sealed_and_are_open_for_one_command_only(installed):
    found = installed(f"""
        mkdir -p /etc/haalweg /var/lib/systemd /srv/run
        echo 0123456789abcdef0123456789abcdef >/etc/machine-id
        mount --bind /srv/run /run
        export HAALWEG={HAALWEG} HAALWEG_LANGUAGE=en PATH={os.environ["PATH"]}
        with_keys() {{ sh {DEPLOY}/with-keys.sh "$@"; }}
        with_keys keys new --no-drill >/dev/null 2>&1
        before=$(sha256sum </etc/haalweg/keys.cred)
        with_keys keys list | grep -c '^  key '
        [ "$before" = "$(sha256sum </etc/haalweg/keys.cred)" ] && echo as it was
        with_keys keys rotate --no-drill >/dev/null 2>&1
        with_keys keys list | grep -c '^  key '
        with_keys keys new --no-drill >/dev/null 2>&1 || echo refused $?
        ls /etc/haalweg /run
        grep -c haalweg /etc/haalweg/keys.cred || true
        stat -c %a /etc/haalweg/keys.cred
        mv /etc/haalweg/keys.cred /etc/haalweg/away
        mkdir /srv/bin; printf '#!/bin/sh\\nexit 1\\n' >/srv/bin/systemd-creds; chmod +x /srv/bin/systemd-creds
        PATH=/srv/bin:$PATH; with_keys keys new --no-drill >/dev/null 2>/srv/said || echo not sealed $?
        grep -c 'could not be sealed' /srv/said
        ls /run/haalweg-keys.*
    """)
    assert found.splitlines() == [
        *("1", "as it was", "2", "refused 2"),
        *("/etc/haalweg:", "keys.cred", "", "/run:"),
        *("0", "600", "not sealed 1", "1", "before", "keys"),
    ]


@pytest.mark.skipif(SYSUSERS is None, reason="needs systemd-sysusers (Debian package systemd)")
def test_systemd_makes_the_two_users(tmp_path):
    assert SYSUSERS is not None
    (tmp_path / "etc").mkdir()
    command = [SYSUSERS, f"--root={tmp_path}", str(DEPLOY / "sysusers.conf")]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (made.returncode, re.findall(r"^haalweg\S+?(?=:)", (tmp_path / "etc/passwd").read_text(), re.MULTILINE)) == (
        0,
        ["haalweg-web", "haalweg-door"],
    ), made.stderr


def _no_new_code():
    if ctypes.CDLL(None).prctl(_PR_SET_MDWE, _PR_MDWE_REFUSE_EXEC_GAIN, 0, 0, 0):
        os._exit(77)


def test_door_and_pages_run_where_memory_that_was_written_is_never_run(tmp_path):
    helpline = AHelpline(tmp_path, {})
    port = re.search(r'^listen = "127.0.0.1:(\d+)"', helpline.config.read_text(), re.MULTILINE)
    assert port is not None
    commands = [
        ("gate", "run", "--config", str(helpline.folder / "door" / "door.toml")),
        ("serve", "pages", "--config", str(helpline.config)),
    ]
    running = []
    try:
        running += [
            subprocess.Popen(
                [HAALWEG, *command],
                env=helpline.environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                preexec_fn=_no_new_code,  # noqa: PLW1509 - one thread here
            )
            for command in commands
        ]
        address = f"http://localhost:{port[1]}/"

        def is_up():
            if any(each.poll() == 77 for each in running):
                pytest.skip("this kernel cannot refuse it (before 6.3)")
            try:
                return httpx.get(address, trust_env=False).is_success and (helpline.folder / "door/web.sock").exists()
            except httpx.TransportError:
                return False

        until(is_up, 60)
        helpline.door = None
        assert helpline.act(("report", 81), ("confirm", 81), ("tell", ""))["81"]["state"] == "on_the_list"
    finally:
        for each in running:
            each.terminate()
        codes = [each.wait(45) for each in running]
    assert codes == [0, 0]


def test_the_container_is_made_of_what_there_is_and_is_nobodys_root():
    text = (DEPLOY / "Containerfile").read_text()
    for copied in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE):
        for path in copied.split():
            assert (ROOT / path).exists(), path
    last = text[text.rindex("\nFROM ") :]
    assert re.search(r"^USER (?!root)\w+$", last, re.MULTILINE)
    (command,) = re.findall(r"^CMD (\[.*\])$", last, re.MULTILINE)
    assert command == '["serve", "run", "--config", "/srv/helpline/serve.toml"]'
    assert "ENV HAALWEG_KEY_FILE=/run/keys" in last  # and the file itself is never copied


@pytest.mark.skipif(CADDY is None, reason="needs caddy (Debian package caddy)")
def test_caddy_takes_its_configuration(tmp_path):
    assert CADDY is not None
    done = subprocess.run(
        [CADDY, "validate", "--adapter", "caddyfile", "--config", DEPLOY / "Caddyfile"],
        env=os.environ | {"HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.threat("L2")
def test_no_configuration_of_a_proxy_names_what_would_tell_on_anybody():
    nginx = (DEPLOY / "nginx.conf").read_text()
    (logged,) = re.findall(r"^log_format helpline '(.*)';$", nginx, re.MULTILINE)
    assert set(logged.split()) == {"$time_iso8601", "$request_method", "$status", "$request_length", "$request_time"}
    assert nginx.count("error_log /dev/null emerg;") == nginx.count("server {")
    caddy = re.sub(r"#.*", "", (DEPLOY / "Caddyfile").read_text())
    assert re.findall(r"^[ \t]*(log\b.*)$", caddy, re.MULTILINE) == ["log default {"]
    assert "exclude http.log.error http.handlers.reverse_proxy" in caddy


class _Pages(BaseHTTPRequestHandler):
    asked: list[tuple[str, dict[str, str], bytes]] = []  # noqa: RUF012 - of the one server of a test

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        self.asked.append((self.path, dict(self.headers.items()), body))
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.mark.threat("L2")
@pytest.mark.skipif(NGINX is None, reason="needs nginx (Debian package nginx)")
def test_nginx_passes_on_what_is_asked_and_writes_none_of_it_down(tmp_path):
    assert NGINX is not None
    pages = HTTPServer(("127.0.0.1", 0), _Pages)
    threading.Thread(target=pages.serve_forever, daemon=True).start()
    folder, port = tmp_path / "proxy", free_port()
    for each in ("bodies", "answers"):
        (folder / each).mkdir(parents=True)
    write_certificate(folder)
    sample = (DEPLOY / "nginx.conf").read_text()
    for place, ours in {
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
        "/etc/ssl/certs/meld.example.nl.pem": str(folder / "certificate.pem"),
        "/etc/ssl/private/meld.example.nl.key": str(folder / "certificate.key"),
        "/var/log/nginx/helpline.log": str(folder / "access.log"),
        "127.0.0.1:8641": f"127.0.0.1:{pages.server_port}",
    }.items():
        assert place in sample
        sample = sample.replace(place, ours)
    (folder / "sample.conf").write_text(sample)
    (folder / "nginx.conf").write_text(MAIN)
    started = [NGINX, "-p", str(folder), "-c", "nginx.conf", "-e", "start.log"]
    assert subprocess.run([*started, "-t"], capture_output=True, text=True, check=False).returncode == 0
    proxy = subprocess.Popen(started)
    try:
        url, secret = f"https://127.0.0.1:{port}", "geheim-83"
        known = ssl.create_default_context(cafile=folder / "certificate.pem")
        until(lambda: _is_there(url, known), 10)
        body = secret.encode() * 100_000  # larger than nginx keeps in memory unless it is told
        told = {"referer": secret, "user-agent": secret}
        asked = httpx.post(f"{url}/m/{secret}?q={secret}", content=body, headers=told, verify=known)
        assert asked.status_code == 200
        pages.shutdown()
        pages.server_close()
        assert httpx.post(f"{url}/{secret}?q={secret}", content=b"x", verify=known).status_code == 502
    finally:
        proxy.terminate()
        proxy.wait(10)
    path, headers, passed_on = _Pages.asked[-1]
    assert (path, passed_on) == (f"/m/{secret}?q={secret}", body)
    assert (headers["X-Forwarded-For"], headers["X-Forwarded-Proto"]) == ("127.0.0.1", "https")
    written = b"".join(each.read_bytes() for each in folder.rglob("*") if each.is_file() and each.suffix != ".conf")
    assert b"POST 502" in written
    for telling in (secret.encode(), b"127.0.0.1"):
        assert telling not in written
    assert not [*(folder / "bodies").rglob("*"), *(folder / "answers").rglob("*")]


def _is_there(url, known):
    try:
        return httpx.get(url, verify=known).status_code > 0
    except httpx.TransportError:
        return False
