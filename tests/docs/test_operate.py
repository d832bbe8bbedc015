"""The page on operating a helpline: its `sh` blocks are run as they stand, in folders of a test, in both languages."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs/how-to"
FENCE = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EVERY_FENCE = re.compile(r"^```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PLACES = ("/srv/helpline", "/var/lib/haalweg-journals", "/var/backups/haalweg")


def test_both_languages_give_the_same_commands():
    english, dutch = (
        re.sub(r"\s+# .*", "", "".join(EVERY_FENCE.findall((DOCS / page).read_text())))
        for page in ("operate.md", "operate.nl.md")
    )
    assert english == dutch


@pytest.mark.parametrize("page", ["operate.md", "operate.nl.md"])
def test_a_helpline_is_made_backed_up_and_put_back_as_the_page_says(page, tmp_path):
    blocks = FENCE.findall((DOCS / page).read_text())
    assert len(blocks) == 3
    blocks.insert(
        1, "haalweg serve staff new noor <<< 'correct horse 12 battery'\n"
    )  # as root here, there is no other user
    script = "set -euo pipefail\n" + "\n".join(blocks)
    for place in PLACES:
        assert place in script
        script = script.replace(place, f"{tmp_path}{place}")
    for place in ("/srv", "/var/lib", "/var/backups/haalweg"):
        (tmp_path / place[1:]).mkdir(parents=True, exist_ok=True)
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HAALWEG_KEY_FILE": str(tmp_path / "keys"),
        "HAALWEG_LANGUAGE": "en",
    }
    subprocess.run(["haalweg", "keys", "new", "--no-drill"], env=environment, check=True, capture_output=True)
    done = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "The settings can be used." in done.stdout
    assert "written, sealed and read back" in done.stdout
    assert "The helpline of " in done.stdout
    helpline = tmp_path / "srv/helpline"
    assert (helpline / "web/web.secret").exists()
    assert (helpline / "door/door.bank").exists()
    assert not (helpline / "web.secret").exists()
    assert not (helpline / "journals").exists()
    assert 'web_group = "haalweg"' in (helpline / "door/door.toml").read_text()
