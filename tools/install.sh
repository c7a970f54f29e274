#!/bin/sh
# Install the project into .venv: `install.sh` what it needs to run, `install.sh test` also what its tests need.
# Does nothing, and needs no network, when pyproject.toml and the checkout's place are those of the last time.
set -eu
cd "$(dirname "$0")/.."
extra=${1:-}
stamp=.venv/installed-${extra:-run}

say() { echo "$*" >&2; }
suits() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
version() { "$1" -c 'import sys; print(sys.base_prefix, sys.version)' 2>/dev/null; }
wanted() { pwd; cat pyproject.toml; }

choose_python() {
    if [ -n "${PYTHON:-}" ]; then
        suits "$PYTHON" && echo "$PYTHON" && return
        say "PYTHON=$PYTHON is not a Python 3.11 or newer; give the path of one."
        exit 1
    fi
    for candidate in python3 python python3.14 python3.13 python3.12 python3.11; do
        suits "$candidate" && echo "$candidate" && return
    done
    say "No Python 3.11 or newer was found; install one or name it: make run PYTHON=/path/to/python3.11"
    exit 1
}

make_venv() {
    python=$(choose_python)
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        say "$python cannot make a virtual environment; on Debian and Ubuntu install it: sudo apt-get install python3-venv"
        exit 1
    fi
    rm -rf .venv
    "$python" -m venv .venv
}

usable() {
    suits .venv/bin/python || return 1
    [ -z "${PYTHON:-}" ] || [ "$(version "$PYTHON")" = "$(version .venv/bin/python)" ]
}

usable || make_venv
if wanted | cmp -s - "$stamp"; then exit 0; fi
say "Installing Leabra Studio into .venv (once; this takes a minute or two)"
if ! .venv/bin/python -m pip install -qq --disable-pip-version-check --editable ".${extra:+[$extra]}"; then
    say "The installation failed, the lines above say why; it needs access to a Python package index."
    exit 1
fi
wanted >"$stamp"
