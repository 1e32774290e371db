"""What the README and the docstrings show works as they show it."""

from __future__ import annotations

import ast
import doctest
import re
import textwrap
from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest

from kpis.catalogue import load
from kpis.paths import entries_dir
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"^ *>>> ", re.MULTILINE)


def with_examples() -> list[str]:
    """Dotted names of the modules that show examples."""
    files = sorted(path for folder in ("kpis", "dashboard") for path in (ROOT / folder).rglob("*.py"))
    shown = [path for path in files if EXAMPLE.search(path.read_text(encoding="utf-8"))]
    dotted = (".".join(path.relative_to(ROOT).with_suffix("").parts) for path in shown)
    return [name.removesuffix(".__init__") for name in dotted]


def block(language: str) -> str:
    """The one block of the README in a language."""
    (found,) = re.findall(rf"^( *)```{language}\n(.*?)^ *```", README, re.MULTILINE | re.DOTALL)
    return textwrap.dedent(found[1])


class Shown(doctest.OutputChecker):
    """An example that shows a result must give it; one that shows none must run."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        return not want or super().check_output(want, got, optionflags)


@pytest.mark.parametrize("name", with_examples())
@pytest.mark.usefixtures("home")
def test_the_examples_of_a_module_give_what_they_show(name: str) -> None:
    runner = doctest.DocTestRunner(checker=Shown(), verbose=False)
    for example in doctest.DocTestFinder().find(import_module(name), name):
        runner.run(example)
    assert runner.tries > 0
    assert runner.failures == 0


@pytest.mark.usefixtures("home")
def test_every_line_of_the_readmes_python_gives_rows() -> None:
    names: dict[str, object] = {}
    tables = 0
    for node in ast.parse(block("python")).body:
        line = ast.unparse(node)
        if isinstance(node, ast.Expr):
            found = eval(line, names)
            assert isinstance(found, pd.DataFrame), line
            assert not found.empty, line
            tables += 1
        else:
            exec(line, names)
    assert tables >= 3


def test_the_entry_of_the_readme_is_a_valid_kpi(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(block("toml"), encoding="utf-8")
    kpi = load([entries_dir(), tmp_path]).kpis["SERVICE_GAP"]
    assert kpi.derive is not None
    assert (kpi.derive.query, kpi.derive.a, kpi.derive.b) == ("difference", "OSI_SP", "OSI_TEC")
