"""Scripts that load scripts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard import loads, paths
from dashboard.paths import STATIC, stamp


@pytest.mark.parametrize("script", loads.LOADS)
def test_a_script_asks_for_what_it_loads_by_the_hash_of_its_content(script: str) -> None:
    text = (STATIC / script).read_text(encoding="utf-8")
    asked = re.findall(r"'\./(\w+\.js\?v=[0-9a-f]+)'", text)
    assert sorted(asked) == sorted(stamp(name).rpartition("/")[2] for name in loads.LOADS[script]), (
        loads.__doc__
    )


def test_a_changed_script_is_asked_for_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (loads, paths):
        monkeypatch.setattr(module, "STATIC", tmp_path)
    (tmp_path / "names.js").write_text("1", encoding="utf-8")
    (tmp_path / "shell.js").write_text("import('./names.js?v=00')", encoding="utf-8")
    first = loads.stamped("shell.js")
    (tmp_path / "names.js").write_text("2", encoding="utf-8")
    assert "names.js?v=00" not in first != loads.stamped("shell.js")
