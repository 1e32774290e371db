"""Runs the soak modules, all or those named: `python -m tests.soak [proxies idle fuzz builds]`.

Each has a `main()` that prints what it measured and returns how many of its checks failed.
"""

from __future__ import annotations

import sys
import time
import traceback
from importlib import import_module
from importlib.util import find_spec

MODULES = ("proxies", "idle", "fuzz", "builds")


def main(names: list[str]) -> int:
    """Runs modules by name; returns the exit code."""
    if unknown := [name for name in names if name not in MODULES]:
        print(f"no such soak: {', '.join(unknown)}. Allowed: {', '.join(MODULES)}.", file=sys.stderr)
        return 2
    failed: dict[str, int] = {}
    for name in names or MODULES:
        if find_spec(f"tests.soak.{name}") is None:
            print(f"\n== {name}: not in this tree", flush=True)
            continue
        print(f"\n== {name}", flush=True)
        began = time.monotonic()
        try:
            failed[name] = import_module(f"tests.soak.{name}").main()
        except Exception:  # the others are still to be measured
            traceback.print_exc()
            failed[name] = 1
        print(f"== {name}: {failed[name]} failed, {time.monotonic() - began:.0f} s", flush=True)
    return int(any(failed.values()))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
