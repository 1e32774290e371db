"""Ready stories: one file each, in the order of their names; texts in both languages, figures as facts."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from dashboard.stories.faults import StoryError
from dashboard.stories.file import of_values
from dashboard.stories.model import Story

FOLDER = Path(__file__).parent


@lru_cache(maxsize=1)
def stories() -> dict[str, Story]:
    """Ready stories by id: the name of the file without its number. Raises StoryError for a bad one."""
    found = {}
    for path in sorted(FOLDER.glob("*.toml")):
        loaded = of_values(tomllib.loads(path.read_text(encoding="utf-8")))
        if loaded.problems:
            raise StoryError("no_story", reason=f"{path.name}: {loaded.problems[0].say()}")
        found[path.stem.partition("-")[2]] = loaded.story
    return found
