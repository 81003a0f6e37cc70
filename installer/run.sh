#!/bin/sh
# Installs asbdesk into .venv beside this folder, then starts it: the window where there is a display, otherwise the
# practice desk, drawn into the folder asbdesk-demo. Debian 12, Ubuntu 24.04 or newer. Quick the second time.
set -eu
. "$(dirname "$0")/prepare.sh"

prepare requirements.lock
if [ "$#" -gt 0 ]; then
    exec "$venv/bin/asbdesk" "$@"
elif [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    say "starting the window"
    exec "$venv/bin/asbdesk"
else
    say "no display here: living one practice visit instead, and drawing every screen"
    exec "$venv/bin/asbdesk" demo --out asbdesk-demo
fi
