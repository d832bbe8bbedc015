"""Reports come in while the helpline's processes are killed: `storm.py [--reports N] [--kills N] [--seed N]`.

Pages, their worker and the machine door are killed with -9 again and again while several people report at once, each
sending again what was not answered. At the end every report that was acknowledged has to be there, and none twice.
Exits with 1 where one is missing, is there twice, or was answered with two codes.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.gate.gates import HAALWEG, free_port, until
from tests.processes import children_of
from tests.web.reporting import a_report, an_item

PEOPLE = 4  # who report at once
HOST = "meld.example"
_PATIENCE_S = 120.0
_CODE = 8


@dataclass
class Seen:
    """What happened."""

    codes: dict[str, tuple[str, ...]] = field(default_factory=dict)  # of each key that was acknowledged
    again: int = 0  # how often something had to be sent again
    wrong: list[str] = field(default_factory=list)
    kills: Counter[str] = field(default_factory=Counter)


class Helpline:
    """A helpline on its own SQLite, behind a proxy that is not there: what a proxy says, the requests say."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder / "helpline", free_port()
        self._environment = os.environ | {"HAALWEG_KEY_FILE": str(folder / "keys")}
        for name in ("DJANGO_SETTINGS_MODULE", "HAALWEG_SERVE", "HAALWEG_DATABASE_URL"):
            self._environment.pop(name, None)
        for words in (["keys", "new", "--no-drill"], ["serve", "init", "helpline", "--address", f"https://{HOST}"]):
            subprocess.run([HAALWEG, *words], cwd=folder, env=self._environment, check=True, capture_output=True)
        for name, old, new in (("serve.toml", "8641", self.port), ("door/door.toml", "8640", free_port())):
            file = self.folder / name
            file.write_text(file.read_text().replace(old, str(new)))
        with (folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [HAALWEG, "serve", "run", "--config", str(self.folder / "serve.toml")],
                env=self._environment,
                stdout=log,
                stderr=log,
            )

    def answers(self) -> bool:
        with suppress(httpx.TransportError):
            return httpx.get(f"http://127.0.0.1:{self.port}/", headers=_behind_a_proxy(0), trust_env=False).is_success
        return False

    def processes(self) -> list[tuple[str, int]]:
        """Those that can be killed: what each is, and its number."""
        found = []
        for name, child in (("pages or door", each) for each in children_of(self._process.pid)):
            found.append((name, child))
            found += [("a worker", grandchild) for grandchild in children_of(child)]
        return found

    def stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(60)


def main() -> None:
    """Storm, and say what became of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=500)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="haalweg-storm-") as folder:
        helpline = Helpline(Path(folder))
        try:
            until(helpline.answers, 60)
            seen = storm(helpline, reports=asked.reports, kills=asked.kills, seed=asked.seed)
        finally:
            helpline.stop()
        _hold_to(seen, helpline.folder / "web.sqlite3")
    print(f"| reports acknowledged | {len(seen.codes)} |")
    print(f"| sent again, since no answer came | {seen.again} |")
    print("".join(f"| killed: {what} | {count}x |\n" for what, count in sorted(seen.kills.items())), end="")
    print(f"| missing, twice or with two codes | {len(seen.wrong)} |")
    for sentence in seen.wrong:
        print(sentence)
    sys.exit(bool(seen.wrong))


def storm(helpline: Helpline, *, reports: int, kills: int, seed: int) -> Seen:
    """Have people report while processes are killed, until both are through."""
    seen, lock = Seen(), threading.Lock()
    killer = threading.Thread(target=_kill, args=(helpline, seen, kills, random.Random(seed)))
    killer.start()
    with ThreadPoolExecutor(PEOPLE) as people:
        for done in [people.submit(_report, helpline, seen, lock, number) for number in range(reports)]:
            done.result()
    killer.join()
    return seen


def _kill(helpline: Helpline, seen: Seen, kills: int, chance: random.Random) -> None:
    for _ in range(kills):
        time.sleep(chance.uniform(0.2, 1.5))
        there = helpline.processes()
        if there:
            what, process = chance.choice(there)
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
                seen.kills[what] += 1


def _report(helpline: Helpline, seen: Seen, lock: threading.Lock, number: int) -> None:
    """Report once, and send it again until it is acknowledged, as the page has the person do."""
    key, until_s = str(uuid.uuid4()), time.monotonic() + _PATIENCE_S
    body = json.dumps(a_report(items=[an_item(number % 40)]))
    while True:
        try:
            answer = _sent(helpline.port, body, key, number)
            if answer.status_code == httpx.codes.CREATED:
                code = tuple(answer.json()["code"])
                break
            if answer.status_code < 500:
                raise RuntimeError(f"A report was answered with status {answer.status_code}.")
        except httpx.TransportError:
            pass
        if time.monotonic() > until_s:
            raise RuntimeError("A report was not taken for two minutes.")
        with lock:
            seen.again += 1
        time.sleep(0.2)
    again = None
    with suppress(httpx.TransportError):  # as who pressed twice: the same words
        again = _sent(helpline.port, body, key, number)
    with lock:
        seen.codes[key] = code
        if again is not None and again.status_code == httpx.codes.CREATED and tuple(again.json()["code"]) != code:
            seen.wrong.append("A report was answered with two codes.")


def _sent(port: int, body: str, key: str, number: int) -> httpx.Response:
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=30) as client:
        proxy = _behind_a_proxy(number)
        page = client.get("/s/", headers=proxy)
        if page.status_code < 500:  # else it is asked again
            page.raise_for_status()
        cookies = "; ".join(value.split(";", 1)[0] for value in page.headers.get_list("set-cookie"))
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        headers = proxy | {
            "content-type": "application/json",
            "idempotency-key": key,
            "cookie": cookies,
            "x-csrftoken": token[1] if token else "",
            "referer": f"https://{HOST}/s/",
        }
        return client.post("/s/send", content=body, headers=headers)


def _behind_a_proxy(number: int) -> dict[str, str]:
    return {"host": HOST, "x-forwarded-proto": "https", "x-forwarded-for": f"198.{18 + number // 250}.{number % 250}.1"}


def _hold_to(seen: Seen, database: Path) -> None:
    """Every report that was acknowledged is there, once."""
    with closing(sqlite3.connect(database)) as file:
        (cases,) = file.execute("SELECT count(*) FROM store_case").fetchone()
        (distinct,) = file.execute("SELECT count(DISTINCT sent_as) FROM store_case").fetchone()
        (without,) = file.execute(
            "SELECT count(*) FROM store_case WHERE id NOT IN (SELECT case_id FROM store_signature)"
        ).fetchone()
        (numbers,) = file.execute("SELECT count(DISTINCT number) FROM store_case").fetchone()
    if cases != len(seen.codes):
        seen.wrong.append(f"{len(seen.codes)} reports were acknowledged, and {cases} are there.")
    if distinct != cases or numbers != cases:
        seen.wrong.append(f"Of {cases} cases {distinct} were sent once, and {numbers} have a number of their own.")
    if without:
        seen.wrong.append(f"{without} cases are there without what was reported.")
    if len(set(seen.codes.values())) != len(seen.codes) or any(len(code) != _CODE for code in seen.codes.values()):
        seen.wrong.append("Two reports have the same code.")


if __name__ == "__main__":
    main()
