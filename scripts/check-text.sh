#!/usr/bin/env bash
# No address in a lock file, and no picture, video or archive in the project: shared pictures stay outside, drawn ones are made.
set -euo pipefail
cd "$(dirname "$0")/.."
status=0
if grep -nE 'https?://' requirements/*.txt web-hasher/package-lock.json web-pages/package-lock.json 2>/dev/null; then
  echo "A lock file names an address." >&2
  status=1
fi
if git ls-files | grep -iE '\.(jpe?g|png|webp|avif|heic|gif|bmp|tiff?|mp4|webm|mov|zip|tar|gz)$' | grep -v '^docs/'; then
  echo "A picture, video or archive is part of the project." >&2
  status=1
fi
exit $status
