#!/bin/sh
# Makes the three lock files anew from pyproject.toml. For developers; needs uv. Give --upgrade to take newer versions.
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
# what head office's service needs besides; and what tests need, which is all of it: the same versions, and more
lock installer/requirements-headoffice.lock --extra headoffice --constraint installer/requirements.lock "$@"
lock installer/requirements-dev.lock --extra dev --extra headoffice \
    --constraint installer/requirements-headoffice.lock "$@"
# then, with the new versions installed: python installer/bank_holidays.py
