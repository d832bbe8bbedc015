"""How far the keys are from who has the disk, in three levels: a file, a credential of this machine, one of its TPM."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

OPENED = "/run/haalweg-keys.*"  # where examples/deploy/with-keys.sh opens them
_MOUNTS, _TPM = Path("/proc/self/mountinfo"), Path("/sys/class/tpmrm")
_IN_MEMORY = frozenset({"ramfs", "tmpfs"})  # where systemd puts a credential that it opened
_MOUNT = re.compile(r"\S+ \S+ (\d+):(\d+) .*? - (\S+) ")


def key_level(key_file: Path, environment: Mapping[str, str]) -> int:
    """Give the level of the keys in this file, which is there.

    0: on a disk, or brought into memory by who knows whom; whoever has the disk, or a copy of it, has the keys. 1: in
    memory, out of a credential that was sealed to this machine, whose own key is on its disk too. 2: the same, and the
    machine has a TPM, to which systemd seals credentials where there is one.
    """
    if not (key_file.parent.match(OPENED) or os.fspath(key_file.parent) == environment.get("CREDENTIALS_DIRECTORY")):
        return 0
    where = key_file.stat().st_dev
    for line in _MOUNTS.read_text("utf-8", errors="replace").splitlines():
        mount = _MOUNT.match(line)
        if mount and os.makedev(int(mount[1]), int(mount[2])) == where:
            return 0 if mount[3] not in _IN_MEMORY else 2 if any(_TPM.glob("tpmrm*")) else 1
    return 0
