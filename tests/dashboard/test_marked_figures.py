"""Every value of a KPI that a page prints stands in an element that says which KPI, year and age it has.

Values of KPIs are written by `Context.value` alone. Here it puts marks around them; a mark outside an element
of `charts/figures.py` is a figure that no test could count, and a figure of a KPI without year.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from dashboard.navigation import PATHS
from tests.benchmarks.views import named
from tests.dashboard.seen import BEGIN, VIEWS, Views

# Pages with views that print no value of a KPI.
WITHOUT = set(PATHS) - {"world", "compare", "explore", "releases"}
# Pages whose figures are not written by the component yet. May only become fewer; ends empty.
PENDING: set[str] = set()


class Outside(HTMLParser):
    """Collects marked text outside elements of figures, figures without year and old ones without tag."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.bare = ""  # an old figure that has no tag yet
        self.unmarked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if tag == "abbr" and "e-old" in str(names.get("class")):
            self.bare = ""
        if tag in ("data", "tr", "p", "h1", "h2", "table"):
            self.flush()
        if tag != "data":
            return
        self.depth += 1
        if names.get("data-old") == "true" and "data-computed" not in names:
            self.bare = f"old without tag: {attrs}"
        dated = names.get("data-year") or "data-rule" in names
        if not {"data-kpi", "data-own"} & set(names) or not dated:
            self.unmarked.append(f"without year: {attrs}")

    def flush(self) -> None:
        """Where the next figure or part of the page begins, an old figure should have had its tag."""
        if self.bare:
            self.unmarked.append(self.bare)
        self.bare = ""

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "data"

    def handle_data(self, data: str) -> None:
        if BEGIN in data and not self.depth:
            self.unmarked.append(data.strip())


OLD = '<data data-kpi="A" data-year="2012" data-old="true">⟦1⟧</data>'
TAG = '<abbr class="e-mark e-old">old</abbr>'


@pytest.mark.parametrize(
    ("html", "n"),
    [
        ("<p>⟦1⟧</p>", 1),
        ('<data data-kpi="A" data-year="2024" data-old="false">⟦1⟧</data>', 0),
        ('<data data-kpi="A">⟦1⟧</data>', 1),
        ('<data data-kpi="A" data-rule="true">⟦1⟧</data>', 0),
        ('<data data-own="true" data-year="2023-Q4">⟦1⟧</data>', 0),
        ('<data data-own="true">⟦1⟧</data>', 1),
        (f"{OLD} {TAG}", 0),
        (OLD, 1),
        (OLD.replace("<data", '<data data-computed="true"'), 0),
        (f"<tr><td>{OLD}</td></tr><tr><td>{TAG}</td></tr>", 1),
    ],
)
def test_the_reader_of_marks_finds_what_is_wrong(html: str, n: int) -> None:
    reader = Outside()
    reader.feed(html)
    reader.flush()
    assert len(reader.unmarked) == n


ESCAPED_TAG = re.compile(
    r"&lt;/?(?:a|abbr|b|data|div|h2|li|p|small|span|table|td|th|tr|ul)\b[^<]{0,60}|class=&#3[49];"
)


@pytest.mark.parametrize(
    ("page", "parameters"), [view for view in VIEWS if view[0] not in PENDING], ids=lambda view: str(view)
)
def test_every_figure_of_a_kpi_says_what_it_is(
    page: str, parameters: dict[str, object], views: Views
) -> None:
    view = views[named(page, parameters)]
    assert view.faults == ()
    html = view.html
    reader = Outside()
    reader.feed(re.sub(r"<(style|script)>.*?</\1>", " ", html, flags=re.DOTALL))
    reader.flush()
    is_without = page in WITHOUT or parameters.get("show") == "profile"  # percentiles alone
    assert BEGIN in html or is_without, "no value was marked: the search looks at nothing"
    assert reader.unmarked == [], named(page, parameters)
    assert ESCAPED_TAG.findall(html) == [], "markup was escaped once more and stands on the page as text"
