"""Widths of texts on slides."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.documents import measure


def test_a_wide_letter_is_wider_and_bold_is_wider() -> None:
    assert measure.width("W", 18) > measure.width("i", 18)
    assert measure.width("Colombia", 18, bold=True) > measure.width("Colombia", 18)
    assert measure.width("", 18) == 0


def test_a_no_break_space_keeps_words_together() -> None:
    assert measure.wrapped("63\u00a0%", 18, 1000) == ["63\u00a0%"]
    assert measure.longest_word("63\u00a0% done", 18) == measure.width("63\u00a0%", 18)


@given(st.text(st.characters(codec="latin-1", exclude_categories=("C",)), max_size=60), st.integers(40, 400))
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(text: str, room: int) -> None:
    lines = measure.wrapped(text, 18, room)
    assert all(measure.width(line, 18) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
