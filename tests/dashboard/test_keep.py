"""Kept answers: read once, and safe from what a page does with them."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.keep import kept


def test_an_answer_is_read_once_for_the_same_arguments():
    asked = []

    @kept(4)
    def read(version: str) -> int:
        asked.append(version)
        return len(asked)

    assert (read("a"), read("a"), read("b")) == (1, 1, 2)
    assert asked == ["a", "b"]


def test_no_reader_changes_what_the_next_one_reads():
    @kept(4)
    def read() -> tuple[pd.DataFrame, list[int], dict[str, int]]:
        return pd.DataFrame({"x": [1, 2]}), [1], {"a": 1}

    table, listed, named = read()
    table.loc[0, "x"] = 99
    table["y"] = 0
    listed.append(2)
    named["b"] = 2
    again, list_again, named_again = read()
    assert again.to_dict("list") == {"x": [1, 2]}
    assert (list_again, named_again) == ([1], {"a": 1})


def test_a_fault_is_not_kept():
    tries = []

    @kept(4)
    def read() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("not yet")
        return "there"

    with pytest.raises(ValueError, match="not yet"):
        read()
    assert read() == "there"
