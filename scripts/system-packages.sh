#!/usr/bin/env bash
# Debian packages that some tests want: a compiler with a fuzzer, two browsers, node, an ARM processor, two web servers, PostgreSQL,
# systemd. Without root they are left out, and what needs them is skipped by name.
set -euo pipefail
wanted=()
command -v clang++ >/dev/null || wanted+=(clang libclang-rt-14-dev)
command -v chromium >/dev/null || wanted+=(chromium)
command -v firefox-esr >/dev/null || wanted+=(firefox-esr)
command -v npm >/dev/null || wanted+=(nodejs npm)
command -v msgfmt >/dev/null || wanted+=(gettext)
command -v systemd-analyze >/dev/null || wanted+=(systemd)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || wanted+=(postgresql)
command -v qemu-aarch64 >/dev/null || wanted+=(qemu-user)
# Where services start by themselves, installing nginx or caddy would open port 80: there it is for you to decide.
[ -x /usr/sbin/nginx ] || [ -d /run/systemd/system ] || wanted+=(nginx)
[ -x /usr/bin/caddy ] || [ -d /run/systemd/system ] || wanted+=(caddy)
[ "${#wanted[@]}" -eq 0 ] && exit 0
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "Not here, and cannot be installed without root on Debian: ${wanted[*]}. Tests that need them are skipped." >&2
  exit 0
fi
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${wanted[@]}" >/dev/null
