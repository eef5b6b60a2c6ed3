#!/bin/sh
# Runs a command beside a private PostgreSQL that exists only as long as the command does.
# Usage: scripts/postgres.sh command [argument ...]     The command finds the address in PORTAL_TEST_DATABASE.
# With PORTAL_TEST_POSTGRES=postgresql://... that server is used instead and nothing is started.
set -eu

say() { printf '%s\n' "$*"; }
stop() { printf '%s\n' "$*" >&2; exit 1; }

if [ -n "${PORTAL_TEST_POSTGRES:-}" ]; then
    PORTAL_TEST_DATABASE=$PORTAL_TEST_POSTGRES exec "$@"
fi

find_binaries() {
    for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) /usr/pgsql-*/bin; do
        [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ] && say "$folder" && return
    done
    found=$(command -v initdb) && [ -x "$(dirname "$found")/postgres" ] && dirname "$found"
}

binaries=$(find_binaries) || {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        say "Installing PostgreSQL for the tests ..."
        # A cluster of the machine's own is not wanted: only the programs.
        mkdir -p /etc/postgresql-common
        [ -e /etc/postgresql-common/createcluster.conf ] ||
            echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
        apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o Dpkg::Options::=--force-confold postgresql >/dev/null
    fi
    binaries=$(find_binaries)
} || stop "PostgreSQL was not found. Install it (on Debian or Ubuntu: apt-get install postgresql), or name a server: PORTAL_TEST_POSTGRES=postgresql://..."

home=$(mktemp -d /tmp/portal-postgres.XXXXXX)
runner=""
if [ "$(id -u)" = 0 ]; then
    # PostgreSQL refuses to run as root.
    owner=postgres
    if ! id "$owner" >/dev/null 2>&1; then
        owner=portal-test
        id "$owner" >/dev/null 2>&1 || useradd --system --no-create-home --shell /usr/sbin/nologin "$owner"
    fi
    chown "$owner" "$home"
    runner="setpriv --reuid=$owner --regid=$(id -g "$owner") --clear-groups"
fi
# $runner is a list of plain words; everything else is quoted.
as_owner() { (cd "$home" && HOME=$home $runner "$@"); }

ended=""
finish() {
    [ -z "$ended" ] || return 0
    ended=yes
    if [ -n "${child:-}" ]; then kill -TERM "$child" 2>/dev/null || true; fi
    [ ! -f "$home/data/postmaster.pid" ] || as_owner "$binaries/pg_ctl" -D "$home/data" -m immediate -s -w stop >/dev/null 2>&1 || true
    rm -rf "$home"
}
trap finish EXIT
trap 'finish; trap - INT; kill -INT $$' INT
trap 'finish; trap - TERM; kill -TERM $$' TERM
trap 'finish; trap - HUP; kill -HUP $$' HUP

as_owner "$binaries/initdb" -D "$home/data" -U portal -A trust -E UTF8 --locale=C --no-sync >"$home/initdb.log" 2>&1 ||
    { cat "$home/initdb.log" >&2; stop "PostgreSQL could not be prepared."; }
# Only a socket in our own folder, no port: several runs on one machine do not meet. Nothing of the tests needs to
# outlive them, so the disk is not waited for.
as_owner "$binaries/pg_ctl" -D "$home/data" -s -w -t 60 -l "$home/server.log" \
    -o "-k '$home' -c listen_addresses='' -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=200" start ||
    { cat "$home/server.log" >&2; stop "PostgreSQL did not start."; }
as_owner "$binaries/createdb" -h "$home" -U portal portal_test 2>/dev/null ||
    as_owner "$binaries/psql" -q -h "$home" -U portal -d postgres -c 'CREATE DATABASE portal_test'

PORTAL_TEST_DATABASE="postgresql+psycopg://portal@/portal_test?host=$home"
export PORTAL_TEST_DATABASE
# In the background and waited for, so that a signal to this script is heard at once and not only when the command ends.
"$@" <&0 &
child=$!
status=0
wait "$child" || status=$?
child=""
exit "$status"
