"""The tables of the methodology: taken over as they are, but actions get a number for others to cite."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kpis.sources.csvio import read_rows, write_rows

ACTIONS = "actions.csv"
ACTION_COLUMNS = (
    "action_id",
    "dimension",
    "from_stage",
    "to_stage",
    "action",
    "typical_duration",
    "example_case_ids",
    "source_url",
)


def actions(path: Path) -> Iterator[tuple[str, ...]]:
    """One row per action, upstream order; `action_id` is dimension, stage aimed at, running number."""
    seen: Counter[str] = Counter()
    for row in read_rows(path, required=ACTION_COLUMNS[1:]):
        step = f"{row['dimension'].replace('_', '-')}-{row['to_stage']}"
        seen[step] += 1
        yield f"{step}-{seen[step]}", *(row[name] for name in ACTION_COLUMNS[1:])


def import_methodology(folder: Path, target: Path) -> int:
    """Write the tables of `folder` below `target`; returns the number of tables."""
    target.mkdir(parents=True, exist_ok=True)
    found = sorted(folder.glob("*.csv"))
    for path in found:
        if path.name == ACTIONS:
            write_rows(target / ACTIONS, ACTION_COLUMNS, actions(path))
        else:
            shutil.copyfile(path, target / path.name)
    return len(found)
