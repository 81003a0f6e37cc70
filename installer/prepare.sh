# Read by run.sh and test.sh: makes the machine and the environment ready. POSIX sh.
# Nothing is asked of the network but the package indexes this machine is set up to use.

root=$(cd "$(dirname "$0")/.." && pwd)
venv="$root/.venv"
# shown by Qt without a display; needed to put a window on a display; needed to print; needed to play sounds and films
QT_OFFSCREEN="libglib2.0-0 libegl1 libgl1 libfontconfig1 libxkbcommon0 libdbus-1-3"
QT_WINDOW="libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0"
QT_PRINT="libcups2"
QT_SOUND="libpulse0 libxrandr2"
SYSTEM_PACKAGES="$QT_OFFSCREEN $QT_WINDOW $QT_PRINT $QT_SOUND ca-certificates"

say() { printf '%s\n' "asbdesk: $*"; }
stop() {
    printf '%s\n' "asbdesk: $*" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1; then sudo "$@"
    else stop "needs root or sudo for: $*"; fi
}

# -- system packages ------------------------------------------------------------------------------------------------
installed() { # a package, or what provides it under a newer name (libcups2 is libcups2t64 on newer systems)
    for name in "$1" "${1}t64"; do
        case "$(dpkg-query -W -f='${Status}' "$name" 2>/dev/null)" in *"ok installed") return 0 ;; esac
    done
    return 1
}

install_packages() {
    missing=""
    for package in "$@"; do installed "$package" || missing="$missing $package"; done
    [ -n "$missing" ] || return 0
    if ! command -v apt-get >/dev/null 2>&1; then
        say "this is not Debian or Ubuntu. If something fails below, install what these are called here:$missing"
        return 0
    fi
    say "installing system packages:$missing"
    as_root apt-get update -qq || say "the list of packages could not be refreshed; trying with the one that is here"
    # shellcheck disable=SC2086  # a list of names
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null ||
        stop "the system packages could not be installed. Mend that (is there a connection?), then start this again."
}

# -- Python ---------------------------------------------------------------------------------------------------------
usable() { # a Python that is new enough and can make an environment with pip in it
    "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for candidate in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11; do
        if [ -n "$candidate" ] && usable "$candidate"; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

make_environment() {
    python=$(find_python) || {
        install_packages python3 python3-venv
        python=$(find_python) || stop "needs Python 3.11 or newer; this system's own is older. Set PYTHON to one."
    }
    if ! { [ -x "$venv/bin/python" ] && usable "$venv/bin/python"; }; then
        say "making an environment in $venv with $("$python" --version)"
        rm -rf "$venv"
        "$python" -m venv "$venv"
    fi
}

# -- the locked dependencies ----------------------------------------------------------------------------------------
stamp_of() { # changes when the lock, these scripts, the way asbdesk is packaged, the place or the Python does
    { cat "$root/installer/$1" "$root/installer/prepare.sh" "$root/installer/test.sh" "$root/pyproject.toml"
      printf '%s\n' "$root"
      "$venv/bin/python" --version 2>&1 || true
    } | sha256sum | cut -d' ' -f1
}

install_lock() {
    say "installing the dependencies named in installer/$1, each checked against its hash"
    if command -v uv >/dev/null 2>&1 &&
        VIRTUAL_ENV="$venv" uv pip sync --quiet --require-hashes "$root/installer/$1" 2>/dev/null; then
        :
    else
        "$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-input --require-hashes \
            --only-binary :all: -r "$root/installer/$1" ||
            stop "the dependencies could not be installed. Mend that (is there a connection?), then start this again."
    fi
    # the build backend came with the lock, so this asks nothing of the network
    "$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-input --no-deps --no-index \
        --no-build-isolation --editable "$root" || stop "asbdesk itself could not be installed into $venv."
}

# prepare LOCK PACKAGE...: everything that LOCK and the packages say, or nothing when that was done before
prepare() {
    lock=$1
    shift
    for done_lock in "$lock" requirements-dev.lock; do # what tests need includes what the program needs
        file="$venv/asbdesk-$done_lock.stamp"
        if [ -f "$file" ] && [ "$(cat "$file")" = "$(stamp_of "$done_lock")" ]; then return 0; fi
    done
    # shellcheck disable=SC2086  # lists of names
    install_packages $SYSTEM_PACKAGES "$@"
    make_environment
    rm -f "$venv"/asbdesk-*.stamp
    install_lock "$lock"
    stamp_of "$lock" >"$venv/asbdesk-$lock.stamp"
}
