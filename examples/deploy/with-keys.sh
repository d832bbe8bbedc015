#!/bin/sh
# A command of haalweg with the keys, as root: haalweg-with-keys serve restore FILE --config /srv/helpline/serve.toml
# They are sealed to this machine (/etc/haalweg/keys.cred), and stand open in memory only while the command runs.
set -eu
umask 077
sealed=/etc/haalweg/keys.cred
open=$(mktemp -d /run/haalweg-keys.XXXXXX)

close() { # what the command changed is sealed again, or stays open and says where: keys are never lost
	trap - EXIT
	if [ -e "$open/keys" ] && ! cmp -s "$open/keys" "$open/before"; then
		systemd-creds encrypt --name=haalweg.keys "$open/keys" "$sealed.new" && sync "$sealed.new" && mv "$sealed.new" "$sealed" || {
			echo "The keys were changed and could not be sealed. They are in $open/keys: seal them before this machine stops." >&2
			exit 1
		}
	fi
	rm -rf "$open"
}
trap close EXIT
trap : INT TERM HUP # the command ends by it, and then this

if [ -e "$sealed" ]; then
	systemd-creds decrypt --name=haalweg.keys "$sealed" "$open/keys"
	cp "$open/keys" "$open/before"
else
	: >"$open/before"
fi
HAALWEG_KEY_FILE=$open/keys ${HAALWEG:-/opt/haalweg/bin/haalweg} "$@"
