#!/bin/sh
# Brings a browser for the tests of the page where there is none. Never fails: the tests skip, and say so, without one.
# Usage: tools/browser.sh PYTHON
python=$1
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
"$python" -c '
import os, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    sys.exit(not os.path.exists(p.chromium.executable_path))
' 2>/dev/null && exit 0
echo "No browser found; bringing one for the tests of the page ..."
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq update && apt-get -qq install -y --no-install-recommends chromium >/dev/null && exit 0
fi
"$python" -m playwright install chromium >/dev/null 2>&1 && exit 0
echo "No browser could be brought: the tests of the page will be skipped."
