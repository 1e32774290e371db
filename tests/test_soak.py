"""The long trials: each is named, described and can be run alone."""

from __future__ import annotations

from importlib import import_module
from inspect import signature
from pathlib import Path

import pytest

from tests import soak
from tests.soak.__main__ import SOAKS, main

HELPERS = {"__init__", "__main__", "figures", "served_kills"}


def test_every_module_is_named() -> None:
    modules = {path.stem for path in Path(soak.__path__[0]).glob("*.py")}
    assert set(SOAKS) == modules - HELPERS


@pytest.mark.parametrize("name", SOAKS)
def test_every_trial_can_be_run_alone(name: str) -> None:
    assert signature(import_module(f"tests.soak.{name}").main).return_annotation == "int"


def test_the_help_says_how_long_each_takes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    text = capsys.readouterr().out
    assert [name for name, trial in SOAKS.items() if f"  {name:8} {trial.minutes:2} min" not in text] == []


def test_a_trial_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["nothing"])
    assert "no such trial: nothing. Allowed: proxies, idle, people" in capsys.readouterr().err
