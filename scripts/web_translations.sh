#!/usr/bin/env bash
# Brings the Dutch texts of the pages up to date with templates and code; --check: says whether that is done, and changes nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
python=$(realpath -s "$(command -v "${PYTHON:-.venv/bin/python}")")
export DJANGO_SETTINGS_MODULE=tests.web.django_settings PYTHONPATH=$PWD
po=locale/nl/LC_MESSAGES/django.po
mo=${po%.po}.mo
cd src/haalweg/web
kept=$(mktemp)
cp "$po" "$kept"
tidy() {
  if [ "${1:-}" = --check ]; then cp "$kept" "$po"; fi
  rm -f "$kept" "$po.new" "$mo.new"
}
trap 'tidy "$@"' EXIT
"$python" -m django makemessages -l nl --no-location --no-obsolete -v0
# The moment in its head changes each time, and says nothing.
grep -v '^"POT-Creation-Date' "$po" > "$po.new" && mv "$po.new" "$po"
count() { msgattrib "$1" --no-obsolete "$po" | sed '1,/^$/d' | grep -c '^msgid ' || true; } # after its head
missing=$(count --untranslated)
fuzzy=$(count --only-fuzzy)
if [ "$missing" -gt 0 ] || [ "$fuzzy" -gt 0 ]; then
  echo "src/haalweg/web/$po: texts without Dutch: $missing, with one that is in doubt: $fuzzy." >&2
  exit 1
fi
msgfmt --check-format --check-domain -o "$mo.new" "$po"
if [ "${1:-}" = --check ]; then
  cmp -s "$kept" "$po" && cmp -s "$mo.new" "$mo" ||
    { echo "src/haalweg/web/$po is not what templates and code have: scripts/web_translations.sh" >&2; exit 1; }
else
  mv "$mo.new" "$mo"
fi
