#!/bin/sh
# Installs what run.sh installs and what the tests need, then runs every check and every test.
# Arguments go to pytest: `sh installer/test.sh tests/forms`, `sh installer/test.sh --long`.
set -eu
. "$(dirname "$0")/prepare.sh"

case "$(java --version 2>/dev/null | head -n 1 | cut -d' ' -f2 | cut -d. -f1)" in
    1[7-9] | [2-9][0-9]) JAVA="" ;;
    *) JAVA="default-jre-headless" ;;
esac
# a screen to draw on; the judges of PDFs; a real keyring; printing to a file; what a screen reader sees; no network;
# a folder that is copied between machines; head office's database
# shellcheck disable=SC2086  # JAVA is empty where a Java of 17 or later is here
prepare requirements-dev.lock \
    xvfb xauth qpdf poppler-utils zbar-tools libnss3-tools libjaxb-java $JAVA gnome-keyring libsecret-tools dbus-x11 \
    cups printer-driver-cups-pdf at-spi2-core python3-pyatspi strace iproute2 postgresql syncthing

cd "$root"
PATH="$venv/bin:$PATH"
export PATH
export PYTHONUTF8=1 QT_QPA_PLATFORM=offscreen
failed=""
check() {
    say "$*"
    "$@" || failed="$failed
  $*"
}

check ruff format --check .
check ruff check .
check mypy
check lint-imports
if [ "$#" -gt 0 ]; then
    check pytest "$@"
else
    check pytest -q -n 2 --dist worksteal # long ones are not left to one of the two
    # once more on a real X display: starting, keys, ink, a whole visit
    check xvfb-run -a env QT_QPA_PLATFORM=xcb pytest -q tests/ui/test_starting.py tests/ui/test_journeys.py \
        tests/ui/visit/test_ink_pad.py tests/ui/visit/test_signing.py tests/journeys/test_visit_by_keyboard.py
fi
[ -z "$failed" ] || stop "these did not pass:$failed"
say "every check and every test passed"
