"""Streamlit's scripts as they are served: three are changed, every other is as it came."""

from __future__ import annotations

from dashboard.serve import assets
from dashboard.serve.patches import patched

FILES = {path: file for path, file in assets.served_files().items() if path.startswith("/static/js/")}


def raw(file: assets.File) -> bytes:
    """A script of Streamlit as it came."""
    return (assets.STREAMLIT / "static" / "js" / file.name).read_bytes()


def changed() -> list[assets.File]:
    """The scripts that are served otherwise than they came."""
    assert len(FILES) > 100
    return [file for file in FILES.values() if raw(file) != assets.content(file)]


def changed_with(mark: bytes) -> tuple[bytes, bytes]:
    """The one changed script with this mark, as it came and as it is served."""
    (file,) = [file for file in changed() if mark in raw(file)]
    return raw(file), assets.content(file)


def test_three_scripts_of_the_installed_streamlit_are_changed() -> None:
    assert len(changed()) == 3


def test_the_script_that_filters_is_changed_where_it_compares():
    came, served = changed_with(b"FILTER_MODE_CONTAINS")
    assert served == patched(came)
    assert served.count(b".normalize('NFD').replace(/\\p{M}/gu,'').toLowerCase()") == 1
    assert served.count(b"||window.escala?.called?.(") == 1
    assert len(served) - len(came) < 120


def test_the_script_of_components_asks_for_no_tables():
    came, served = changed_with(b"BidiComponent Error")
    assert b"/serialization." in came
    assert b"/serialization." not in served
    assert served.count(b"=()=>null;") == came.count(b"=()=>null;") + 1


def test_what_asks_for_that_script_asks_for_nothing_beside_it() -> None:
    came, served = changed_with(b"import(`./BidiComponent.")
    assert served.count(b"__vite__mapDeps([") == came.count(b"__vite__mapDeps([") - 1
    assert b".js`),[],import.meta.url)" in served


def test_a_script_of_another_version_is_left_alone():
    other = b"case FILTER_MODE_CONTAINS:return e.label.toLocaleLowerCase()"
    assert patched(other) == other
    assert (
        patched(b"var low=e=>e.toLowerCase();function x(){}") == b"var low=e=>e.toLowerCase();function x(){}"
    )
