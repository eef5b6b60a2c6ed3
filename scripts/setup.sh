#!/bin/sh
# Makes what the portal needs on this machine, and only what is missing or has changed.
#   scripts/setup.sh         the virtual environment to run the portal
#   scripts/setup.sh quick   the same with the packages that tests need, and Pango for PDFs
#   scripts/setup.sh tests   and also a Chromium, and fonts for pictures in Urdu
# PYTHON=python3.12 chooses the interpreter, CHROMIUM=/path the browser.
set -eu
cd "$(dirname "$0")/.."
venv=.venv

say() { printf '%s\n' "$*"; }
stop() { printf '%s\n' "$*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }
may_install() { [ "$(id -u)" = 0 ] && has apt-get; }
install() { apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null; }

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if has "$candidate" && is_new_enough "$candidate"; then
            say "$candidate"
            return
        fi
    done
    return 1
}

make_environment() {
    python=$(find_python) ||
        stop "The portal needs Python 3.11 or newer, and none was found. On Debian or Ubuntu: apt-get install python3 python3-venv"
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        stop "Python $version is here, but not the part that makes virtual environments. On Debian or Ubuntu: apt-get install python$version-venv"
    say "Making a virtual environment in $venv with Python $version ..."
    "$python" -m venv --clear "$venv"
}

fingerprint() {
    "$venv/bin/python" -c 'import hashlib, sys; print(sys.version.split()[0], hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())' "$1"
}

# Each list has its own stamp. The longer list holds the shorter one, so that installing it serves both.
install_packages() {
    stamp="$venv/.installed-$1"
    [ "$(cat "$stamp" 2>/dev/null)" != "$(fingerprint "$1")" ] || return 0
    say "Installing the packages named in $1 ..."
    rm -f "$stamp"
    "$venv/bin/python" -m pip install --disable-pip-version-check --no-input --quiet --require-hashes -r "$1" ||
        stop "The packages could not be installed; what pip said stands above."
    fingerprint "$1" >"$stamp"
    [ "$1" != requirements-dev.txt ] || fingerprint requirements.txt >"$venv/.installed-requirements.txt"
}

works() { [ -n "$1" ] && has "$1" && "$1" --version >/dev/null 2>&1; }

# The same browser without windows, in which pages load in half the time.
shell=chromium-headless-shell

find_chromium() {
    if [ -n "${CHROMIUM:-}" ]; then
        works "$CHROMIUM" || stop "CHROMIUM names $CHROMIUM, which does not start."
        say "$CHROMIUM"
        return
    fi
    of_playwright=$("$venv/bin/python" -c '
from playwright.sync_api import sync_playwright
with sync_playwright() as p: print(p.chromium.executable_path)' 2>/dev/null || true)
    for candidate in $shell /usr/bin/chromium chromium chromium-browser google-chrome google-chrome-stable "$of_playwright"; do
        if works "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

make_browser() {
    if [ -z "${CHROMIUM:-}" ] && ! has $shell && may_install; then
        say "Installing Chromium for the tests, without windows ..."
        install $shell 2>/dev/null || say "There is none here; any Chromium will do."
    fi
    if ! chromium=$(find_chromium); then
        if may_install; then
            say "Installing Chromium for the tests ..."
            install chromium || true
        fi
        if ! chromium=$(find_chromium); then
            say "Fetching Playwright's own Chromium for the tests ..."
            "$venv/bin/python" -m playwright install chromium || true
            chromium=$(find_chromium) ||
                stop "No Chromium was found or could be installed. Install one and name it: make test CHROMIUM=/path/to/chromium"
        fi
    fi
    say "$chromium" >"$venv/.chromium"
}

# Without the font, pictures in Urdu show boxes; no test depends on it, so a machine without it may go on.
make_fonts() {
    if has fc-list && fc-list | grep -qi 'Noto Nastaliq Urdu'; then
        return
    fi
    if may_install; then
        say "Installing fonts for pictures in Urdu ..."
        install fontconfig fonts-noto-core || say "The fonts could not be installed; pictures in Urdu will be plainer."
    fi
}

# What WeasyPrint needs of the system to make PDFs, and letters for the languages in them. Without it the portal runs and
# offers to print instead; where the tests run it has to be there.
make_paper() {
    can_make_paper && return
    if may_install; then
        say "Installing Pango and fonts for PDFs ..."
        install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-noto-core || true
    fi
    can_make_paper || say "No PDFs can be made here, and their tests will fail: Pango is missing. On Debian or Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core"
}

can_make_paper() { "$venv/bin/python" -c 'import weasyprint' 2>/dev/null; }

if [ ! -x "$venv/bin/python" ] || ! is_new_enough "$venv/bin/python"; then
    make_environment
fi
case ${1:-run} in
    run) install_packages requirements.txt ;;
    quick)
        install_packages requirements-dev.txt
        make_paper
        ;;
    tests)
        install_packages requirements-dev.txt
        make_browser
        make_fonts
        make_paper
        ;;
    *) stop "usage: scripts/setup.sh [run | quick | tests]" ;;
esac
