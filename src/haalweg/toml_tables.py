"""Settings out of TOML tables: each checked, and what is wrong said with the name of the setting and a way out."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from haalweg.errors import HaalwegError
from haalweg.plain_text import shown

if TYPE_CHECKING:
    from collections.abc import Collection


class SettingError(HaalwegError, ValueError):
    """A setting that cannot be used. The text names it, what is wrong with it, and one that would do."""


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
    if not isinstance(value, str) or not value.strip():
        raise SettingError(f"{at}{name}: a text is expected. Good: {good}")
    return value


def table(found: Mapping[str, object], name: str, *, at: str = "", within: str = "") -> Mapping[str, object]:
    """Read a table, an empty one where there is none. within: the table that all of this is in, with a dot after it.

    Raises SettingError.
    """
    value = found.get(name, {})
    if not isinstance(value, Mapping):
        raise SettingError(f"{at}{name}: a table is expected. Good: [{within}{at}{name}] on a line of its own.")
    return value


def refuse_unknown(found: Mapping[str, object], known: Collection[str], *, at: str = "") -> None:
    """Raise SettingError for a name that no setting has, with the one that is perhaps meant."""
    for name in found:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            meant = f"Is {near[0]} meant?" if near else f"There are: {', '.join(known)}."
            raise SettingError(f"{at}{shown(name)}: there is no such setting. {meant}")
