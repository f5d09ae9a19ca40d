# Sets a machine up; sourced by run, test and bench. Each step does nothing when its work is already done.
# shellcheck shell=bash

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export LC_ALL=C.UTF-8 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1  # every Debian has this locale
venv=.venv/bin/python

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

has_library() {
    local known
    known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null) && [[ $known == *"$1 "* ]]
}

# Prints the first Python of at least 3.11 on this machine; 3.11 itself is what the register is tested with.
find_python() {
    local candidate
    for candidate in python3.11 /usr/bin/python3.11 python3 /usr/bin/python3 python3.12 python3.13 python3.14; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

# Installs Debian packages, or says in one line what to type.
apt_install() {
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        if sudo -n true 2>/dev/null; then
            as_root=(sudo -n)
        elif [ -t 0 ] && command -v sudo >/dev/null; then
            as_root=(sudo)
        else
            fail "Koneesta puuttuu ohjelmia. Asenna ne ensin näin: sudo apt install $*"
        fi
    fi
    command -v apt-get >/dev/null || fail "Koneesta puuttuu ohjelmia, jotka Debianissa ovat paketeissa: $*. Asenna ne ensin."
    printf 'Asennetaan järjestelmän paketit: %s\n' "$*"
    local install=(env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@")
    # A bare machine has no package lists, or old ones: then they are fetched and the install is tried again.
    "${as_root[@]}" "${install[@]}" </dev/null >/dev/null 2>&1 && return
    local said
    "${as_root[@]}" apt-get update -qq </dev/null >/dev/null || true
    said=$("${as_root[@]}" "${install[@]}" </dev/null 2>&1) ||
        fail "$said"$'\n'"Järjestelmän pakettien asennus ei onnistunut. Kokeile itse: sudo apt install $*"
}

# What Python and WeasyPrint need of the system; with `browser` also what only the checks use: a browser, PostgreSQL.
system_packages() {
    local missing=() python
    if ! "$venv" -c '' 2>/dev/null; then
        python=$(find_python) || missing+=(python3)
        [ -n "$python" ] && "$python" -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
    fi
    has_library libpangoft2-1.0.so.0 || missing+=(libpangoft2-1.0-0)
    has_library libharfbuzz-subset.so.0 || missing+=(libharfbuzz-subset0)
    if [ "${1:-}" = browser ]; then
        command -v chromium chromium-browser google-chrome google-chrome-stable >/dev/null || missing+=(chromium)
        has_library libatomic.so.1 || missing+=(libatomic1)  # what drives the browser needs it
        compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || missing+=(postgresql)
    fi
    [ ${#missing[@]} -eq 0 ] || apt_install "${missing[@]}"
}

environment() {
    "$venv" -c '' 2>/dev/null && return
    local python
    python=$(find_python) || fail "Koneesta puuttuu Python 3.11 tai uudempi. Asenna se ensin näin: sudo apt install python3-venv"
    printf 'Luodaan Python-ympäristö .venv\n'
    "$python" -m venv --clear .venv
}

# Runs `install_<name>` when the files it goes by are not those of the last time: once NAME FILE…
once() {
    local name=$1 stamp wanted
    shift
    stamp=.venv/$name.stamp
    wanted=$(cat "$@" | sha256sum)
    [ "$(cat "$stamp" 2>/dev/null || true)" = "$wanted" ] && return
    "install_$name" || fail "Python-pakettien asennus ei onnistunut. Tarkista verkkoyhteys ja yritä uudelleen."
    printf '%s\n' "$wanted" >"$stamp"
}

pip_install() {
    "$venv" -m pip install -qq --require-hashes --only-binary=:all: "$@" </dev/null
}

install_runtime() {
    printf 'Asennetaan rekisterin Python-paketit\n'
    pip_install -r requirements.txt
}

install_tests() {
    printf 'Asennetaan testien Python-paketit\n'
    pip_install -r tests/requirements.txt
}

# What the benchmarks compare the register with stays apart from it; only its own process finds it.
install_bench() {
    printf 'Asennetaan mittausten vertailukohta\n'
    rm -rf .venv/bench
    pip_install --no-deps --target .venv/bench -r benchmarks/requirements.txt
}

# One file of the wheel is served from our own origin; the rest of it is thrown away.
install_htmx() {
    printf 'Haetaan htmx\n'
    rm -rf .venv/htmx
    pip_install --no-deps --target .venv/htmx -r scripts/htmx.txt &&
        install -D -m 644 .venv/htmx/django_htmx/static/django_htmx/htmx-2.min.js static/vendor/htmx.min.js &&
        install -m 644 .venv/htmx/django_htmx-*.dist-info/licenses/LICENSE static/vendor/htmx.LICENSE &&
        rm -rf .venv/htmx
}

set_up() {
    system_packages "${1:-}"
    environment
    once runtime requirements.txt
    [ -f static/vendor/htmx.min.js ] || rm -f .venv/htmx.stamp
    once htmx scripts/htmx.txt
}
