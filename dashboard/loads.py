"""Which script of `static` loads which others, each by the hash of its content: browsers keep them for good.

Run `python -m dashboard.loads` after a change of one that is loaded.
"""

from __future__ import annotations

import re

from dashboard.paths import STATIC, stamp

# The script that loads, and what it loads; one that is loaded stands above what loads it.
LOADS: dict[str, tuple[str, ...]] = {
    "dots.js": ("elements.js",),
    "steps.js": ("elements.js",),
    "lines.js": ("answer.js", "scales.js"),
    "marks.js": ("answer.js", "scales.js"),
    "chart.js": ("dots.js", "lines.js", "marks.js", "scales.js", "steps.js"),
    "chart_corner.js": ("elements.js",),
    "listing.js": ("elements.js",),
    "phone.js": ("elements.js",),
    "pick_lists.js": ("elements.js",),
    "search.js": ("elements.js",),
    "sort.js": ("elements.js",),
    "stage_floor.js": ("elements.js", "names.js"),
    "stage_notes.js": ("elements.js",),
    "stage.js": ("elements.js", "stage_floor.js", "stage_notes.js"),
    "shell.js": (
        "arrive.js",
        "chart_corner.js",
        "listing.js",
        "names.js",
        "phone.js",
        "pick_lists.js",
        "search.js",
        "sort.js",
        "story.js",
    ),
}
ALL = tuple(dict.fromkeys(name for names in LOADS.values() for name in names))
ASKED = re.compile(r"(?<='\./)(\w+\.js)\?v=[0-9a-f]*")


def stamped(script: str) -> str:
    """The text of a script, with the hash of everything it loads."""
    text = (STATIC / script).read_text(encoding="utf-8")
    return ASKED.sub(lambda asked: stamp(asked[1]).rpartition("/")[2], text)


def write() -> None:
    """Writes the hashes into the scripts."""
    for script in LOADS:
        (STATIC / script).write_text(stamped(script), encoding="utf-8")


if __name__ == "__main__":
    write()
