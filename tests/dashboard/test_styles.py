"""What the style sheet may ask: for a text that a chart measures no browser works out all styles again."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from dashboard.charts.look import CONTRAST, contrast
from dashboard.paths import STATIC, STYLES

SHEETS = sorted(STYLES.glob("*.css"))
ON_PAPER = re.compile(r"@media print\s*\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}")
ON_PAPER_ONLY = ".e-paper "  # a class that the document has while it is printed
# What stands in brackets after `:has`, with brackets of its own.
HAS = re.compile(
    r"(?P<subject>[^\s>+~,{}()]*)(?::not\()?:has\((?P<asked>(?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)"
)
# Whatever comes or goes may answer one of these: of any kind or class, by its place, by what it is not.
ANY = re.compile(r"\*(?!=)|\[class|[+~](?!=)|:not\(|:empty|-child|-of-type")
# So all of the page is asked, or every element of a kind that there is everywhere.
ALL = re.compile(r"^(:root|html|body|div|span|\*)?$|^\.st(App|Main|MainBlockContainer)\b")


def dear(sheet: str) -> Iterator[str]:
    """The questions of a sheet for the screen that any change of the page must have answered anew."""
    for found in HAS.finditer(ON_PAPER.sub("", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))):
        line = found.string[: found.start()].rpartition("\n")[2]
        if ON_PAPER_ONLY in line:
            continue
        if ANY.search(found["asked"]) or ALL.match(found["subject"]):
            yield found.group()


def test_no_rule_for_the_screen_asks_all_of_the_page() -> None:
    assert len(SHEETS) > 10
    assert [
        f"{path.name}: {rule}" for path in SHEETS for rule in dear(path.read_text(encoding="utf-8"))
    ] == []


@pytest.mark.parametrize(
    "rule",
    [
        ":root:has(.st-key-presenting) { font-size: 125%; }",
        ".stApp:has(.e-lens) h1 { max-width: none; }",
        ".stMainBlockContainer:has(.st-key-controls_world) { max-width: 1600px; }",
        ".a :has(> .e-chart), .b { display: grid; }",
        ".a div:has(> p) { display: none; }",
        '[data-testid="stColumn"]:has(> * > [class*="st-key-corner_"]) { flex: none; }',
        '[data-testid="stColumn"]:has([class*="st-key-corner_"]) { flex: none; }',
        ":root:not(:has(.a)) .b { margin: 0; }",
        "nav:has(+ ul) { margin: 0; }",
        "nav:has(> a:only-child) { margin: 0; }",
        "nav:has(a:not(.b)) { margin: 0; }",
        "@media (width < 768px) {\n  .stApp:has(.e-bar) { top: 0; }\n}",
    ],
)
def test_a_dear_rule_is_found(rule: str) -> None:
    assert len(list(dear(rule))) == 1


@pytest.mark.parametrize(
    "rule",
    [
        '[data-testid="stElementContainer"]:has(.e-imprint) { position: absolute; }',
        '[data-testid="stCheckbox"] label:has(input:focus-visible) { outline: none; }',
        ".e-hits:not(:has([aria-selected])) .a { margin: 0; }",
        "/* :root:has(.a) would be dear */ .a { margin: 0; }",
        "@media print {\n  @page { margin: 0; }\n  .stApp:has(.a) { display: block; }\n}",
        ".e-paper .stApp:has(.a) { display: block; }",
    ],
)
def test_a_cheap_rule_is_not(rule: str) -> None:
    assert list(dear(rule)) == []


def test_countries_of_the_darkest_class_can_be_told_apart_in_high_contrast() -> None:
    """Plotly writes the colour of a country into its style, by which the sheet finds it."""
    sheet = (STATIC / "contrast.css").read_text(encoding="utf-8")
    dark = CONTRAST.classes[-1]
    written = ", ".join(str(int(dark[at : at + 2], 16)) for at in (1, 3, 5))
    found = re.search(rf"fill: rgb\({written}\)\"\] \{{\s*stroke: (#\w{{6}})", sheet)
    assert found
    assert min(contrast(found[1], dark), contrast(found[1], CONTRAST.paper)) >= 3
