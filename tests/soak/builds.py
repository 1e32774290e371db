"""Builds that are killed, that meet, that find no room, and flipped bytes: what must hold every time.

Each trial works in a fresh folder, on a warehouse of the real figures, and raises AssertionError if it fails.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from kpis import open_warehouse
from kpis.building.build import build
from kpis.warehouse.store import Store
from tests.conftest import ROOT

BUILD = "from dashboard.command import main; import sys; sys.argv = ['escala', 'build']; main()"
COUNTED = """
import kpis.building.build
real = kpis.building.build.run_models
def counted(*args):
    print("built", flush=True)
    return real(*args)
kpis.building.build.run_models = counted
"""
OPENED = """
import threading, kpis
found = []
def ask():
    found.append(kpis.open_warehouse().values("EGDI", areas=["COL"], years=[2024])["obs_value"].tolist())
threads = [threading.Thread(target=ask) for _ in range({n})]
for thread in threads: thread.start()
for thread in threads: thread.join()
assert found == [[0.7793]] * {n}, found
"""
WAITING = """
import os, time
import kpis.building.build
def wait(*_, **__):
    print("reached", flush=True)
    time.sleep(600)
{step} = wait
"""
STEPS = {  # of a build, at which it is killed
    "half built": "kpis.building.build.run_models",
    "whole, not yet in place": "os.replace",
}
FULL = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))\n"
LONGEST = 4.0  # seconds that a build takes, with the start of Python; kills fall between 0 and this


def started(program: str, home: Path) -> subprocess.Popen[str]:
    """A Python program whose default warehouse is `home`."""
    return subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT), "ESCALA_WAREHOUSE": str(home)},
    )


def right(home: Path) -> None:
    """The warehouse can be read, to the end of every table, and says what the UN says."""
    store = Store(home)
    try:
        assert store.spoilt_tables() == {}
    finally:
        store.close()
    wh = open_warehouse(home)
    assert wh.values("EGDI", areas=["COL"], years=[2024])["obs_value"].tolist() == [0.7793]
    wh.close()


def only(home: Path) -> None:
    """Nothing lies beside the warehouse."""
    names = sorted(path.name for path in home.parent.iterdir())
    assert names == [home.name], names


def kills(home: Path, n: int = 18, seed: int = 1) -> str:
    """Builds killed at random moments leave the old warehouse; the next build removes what they left."""
    moments, left = random.Random(seed), 0
    for _ in range(n):
        with started(BUILD, home) as killed:
            time.sleep(moments.uniform(0, LONGEST))
            killed.kill()
        right(home)
    left = len(list(home.parent.iterdir())) - 1
    with started(BUILD, home) as last:
        assert last.wait(120) == 0
    right(home)
    only(home)
    return f"{n} kills, {left} files left by them, 0 after the next build"


def killed_at(home: Path, steps: Iterable[str] = STEPS) -> str:
    """Builds killed at a step leave the old warehouse, and beside it a file, which the next build removes."""
    for name in steps:
        with started(WAITING.format(step=STEPS[name]) + BUILD, home) as killed:
            assert killed.stdout is not None
            assert killed.stdout.readline() == "reached\n", name
            killed.kill()
        right(home)
        assert len(list(home.parent.iterdir())) > 1, name
    return f"killed {', '.join(steps)}; then {at_once(home, n=2)}, 0 files left"


def at_once(home: Path, n: int = 3) -> str:
    """Builds that are started together publish one warehouse after another, or find what they want there."""
    together = [started(COUNTED + BUILD, home) for _ in range(n)]
    printed = [process.communicate(timeout=300) for process in together]
    assert [process.returncode for process in together] == [0] * n, printed
    n_builds = sum(out.count("built") for out, _ in printed)
    assert 1 <= n_builds <= n
    right(home)
    only(home)
    return f"{n} commands, {n_builds} builds"


def threads(home: Path, n: int = 8) -> str:
    """Threads that open a warehouse that is not there make it once."""
    home.unlink()
    with started(COUNTED + OPENED.format(n=n), home) as opened:
        out, wrong = opened.communicate(timeout=300)
    assert opened.returncode == 0, wrong
    assert out.count("built") == 1, out
    right(home)
    only(home)
    return f"{n} threads, {out.count('built')} build"


def replacements(home: Path, readers: int = 30, times: int = 20) -> str:
    """Readers see one version or the other while they replace one another, and its own value."""
    changed = home.with_name("changed.duckdb")
    shutil.copyfile(home, changed)
    import duckdb

    with duckdb.connect(str(changed)) as con:
        con.execute("update kpi_value set obs_value = 0.5 where kpi = 'EGDI' and ref_area = 'COL'")
        con.execute("update meta set version = 'changed'")
    same = home.with_name("same.duckdb")
    shutil.copyfile(home, same)
    truth = {open_warehouse(same).version: 0.7793, "changed": 0.5}
    answers, wrong, end = [0], [], threading.Event()

    def read() -> None:
        while not end.is_set():
            try:
                wh = open_warehouse(home)
                value = wh.values("EGDI", areas=["COL"], years=[2024])["obs_value"].tolist()
                if value != [truth[wh.version]]:
                    wrong.append((wh.version, value))
                answers[0] += 1
            except Exception as fault:  # any fault is a finding here
                wrong.append(("fault", repr(fault)))

    crowd = [threading.Thread(target=read) for _ in range(readers)]
    for reader in crowd:
        reader.start()
    for turn in range(times):
        shutil.copyfile(changed if turn % 2 == 0 else same, home.with_name("next"))
        os.replace(home.with_name("next"), home)
        time.sleep(0.1)
    end.set()
    for reader in crowd:
        reader.join()
    changed.unlink()
    same.unlink()
    assert wrong == [], wrong[:3]
    assert answers[0] >= times
    right(home)
    return f"{readers} threads, {times} replacements, {answers[0]} answers, all consistent"


def no_room(home: Path, sizes: tuple[int, ...] = (4096, 1_000_000, 6_000_000, 12_000_000)) -> str:
    """A build that finds no room says so in one line and leaves the warehouse, and nothing else."""
    for size in sizes:
        with started(FULL.format(size=size) + BUILD, home) as build_:
            out, wrong = build_.communicate(timeout=120)
        assert build_.returncode == 2, (size, out, wrong)
        assert wrong.count("\n") == 1, wrong
        assert "no room left on the disk" in wrong, wrong
        right(home)
        only(home)
    return f"{len(sizes)} limits, each said in one line"


def flipped(home: Path, n: int = 12, seed: int = 12) -> str:
    """A byte flipped anywhere behind the headers: the answer is right, after one quiet build if need be."""
    good = home.read_bytes()
    places, mended = random.Random(seed).sample(range(12288, len(good)), n), 0
    for place in places:
        content = bytearray(good)
        content[place] ^= 0x40
        home.write_bytes(content)
        before = home.stat().st_ino
        read_all = "import kpis; wh = kpis.open_warehouse(); names = wh.schema()['table_name'].unique()\n"
        read_all += "for name in names: wh.sql(f'select bit_xor(hash(t)) from \"{name}\" as t')\n"
        read_all += "print(wh.values('EGDI', areas=['COL'], years=[2024])['obs_value'].tolist())"
        with started(read_all, home) as process:
            out, wrong = process.communicate(timeout=300)
        assert (process.returncode, out, wrong) == (0, "[0.7793]\n", ""), (place, out, wrong)
        mended += home.stat().st_ino != before
        right(home)
    return f"{n} places, {mended} met and mended"


TRIALS: dict[str, Callable[[Path], str]] = {
    "kills at random moments": kills,
    "kills at each step": killed_at,
    "builds at once": at_once,
    "threads without a warehouse": threads,
    "replacements under readers": replacements,
    "no room on the disk": no_room,
    "flipped bytes": flipped,
}


def main() -> int:
    """Run every trial, print a table, return how many failed."""
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        whole = build(Path(folder) / "whole.duckdb")
        for name, trial in TRIALS.items():
            home = Path(folder) / name.replace(" ", "-") / "escala.duckdb"
            home.parent.mkdir()
            shutil.copyfile(whole, home)
            begun = time.monotonic()
            try:
                verdict, report = "held", trial(home)
            except AssertionError as wrong:
                verdict, report = "FAILED", str(wrong)
                failures += 1
            print(f"{verdict:7} {name:30} {time.monotonic() - begun:6.1f} s  {report}", flush=True)
    return failures


if __name__ == "__main__":
    sys.exit(main())
