#!/bin/sh
# The container's way in: the database's password goes from compose's secret into a .pgpass file of this container's.
set -eu
umask 077
if [ -r /run/secrets/database-password ]; then
    printf 'database:5432:asbdesk:asbdesk:%s\n' "$(cat /run/secrets/database-password)" >"$HOME/.pgpass"
fi
exec asbdesk headoffice "$@"
