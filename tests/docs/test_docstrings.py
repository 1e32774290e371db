"""The examples of docstrings give what they show."""

from __future__ import annotations

import doctest
import re
from importlib import import_module

import pytest

from tests.conftest import ROOT
from tests.docs.blocks import ShownOutput

EXAMPLE = re.compile(r"^ *>>> ", re.MULTILINE)


def modules_with_examples() -> list[str]:
    """Dotted names."""
    files = sorted(path for folder in ("kpis", "dashboard") for path in (ROOT / folder).rglob("*.py"))
    with_examples = [path for path in files if EXAMPLE.search(path.read_text(encoding="utf-8"))]
    dotted = (".".join(path.relative_to(ROOT).with_suffix("").parts) for path in with_examples)
    return [name.removesuffix(".__init__") for name in dotted]


@pytest.mark.parametrize("name", modules_with_examples())
@pytest.mark.usefixtures("home")
def test_the_examples_of_a_module_give_what_they_show(name: str) -> None:
    runner = doctest.DocTestRunner(checker=ShownOutput(), verbose=False)
    for example in doctest.DocTestFinder().find(import_module(name), name):
        runner.run(example)
    assert runner.tries > 0
    assert runner.failures == 0
