"""A helpline on this machine, to try out: what is missing is made, then it runs until Ctrl-C.

`make run` ends with it. All that people and staff do in it is kept in one folder, and the next run goes on with that.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from haalweg.errors import HaalwegError
from haalweg.gate.settings import read_settings
from haalweg.web.configuration import read_configuration

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType
    from typing import IO

    from haalweg.web.configuration import Configuration

HAALWEG = Path(sys.executable).with_name("haalweg")
START_S = 60.0


def main() -> int:
    """Set up what is missing, run it, say where its doors are; the exit code."""
    arguments = _arguments()
    folder: Path = arguments.folder
    os.environ["HAALWEG_KEY_FILE"] = str((folder / "keys").absolute())  # never the keys of a real one
    for name in ("HAALWEG_DATABASE_URL", "HAALWEG_WITHDRAWAL_JOURNALS"):
        os.environ.pop(name, None)
    config = folder / "helpline" / "serve.toml"
    code = _set_up(folder, config)
    if code:
        return code
    if arguments.port:
        _use_ports(config, arguments.port)
    with _ctrl_c_is_for_us():
        return _run(folder, config, arguments.seconds)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Run a helpline on this machine, to try it out.")
    parser.add_argument("--folder", type=Path, default=Path("run"), help="where all of it is kept; made if missing")
    parser.add_argument("--port", type=_port, help="of the pages; the machine door gets the one before it")
    parser.add_argument("--seconds", type=float, help="end by itself after so long")
    return parser.parse_args()


def _port(text: str) -> int:
    port = int(text)
    if not 1 < port < 1 << 16:
        raise argparse.ArgumentTypeError(f"{port} is none: 2 to 65535 are expected.")
    return port


def _set_up(folder: Path, config: Path) -> int:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    steps = []
    if not (folder / "keys").exists():
        steps.append(["keys", "new", "--no-drill"])  # the sheet is not shown: nothing in here is worth one
    if not config.exists():
        steps.append(["serve", "init", str(config.parent)])
    for step in steps:
        print(f"$ haalweg {shlex.join(step)}", flush=True)
        made = subprocess.run([HAALWEG, *step], check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if made.returncode:
            print(made.stderr, end="", file=sys.stderr)
            return made.returncode
    return 0


def _use_ports(config: Path, port: int) -> None:
    door = config.parent / "door" / "door.toml"
    for file, name, value in (
        (config, "listen", f"127.0.0.1:{port}"),
        (config, "address", f"http://localhost:{port}"),
        (door, "listen", f"127.0.0.1:{port - 1}"),
    ):
        text = file.read_text("utf-8")
        file.write_text(re.sub(rf'(?m)^{name} = "[^"]*"', f'{name} = "{value}"', text, count=1), "utf-8")


@contextmanager
def _ctrl_c_is_for_us() -> Iterator[None]:
    """Take the terminal, where there is one: a make that hears Ctrl-C too calls the way out of this a failure."""
    if not (sys.stdin.isatty() and os.tcgetpgrp(0) == os.getpgrp()):
        yield
        return
    before = os.getpgrp()
    for number in (signal.SIGTTOU, signal.SIGTSTP):  # giving the terminal back; Ctrl-Z, of which make would not know
        signal.signal(number, signal.SIG_IGN)
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpgrp())
    try:
        yield
    finally:
        with suppress(OSError):  # the terminal is gone
            os.tcsetpgrp(0, before)


def _run(folder: Path, config: Path, seconds: float | None) -> int:
    configuration = read_configuration(config, os.environ)
    is_told_to_end = False
    command: subprocess.Popen[bytes] | None = None

    def end(number: int, _: FrameType | None) -> None:
        nonlocal is_told_to_end
        is_told_to_end = True
        if command is not None:
            command.send_signal(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)
    print(f"$ haalweg serve run --config {config}", flush=True)
    command = subprocess.Popen(
        [HAALWEG, "serve", "run", "--config", config], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    )
    is_said = threading.Event()
    threading.Thread(target=_show_mails, args=(command.stdout, is_said), daemon=True).start()
    if is_told_to_end:
        command.send_signal(signal.SIGINT)
    is_up = _is_up(command, configuration)
    if is_up:
        _say(folder, config, configuration)
        is_said.set()
        with suppress(subprocess.TimeoutExpired):
            command.wait(seconds)
    command.send_signal(signal.SIGINT)
    code = command.wait()
    if is_told_to_end or (is_up and code == 0):
        print(f"Stopped. Nothing is lost: the next run goes on with {folder}.", flush=True)
        return 0
    print("The helpline does not run. With another port: make run PORT=9001", file=sys.stderr, flush=True)
    return code or 1


def _show_mails(said: IO[bytes], is_said: threading.Event) -> None:
    """Show what is printed once it is up: mails to people, which go to the console while trying out."""
    for line in said:
        if is_said.is_set():
            print(line.decode(errors="replace"), end="", flush=True)


def _is_up(command: subprocess.Popen[bytes], configuration: Configuration) -> bool:
    """Wait until pages and door are there; whether they are."""
    until = time.monotonic() + START_S
    while command.poll() is None and time.monotonic() < until:
        with suppress(OSError):
            urllib.request.urlopen(configuration.address, timeout=5).close()  # noqa: S310 - our own
            if configuration.door_socket.exists():
                return True
        time.sleep(0.2)
    return False


def _say(folder: Path, config: Path, configuration: Configuration) -> None:
    door = read_settings(configuration.door, os.environ)
    print(
        DOORS.format(
            address=configuration.address,
            feed=f"http://{door.listen.host}:{door.listen.port}",
            haalweg=HAALWEG.relative_to(Path.cwd()) if HAALWEG.is_relative_to(Path.cwd()) else HAALWEG,
            config=config,
            door=configuration.door,
            bank=configuration.bank,
            folder=folder,
        ),
        flush=True,
    )


DOORS = """
The helpline is up, for this machine only.

  report something     {address}/
  the desk             {address}/desk/
  a gate's feed        {feed}

The first staff account, in another terminal (it asks for a password; the first login sets up a second factor):

  {haalweg} serve staff new NAME --config {config}

A key for a gate that follows the list:

  {haalweg} gate keys new NAME --scope feed --bank {bank} --config {door}

Mails to people are shown here, and sent to nobody: words for who lost theirs, and that there is news.

All of it is in {folder}: keys and journals too, which a real helpline keeps apart (docs/how-to/helpline.md).
Ctrl-C stops it.
"""


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (HaalwegError, OSError) as error:  # settings that somebody changed, a folder that is a file
        sys.exit(str(error))
