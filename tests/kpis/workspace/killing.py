"""Kills a process at random moments of its work on a workspace, and looks at what is left.

    python -m tests.kpis.workspace.killing PLACE FOLDER TIMES

Each child imports figures, publishes, makes an empty place, writes a backup and restores it, over and over,
and says through a pipe what the workspace has told it is kept. What was said must be there after the kill,
and nothing may be there by halves.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from kpis.workspace import LOCAL, Workspace, open_workspace
from kpis.workspace.backup import restore, write_backup
from kpis.workspace.store import Work

ROWS = 400
LONGEST_LIFE = 0.25  # seconds
SEED = 17


def figures(count: int) -> pd.DataFrame:
    """So many figures of one series."""
    areas = [str(number) for number in range(count)]
    return pd.DataFrame(
        {
            "series": "S",
            "ref_area": areas,
            "time_period": "2024",
            "obs_value": 1.0,
            "obs_status": "",
            "note": "",
        }
    )


def imports(workspace: Workspace, dice: random.Random, _folder: Path) -> dict[str, object]:
    """A data set with its figures, in one transaction."""
    count = dice.randrange(1, ROWS)
    with workspace.work(LOCAL) as work:
        item = work.add("dataset", "import", title="Ours", body={"rows": count}, state="kept")
        work.put_figures(item.id, 1, figures(count))
    return {"item": item.id, "version": 1}


def publishes(workspace: Workspace, _dice: random.Random, _folder: Path) -> dict[str, object]:
    """A case, proposed and published with its assessment, in one transaction."""

    def steps(work: Work) -> str:
        case = work.add("case", "propose", title="C", body={}, state="draft")
        work.add("assessment", "assess", title="A", body={}, state="given", parent=case.id, key="r")
        work.change(case.id, 1, "publish", state="published", body={"source": "https://example.org"})
        return case.id

    with workspace.work(LOCAL) as work:
        return {"item": steps(work), "version": 2}


def migrates(_workspace: Workspace, dice: random.Random, folder: Path) -> dict[str, object]:
    """An empty place made into a workspace."""
    open_workspace(str(folder / f"new-{dice.random()}.sqlite")).engine.dispose()
    return {}


def packs(workspace: Workspace, dice: random.Random, folder: Path) -> dict[str, object]:
    """A backup put in place in one step, and restored."""
    path = folder / f"backup-{dice.random()}.zip"
    with path.with_suffix(".part").open("wb") as file:
        write_backup(workspace, LOCAL, file)
    os.replace(path.with_suffix(".part"), path)
    restore(workspace, LOCAL, path)
    return {}


WORKS: tuple[Callable[[Workspace, random.Random, Path], dict[str, object]], ...] = (
    imports,
    publishes,
    migrates,
    packs,
)


def child(place: str, folder: Path, seed: int, says: int) -> None:
    """Works until it is killed."""
    dice = random.Random(seed)
    workspace = open_workspace(place)
    while True:
        kept = dice.choice(WORKS)(workspace, dice, folder)
        os.write(says, (json.dumps(kept) + "\n").encode())


def lived(place: str, folder: Path, seed: int) -> list[dict[str, object]]:
    """What a child was told is kept before it was killed."""
    reads, says = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(reads)
        try:
            child(place, folder, seed, says)
        finally:
            os._exit(1)
    os.close(says)
    time.sleep(random.Random(seed).uniform(0.02, LONGEST_LIFE))
    os.kill(pid, signal.SIGKILL)
    with os.fdopen(reads) as pipe:
        text = pipe.read()
    _pid, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status), "the child ended by itself"
    return [json.loads(line) for line in text.splitlines() if line.endswith("}")]


def looked_at(place: str, folder: Path, kept: list[dict[str, object]]) -> int:
    """Checks that all that was kept is there and nothing by halves; the number of entries."""
    workspace = open_workspace(place)
    items = {
        item.id: item for kind in ("dataset", "case", "assessment") for item in workspace.items(LOCAL, kind)
    }
    for one in kept:
        if one:
            assert items[str(one["item"])].version == one["version"], "what was kept is gone"
    for item in items.values():
        versions = [change.version for change in workspace.history(LOCAL, item.id)]
        assert versions == list(range(1, item.version + 1)), "an entry without its history"
        if item.kind == "dataset":
            assert len(workspace.figures(LOCAL, item.id, 1)) == item.body["rows"], "half an import"
        if item.kind == "case":
            assert item.state == "published", "half a publication"
            assert workspace.items(LOCAL, "assessment", parent=item.id), "a case without its assessment"
    for path in folder.glob("backup-*.zip"):
        restore(workspace, LOCAL, path)
        path.unlink()
    for path in folder.glob("new-*.sqlite"):
        open_workspace(str(path)).engine.dispose()
        path.unlink()
    workspace.engine.dispose()
    return len(items)


def main() -> None:
    """Kills so many children one after the other."""
    place, folder, times = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    folder.mkdir()
    open_workspace(place).engine.dispose()
    entries = 0
    for number in range(times):
        kept = lived(place, folder, SEED + number)
        entries = looked_at(place, folder, kept)
    print(f"{times} killed, {entries} entries whole")


if __name__ == "__main__":
    main()
