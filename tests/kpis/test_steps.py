"""A fault of any library becomes one sentence that says where it was."""

from __future__ import annotations

import logging

import duckdb
import pytest

from kpis.errors import CatalogueError, DataError, EngineError, EscalaError
from kpis.steps import PassingError, step


@pytest.mark.parametrize(
    ("fault", "family", "said"),
    [
        (ValueError("odd\nand more"), DataError, "table x: ValueError: odd"),
        (ZeroDivisionError(), DataError, "table x: ZeroDivisionError"),
        (AttributeError("no get"), DataError, "table x: AttributeError: no get"),
        (RecursionError(), DataError, "table x: it is nested too deeply. Simplify it."),
        (IsADirectoryError(21, "Is a directory", "a.csv"), DataError,
         "a.csv: Is a directory. Put a readable file there."),
        (OSError(40, "Too many levels"), DataError, "table x: Too many levels. Put a readable file there."),
        (MemoryError(), PassingError,
         "table x: it needs more memory than there is. Free some and try again."),
        (OSError(28, "No space left"), PassingError,
         "table x: no room left on the disk. Free some and try again."),
        (duckdb.FatalException("Could not write: No space left on device"), PassingError,
         "table x: no room left on the disk. Free some and try again."),
        (duckdb.IOException("Could not write file: File too large"), PassingError,
         "table x: no room left on the disk. Free some and try again."),
    ],
)  # fmt: skip
def test_a_fault_names_the_step(fault: Exception, family: type[EscalaError], said: str) -> None:
    with pytest.raises(family) as found, step("table x", DataError):
        raise fault
    assert str(found.value) == said
    assert found.value.__cause__ is fault


def test_the_innermost_step_is_named_and_own_faults_pass() -> None:
    with (
        pytest.raises(CatalogueError, match="^inner: KeyError"),
        step("outer"),
        step("inner", CatalogueError),
    ):
        raise KeyError("k")
    own = EngineError("as it is")
    with pytest.raises(EngineError) as found, step("outer"):
        raise own
    assert found.value is own


def test_what_ends_a_program_passes() -> None:
    with pytest.raises(KeyboardInterrupt), step("x"):
        raise KeyboardInterrupt


def test_the_traceback_is_kept_at_debug_only(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "escala"), pytest.raises(EngineError), step("x"):
        raise ValueError("y")
    assert caplog.records == []
    with caplog.at_level(logging.DEBUG, "escala"), pytest.raises(EngineError), step("x"):
        raise ValueError("y")
    assert "ValueError: y" in caplog.text


def test_a_long_message_is_cut() -> None:
    with pytest.raises(EngineError) as found, step("x"):
        raise ValueError("y" * 100_000)
    assert len(str(found.value)) < 400


def test_a_signal_during_a_query_is_no_fault_that_could_be_kept() -> None:
    with pytest.raises(KeyboardInterrupt), step("table x"):
        raise RuntimeError("Query interrupted")  # as DuckDB has it
    with pytest.raises(EngineError, match="RuntimeError: Query interrupted by me"), step("table x"):
        raise RuntimeError("Query interrupted by me")
