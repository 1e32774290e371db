"""A chart in the page of another site: the address that says so, and the code to paste."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from dashboard.components import embed


@pytest.mark.parametrize(
    ("url", "is_embedded"),
    [
        ("https://host/embed/country?country=COL", True),
        ("https://host/embed/", True),
        ("https://host/escala/embed/country", True),
        ("https://host/country?x=/embed/country", False),
        ("https://host/", False),
        ("", False),
    ],
)
def test_a_page_knows_by_its_address_that_it_is_in_a_frame(url: str, is_embedded: bool) -> None:
    assert embed.address_is_embedded(url) is is_embedded


def test_the_code_holds_one_frame_whatever_the_title() -> None:
    found: list[tuple[str, dict[str, str | None]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, dict(attrs)))

    title = '"><script>alert(1)</script>'
    Reader().feed(embed.code("https://host/embed/country?country=COL&amp;chart=x", title))
    assert [tag for tag, _ in found] == ["iframe", "script"]
    assert found[0][1]["title"] == title
    assert found[0][1]["height"] == str(embed.HEIGHT)
