"""The long trials, all or those that are named: `python -m tests.soak [NAME ...]`.

Each has a `main()` that prints what it measured and returns how many of its checks failed.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from dataclasses import dataclass
from importlib import import_module


@dataclass(frozen=True)
class Soak:
    """minutes: about how long it takes on two processors. needs: programs besides the project's own."""

    what: str
    minutes: int
    needs: str = ""


SOAKS = {
    "proxies": Soak("the examples of docs/proxies in front of two servers, in a browser", 5, "nginx, caddy"),
    "idle": Soak("more silent connections than the server may open files", 4),
    "people": Soak("a hundred people on one server: faults and memory", 5),
    "tab": Soak("a browser's tab over sixty pages: what it holds comes to rest", 3),
    "fuzz": Soak("addresses, plans and parameters of pages at random", 6),
    "builds": Soak("builds that are killed, stopped, meet or find no room; flipped bytes", 5),
    "killing": Soak("process and served app killed at work on a workspace, SQLite and PostgreSQL", 9),
    "log_in": Soak("log-in at a certified OpenID provider, in a browser", 1, "Node with npm"),
    "documents": Soak("documents that LibreOffice opens and converts", 1, "libreoffice-writer"),
    "office": Soak("tables that LibreOffice has saved, read value by value", 1, "libreoffice-calc"),
    "briefs": Soak("briefs as DOCX, PPTX and XLSX, turned into pages by LibreOffice", 4, "libreoffice"),
}


def described() -> str:
    """What there is, a line each."""
    lines = ["trials, each with about how many minutes it takes on two processors:"]
    for name, soak in SOAKS.items():
        needs = f"; needs {soak.needs}" if soak.needs else ""
        lines.append(f"  {name:8} {soak.minutes:2} min  {soak.what}{needs}")
    return "\n".join([*lines, f"all: {sum(soak.minutes for soak in SOAKS.values())} min"])


def run(name: str) -> int:
    """Runs one trial; returns how many of its checks failed."""
    print(f"\n== {name}: {SOAKS[name].what}, about {SOAKS[name].minutes} min", flush=True)
    began = time.monotonic()
    try:
        failures: int = import_module(f"tests.soak.{name}").main()
    except Exception:  # the others are still to be measured
        traceback.print_exc()
        failures = 1
    print(f"== {name}: {failures} failed, {time.monotonic() - began:.0f} s", flush=True)
    return failures


def main(arguments: list[str]) -> int:
    """Runs the trials that are named, or all; returns the exit code."""
    parser = argparse.ArgumentParser(
        "python -m tests.soak", epilog=described(), formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="which trials; default: all")
    names = parser.parse_args(arguments).names
    if unknown := [name for name in names if name not in SOAKS]:
        parser.error(f"no such trial: {', '.join(unknown)}. Allowed: {', '.join(SOAKS)}.")
    return int(sum(run(name) for name in names or SOAKS) > 0)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
