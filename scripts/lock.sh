#!/usr/bin/env bash
# Writes the lock files: every package with its hashes, and no address in any of them.
set -euo pipefail
cd "$(dirname "$0")/.."
compile() {
  uv pip compile -q pyproject.toml --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 "$@"
}
compile --extra gate --extra serve --group build -o requirements/run.txt
compile --extra client --extra cluster --extra gate --extra parquet --extra serve --group build --group test --group lint -c requirements/run.txt -o requirements/test.txt
compile --group build --group docs -c requirements/test.txt -o requirements/docs.txt
compile --group build --extra client --extra cluster --extra gate --extra parquet --extra serve --group test --group bench -c requirements/test.txt -o requirements/bench.txt
if grep -nE 'https?://' requirements/*.txt; then
  echo "A lock file names an address." >&2
  exit 1
fi
