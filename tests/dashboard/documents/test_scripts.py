"""The scripts of a file that loads nothing: every module is there once, bound to those before it."""

from __future__ import annotations

import re

import pytest

from dashboard.documents import scripts
from dashboard.paths import STATIC


def test_no_module_is_imported_any_more_and_none_ends_the_element() -> None:
    whole = scripts.joined()
    assert not re.search(r"^\s*(import|export) ", whole, re.M)
    assert "</script" not in whole
    assert [name for name in scripts.ORDER if whole.count(f"const {name[:-3]}_js = ") != 1] == []


@pytest.mark.parametrize("name", [name for name in scripts.ORDER if name != scripts.PLOTLY])
def test_what_a_module_imports_stands_before_it_and_is_exported(name: str) -> None:
    text = (STATIC / name).read_text(encoding="utf-8")
    before = scripts.ORDER[: scripts.ORDER.index(name)]
    found = scripts.IMPORT.findall(text)
    assert len(found) == len(re.findall(r"^import ", text, re.M))
    for names, stem in found:
        assert f"{stem}.js" in before
        exported = scripts.EXPORT.findall((STATIC / f"{stem}.js").read_text(encoding="utf-8"))
        assert {part.split(" as ")[0].strip() for part in names.split(",")} <= set(exported)
    assert len(scripts.EXPORT.findall(text)) == len(re.findall(r"^export ", text, re.M))
