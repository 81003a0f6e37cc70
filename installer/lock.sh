#!/bin/sh
# Makes the two lock files anew from pyproject.toml. For developers; needs uv. Give --upgrade to take newer versions.
set -eu
cd "$(dirname "$0")/.."
UV="${UV:-uv}"
lock() { # output, then further arguments
    out=$1
    shift
    "$UV" pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --quiet \
        --custom-compile-command "sh installer/lock.sh" --output-file "$out" pyproject.toml installer/build.in "$@"
}
lock installer/requirements.lock "$@"
# the development lock holds the same versions, and more
lock installer/requirements-dev.lock --extra dev --constraint installer/requirements.lock "$@"
