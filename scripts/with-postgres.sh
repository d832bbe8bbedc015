#!/usr/bin/env bash
# Runs a command with a PostgreSQL of its own, on a socket in a folder that goes again; HAALWEG_DATABASE_URL names it.
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
if [ -z "$bin" ]; then
  echo "Skipped: there is no PostgreSQL here (Debian package postgresql)." >&2
  exit 0
fi
folder=$(mktemp -d)
# It does not run as root.
run() { if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
[ "$(id -u)" -ne 0 ] || chown postgres "$folder"
chmod 711 "$folder"
ends() {
  run "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap ends EXIT
run "$bin/initdb" -D "$folder/data" -A trust -U haalweg -E UTF8 --locale=C.UTF-8 >/dev/null
port=$("${PYTHON:-python3}" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
run "$bin/pg_ctl" -D "$folder/data" -l "$folder/data/log" -w start \
  -o "-p $port -k $folder -c listen_addresses=127.0.0.1 -c fsync=on" >/dev/null
HAALWEG_DATABASE_URL="postgresql://haalweg@127.0.0.1:$port/postgres" "$@"
