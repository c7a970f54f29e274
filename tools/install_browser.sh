#!/bin/sh
# Make sure that the browser tests find headless Chromium and its driver; install them with apt-get where that is allowed.
set -eu

has_browser() {
    [ -x "${CHROME_BIN:-}" ] || command -v chromium || command -v chromium-browser || command -v google-chrome
}
complete() { has_browser >/dev/null && command -v chromedriver >/dev/null; }

complete && exit 0
if [ "$(id -u)" = 0 ]; then
    root=env
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    root=sudo
fi
if [ -n "${root:-}" ] && command -v apt-get >/dev/null; then
    echo "Installing headless Chromium for the browser tests" >&2
    export DEBIAN_FRONTEND=noninteractive
    $root apt-get update -qq </dev/null || true
    $root apt-get install -y -qq --no-install-recommends chromium chromium-driver fonts-dejavu-core </dev/null >&2 || true
fi
if ! complete; then
    echo "The browser tests need Chromium (or Chrome) and chromedriver on PATH; install both, on Debian: apt-get install chromium chromium-driver" >&2
    exit 1
fi
