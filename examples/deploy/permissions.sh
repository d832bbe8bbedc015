#!/bin/sh
# Who may read what, as root: after `haalweg serve init`, a restore, and new keys.
# The pages write to `web` alone, and can put nothing in the place of what is the door's.
set -eu

own() { # user, group of the folder, its mode, folder: what is in it is for that user alone, but for a socket of the door
	install -d "$4"
	find "$4" -xdev ! -type s -exec chown -h "$1:$1" {} +
	find "$4" -xdev -type f -exec chmod 0600 {} +
	chown "$1:$2" "$4"
	chmod "$3" "$4"
}

install -d -o root -g root -m 0755 /srv/helpline
own haalweg-web haalweg-web 0700 /srv/helpline/web
own haalweg-door haalweg 0710 /srv/helpline/door
own haalweg-door haalweg-door 0700 /var/lib/haalweg-journals
own root root 0700 /var/backups/haalweg
own root root 0700 /etc/haalweg
chown root:haalweg-web /srv/helpline/serve.toml
chmod 0640 /srv/helpline/serve.toml
