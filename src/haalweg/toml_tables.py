"""Settings out of TOML tables: each checked, and what is wrong said with the name of the setting and a way out."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from haalweg.errors import HaalwegError
from haalweg.plain_text import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

_TWICE = re.compile(r"Cannot declare \((?P<name>.*)\) twice \(at line (?P<line>\d+)")
_MOST_BYTES = 1_000_000  # of a file of settings
_Settings = TypeVar("_Settings")


class SettingError(HaalwegError, ValueError):
    """A setting that cannot be used. The text names it, what is wrong with it, and one that would do."""


def read_toml(path: Path, settings_of: Callable[[Mapping[str, object]], _Settings], *, written_by: str) -> _Settings:
    """Read a file of settings. written_by: the command that writes one to begin with.

    Raises SettingError, which begins with the file's name.
    """
    name = shown(os.fspath(path))
    try:
        return settings_of(_content_of(_text_of(path)))
    except FileNotFoundError:
        raise SettingError(f"{name}: there is no such file. `{written_by}` writes one to begin with.") from None
    except OSError as error:
        raise SettingError(f"{name}: it cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise SettingError(f"{name}: it cannot be read: a text in UTF-8 is expected.") from None
    except tomllib.TOMLDecodeError as error:
        twice = _TWICE.match(str(error))
        if twice is None:
            raise SettingError(f"{name}: no TOML: {error}.") from None
        table_name = ".".join(re.findall(r"'([^']*)'", twice["name"]))
        raise SettingError(
            f"{name}: line {twice['line']}: [{shown(table_name)}] is there twice. Put its settings below the first one."
        ) from None
    except SettingError as error:
        raise SettingError(f"{name}: {error}") from None


def _text_of(path: Path) -> str:
    with path.open("rb") as file:
        content = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise SettingError(f"more than {_MOST_BYTES:,} bytes: no file of settings.")
    return content.decode()


def _content_of(text: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except ValueError:  # Python reads no number of thousands of digits
        raise SettingError("no TOML that can be read: a number in it is far too long.") from None
    except RecursionError:
        raise SettingError("no TOML that can be read: tables or lists lie too deep within each other.") from None


# Of every reader: `at` is where the table stands, with a dot after it, or nothing.


def truth(found: Mapping[str, object], name: str, *, default: bool | None = None, at: str = "") -> bool:
    """Read true or false. Raises SettingError."""
    value = found.get(name, default)
    if not isinstance(value, bool):
        raise SettingError(f"{at}{name}: true or false is expected. Good: {name} = true.")
    return value


def whole_number(
    found: Mapping[str, object], name: str, least: int, most: int, *, default: int | None = None, at: str = ""
) -> int:
    """Read a whole number within bounds. Raises SettingError."""
    value = found.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        good = most if default is None else default
        raise SettingError(f"{at}{name}: a whole number from {least} to {most} is expected. Good: {name} = {good}.")
    return value


def text(found: Mapping[str, object], name: str, good: str, *, default: str | None = None, at: str = "") -> str:
    """Read a text that is not empty. good: how a good one is written. Raises SettingError."""
    value = found.get(name, default)
    if value is None:
        raise SettingError(f"{at}{name}: it is not set. Good: {good}")
    if not isinstance(value, str) or not value.strip() or "\0" in value:  # with a zero in it no path is one
        raise SettingError(f"{at}{name}: a text is expected. Good: {good}")
    return value


def host_and_port(place: str, name: str, good: str) -> tuple[str, int]:
    """Read where something listens, as `127.0.0.1:8640` or `[::1]:8640`. good: how a good one is written.

    Raises SettingError.
    """
    host, colon, port = place.rpartition(":")
    if not colon or not host or not (port.isascii() and port.isdecimal()) or int(port) >= 1 << 16:
        raise SettingError(f"{name}: an address and a port. Good: {good}.")
    return host.strip("[]"), int(port)


def texts(found: Mapping[str, object], name: str, good: str, *, at: str = "") -> list[str]:
    """Read a list of texts that is not empty. good: how a good one is written. Raises SettingError."""
    value = found.get(name)
    if not isinstance(value, list) or not value or not all(isinstance(each, str) for each in value):
        raise SettingError(f"{at}{name}: a list of texts is expected, and at least one. Good: {good}")
    return value


def table(found: Mapping[str, object], name: str, *, at: str = "") -> Mapping[str, object]:
    """Read a table, an empty one where there is none. Raises SettingError."""
    value = found.get(name, {})
    if not isinstance(value, Mapping):
        raise SettingError(f"{at}{name}: a table is expected. Good: [{at}{name}] on a line of its own.")
    return value


def tables(found: Mapping[str, object], name: str) -> list[tuple[str, Mapping[str, object]]]:
    """Read tables of one name, each with where it stands and a dot. Raises SettingError."""
    value = found.get(name, [])
    good = f"Good: [[{name}]] on a line of its own."
    if not isinstance(value, list):
        raise SettingError(f"{name}: tables are expected. {good}")
    for number, each in enumerate(value, 1):
        if not isinstance(each, Mapping):
            raise SettingError(f"{name}[{number}]: a table is expected. {good}")
    return [(f"{name}[{number}].", each) for number, each in enumerate(value, 1)]


def refuse_unknown(found: Mapping[str, object], known: Collection[str], *, at: str = "") -> None:
    """Raise SettingError for a name that no setting has, with the one that is perhaps meant."""
    for name in found:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            meant = f"Is {near[0]} meant?" if near else f"There are: {', '.join(known)}."
            raise SettingError(f"{at}{shown(name)}: there is no such setting. {meant}")
