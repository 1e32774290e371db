"""Tables as HTML: escaped, with their headings, for screen readers and for cards on a phone."""

from __future__ import annotations

import re

from dashboard.charts.context import MISSING
from dashboard.components.table import FEW, Column, html

COLUMNS = [Column("Country"), Column("Value <>", True, answer=True), Column("Year", True)]


def test_the_answer_is_marked_at_the_heading_of_its_column() -> None:
    heads = re.findall(
        r"<th scope=\"col\" (.*?)>(.*?)</th>", html("Values", COLUMNS, [["Peru", "1", "2024"]])
    )
    assert heads == [
        ("", "Country"),
        ('class="e-num" data-answer', "Value &lt;&gt;"),
        ('class="e-num"', "Year"),
    ]


def test_text_is_escaped_and_a_missing_value_has_words() -> None:
    markup = html("Values", COLUMNS, [["<b>", MISSING, "2024"]], no_data="no data")
    assert '<th scope="row">&lt;b&gt;</th>' in markup
    assert '<span class="e-sr">no data</span>' in markup


def test_a_long_table_that_is_whole_can_be_sorted() -> None:
    rows = [["Peru", "1", "2024"]] * 8
    assert " data-sort>" in html("Values", COLUMNS, rows)
    assert "data-sort" not in html("Values", COLUMNS, rows[1:])
    assert "data-sort" not in html("Values", COLUMNS, rows, whole=False)


def test_a_tall_table_scrolls_only_where_it_has_more_rows_than_fit() -> None:
    rows = [["Peru", "1", "2024"]] * (FEW + 1)
    assert 'class="e-scroll e-tall"' in html("Values", COLUMNS, rows, tall=True)
    assert 'class="e-scroll e-tall e-few"' in html("Values", COLUMNS, rows[1:], tall=True)
    assert 'class="e-scroll"' in html("Values", COLUMNS, rows)
