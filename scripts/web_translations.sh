#!/usr/bin/env bash
# Brings the Dutch texts of the pages up to date with templates and code; --check: says whether that is done, and changes nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-.venv/bin/python}
export DJANGO_SETTINGS_MODULE=tests.web.django_settings PYTHONPATH=$PWD
po=locale/nl/LC_MESSAGES/django.po
cd src/haalweg/web
before=$(grep -v '^"POT-Creation-Date' "$po")
kept=$(mktemp)
trap 'rm -f "$kept"' EXIT
cp "$po" "$kept"
"${OLDPWD}/${python}" -m django makemessages -l nl --no-location --no-obsolete -v0
# The moment in its head changes each time, and says nothing.
grep -v '^"POT-Creation-Date' "$po" > "$po.new" && mv "$po.new" "$po"
missing=$(msgattrib --untranslated --no-obsolete "$po" | grep -c '^msgid' || true)
fuzzy=$(msgattrib --only-fuzzy --no-obsolete "$po" | grep -c '^msgid' || true)
if [ "$missing" -gt 0 ] || [ "$fuzzy" -gt 0 ]; then
  echo "src/haalweg/web/$po: $missing texts have no Dutch, $fuzzy have one that is in doubt." >&2
  exit 1
fi
msgfmt --check-format --check-domain -o "${po%.po}.mo.new" "$po"
if [ "${1:-}" = --check ]; then
  after=$(cat "$po")
  same=yes
  [ "$before" = "$after" ] && cmp -s "${po%.po}.mo.new" "${po%.po}.mo" || same=no
  cp "$kept" "$po" && rm "${po%.po}.mo.new"
  [ "$same" = yes ] || { echo "src/haalweg/web/$po is not what templates and code have: scripts/web_translations.sh" >&2; exit 1; }
else
  mv "${po%.po}.mo.new" "${po%.po}.mo"
fi
