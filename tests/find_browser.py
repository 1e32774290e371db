"""Finds a Chrome or Chromium for the browser tests; `python -m tests.find_browser --install` gets one.

Order: $ESCALA_BROWSER, an installed Chrome or Chromium, Debian's package when root, Playwright's own.
Chromium's headless shell, named in ESCALA_BROWSER, takes a quarter less processor time.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def find() -> str | None:
    """Path of a browser on this machine, or None."""
    from_environment = os.environ.get("ESCALA_BROWSER")
    if from_environment:
        return from_environment if Path(from_environment).is_file() else None
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return str(MAC) if MAC.is_file() else _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        path = p.chromium.executable_path
    return path if Path(path).is_file() else None


def install() -> str | None:
    """Find a browser, getting one where there is none; None if that is not possible here."""
    if path := find():
        return path
    if os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
        subprocess.run(["apt-get", "update"], **quiet)
        subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", "chromium"], **quiet)
        if path := find():
            return path
    subprocess.run(
        [sys.executable, "-m", "playwright", "install", "chromium"], check=False, capture_output=True
    )
    return find()


def main() -> None:
    """Say which browser the tests will use, or what is missing."""
    browser = install() if "--install" in sys.argv else find()
    if browser is None:
        sys.exit(
            "No browser for the tests: install Chrome or Chromium (Debian: apt-get install chromium) "
            "or name one in ESCALA_BROWSER."
        )
    print(f"browser for the tests: {browser}")


if __name__ == "__main__":
    main()
