"""Streamlit's scripts as they are served: its lists leave accents aside, everything else is as it came."""

from __future__ import annotations

from pathlib import Path

from dashboard.serve import assets
from dashboard.serve.patches import patched


def scripts() -> dict[Path, bytes]:
    """The scripts of the installed Streamlit."""
    return {path: path.read_bytes() for path in assets.served_files().values() if path.suffix == ".js"}


def test_one_script_of_the_installed_streamlit_is_changed_where_its_lists_compare():
    changed = {path: raw for path, raw in scripts().items() if patched(raw) != raw}
    assert len(changed) == 1
    (path, raw), *_ = changed.items()
    assert patched(raw).count(b".normalize('NFD').replace(/\\p{M}/gu,'').toLowerCase()") == 1
    assert patched(raw).count(b"||window.escala?.called?.(") == 1
    assert len(patched(raw)) - len(raw) < 120
    assert assets.content(path, packed=False) == patched(raw)


def test_a_script_of_another_version_is_left_alone():
    other = b"case FILTER_MODE_CONTAINS:return e.label.toLocaleLowerCase()"
    assert patched(other) == other
    assert (
        patched(b"var low=e=>e.toLowerCase();function x(){}") == b"var low=e=>e.toLowerCase();function x(){}"
    )
