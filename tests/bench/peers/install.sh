#!/bin/sh
# Installs what the sync figures are compared with: Anki (from PyPI) and PouchDB with express-pouchdb (from npm).
# Each lies in a folder of its own, away from the program's environment. The bench runs them when they are there.
set -eu
peers="${ASBDESK_PEERS:-${TMPDIR:-/tmp}/asbdesk-bench/peers}"
mkdir -p "$peers/pouch"
python3 -m venv "$peers/anki"
"$peers/anki/bin/pip" install --quiet "anki>=25.9"
cd "$peers/pouch"
[ -f package.json ] || npm init --yes >/dev/null
# express-pouchdb is written for express 4
npm install --no-audit --no-fund pouchdb@9 express@4 express-pouchdb@4
echo "The peers lie in $peers"
