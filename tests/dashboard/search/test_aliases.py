"""The names of countries that the lists in the browser know."""

from __future__ import annotations

from dashboard.search import aliases


def test_the_file_for_the_browser_is_that_of_the_index():
    assert (aliases.STATIC / "names.js").read_text(encoding="utf-8") == aliases.script(), aliases.__doc__


def test_a_row_begins_with_what_lists_show_and_holds_the_other_names():
    rows = {row[2]: row for row in aliases.table()}
    assert len(rows) == 250
    assert rows["CIV"][:2] == ["Côte d’Ivoire", "Côte d’Ivoire"]
    assert {"Ivory Coast", "Costa de Marfil"} <= set(rows["CIV"])
    assert rows["KOR"][:2] == ["Republic of Korea", "República de Corea"]
    assert {"South Korea", "Corea del Sur", "Korea, Rep."} <= set(rows["KOR"])
    assert "Turkey" in rows["TUR"]
    assert "Kosovo" in rows["XKX"]
