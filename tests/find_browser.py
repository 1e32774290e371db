"""Finds a Chrome or Chromium for the browser tests; `python -m tests.find_browser --install` gets one.

Order: $ESCALA_BROWSER, Chromium's headless shell (as root its Debian package is fetched), an installed Chrome
or Chromium, Debian's package of that, Playwright's own. The shell is the same engine without a window to draw
into, and takes a third less of the processor's time; benchmarks take what readers have.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

SHELL = "chromium-headless-shell"
NAMES = (
    SHELL,
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def find(*, as_readers: bool = False) -> str | None:
    """Path of a browser on this machine, or None. as_readers: the shell only where there is no other."""
    from_environment = os.environ.get("ESCALA_BROWSER")
    if from_environment:
        return from_environment if Path(from_environment).is_file() else None
    for name in (*NAMES[1:], SHELL) if as_readers else NAMES:
        if path := shutil.which(name):
            return path
    return str(MAC) if MAC.is_file() else _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        path = p.chromium.executable_path
    return path if Path(path).is_file() else None


def install() -> str | None:
    """Find a browser, getting the shell or one where there is none; None if that is not possible here."""
    if os.environ.get("ESCALA_BROWSER") or shutil.which(SHELL):
        return find()
    if os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get"):
        _apt("update")
        _apt("install", "-y", "--no-install-recommends", SHELL)
        if find() is None:
            _apt("install", "-y", "--no-install-recommends", "chromium")
    if path := find():
        return path
    subprocess.run(
        [sys.executable, "-m", "playwright", "install", "chromium"], check=False, capture_output=True
    )
    return find()


def _apt(*words: str) -> None:
    """Debian's installer, silently; what it could not do is seen by what is there."""
    subprocess.run(["apt-get", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


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
