"""Colours, type and the Plotly template of each look.

Contrast against the paper of the look: text ≥ 4.5:1, marks that carry meaning ≥ 3:1 (tested). The design's
context grey #B8C0C4 has 1.8:1 on paper, so peers, which are read, are darker; marks that only give context
stay pale: 1.8:1 on paper, 3:1 on black, where less was not seen. The lightest class of a map and the lower
stages cannot reach 3:1, so each area and each cell has an outline that does: with all four stages at 3:1
the upper two were nearly the same dark.

Colours that must be told apart differ for readers without one kind of cone too (tested with the matrices
of Machado, Oliveira and Fernandes, 2009): steps by lightness, better and worse by blue against orange, areas
side by side by both. Their ten hues are spread in lightness until the nearest two are 12 apart (CIELAB) in
every vision; at equal lightness some were 1 to 7 apart. In the high-contrast look peers are a lighter grey
for the same reason: a darker one was hardly another colour than the dark accent.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

BODY = '"Source Sans", "Source Sans 3", sans-serif'
HEADING = '"Source Serif", "Source Serif 4", serif'


@dataclass(frozen=True)
class Look:
    """One look. `classes` runs from least to most, `sides` from far below a neutral value to far above it;
    `peers` are labelled marks, `pale` is context only; `rest` fills what stands among peers and is none.
    """

    name: str
    paper: str
    ink: str
    muted: str  # secondary text
    accent: str
    peers: str
    pale: str
    rest: str
    rule: str  # grid lines
    outline: str  # around areas of a map
    classes: tuple[str, str, str, str, str]
    on_classes: tuple[str, str, str, str, str]  # text on each class
    sides: tuple[str, str, str, str, str]
    on_sides: tuple[str, str, str, str, str]
    better: str
    worse: str
    missing: str  # fill behind the hatch of "no data"
    outside: str  # areas that are not UN Member States
    series: tuple[str, ...]  # up to ten areas side by side
    stages: tuple[str, str, str, str]  # one hue from emerging to connected, 16 or more apart in lightness
    on_stages: tuple[str, str, str, str]  # number on each stage


LIGHT = Look(
    name="light",
    paper="#FCFBF8",
    ink="#1B2A33",
    muted="#52626B",
    accent="#0B6E75",
    peers="#75838B",
    pale="#B8C0C4",
    rest="#B8C0C4",
    rule="#E6E6E1",
    outline="#7E8A91",
    classes=("#DCEBE9", "#A9CFCB", "#6BADAC", "#2C7C81", "#0B4F55"),
    on_classes=("#1B2A33", "#1B2A33", "#10212A", "#FFFFFF", "#FFFFFF"),
    sides=("#1F5A99", "#8DB6DD", "#BFC9A8", "#EBAF77", "#A8480B"),
    on_sides=("#FFFFFF", "#10212A", "#1B2A33", "#10212A", "#FFFFFF"),
    better="#2B6CB0",
    worse="#B4500F",
    missing="#F4F2EC",
    outside="#E3E1DA",
    series=(
        "#0B6E75", "#BA5515", "#164A7D", "#8662A6", "#6B7438",
        "#C7317C", "#1B2A33", "#614900", "#104220", "#40494F",
    ),
    stages=("#D5EAE8", "#80B5B4", "#2E7A7F", "#0A4248"),
    on_stages=("#0B1A20", "#0B1A20", "#FFFFFF", "#FFFFFF"),
)  # fmt: skip

DARK = Look(
    name="dark",
    paper="#12191D",
    ink="#E8EDEF",
    muted="#A9B6BC",
    accent="#4FC3C9",
    peers="#8A99A1",
    pale="#586670",
    rest="#586670",
    rule="#263238",
    outline="#76868E",
    classes=("#1F4549", "#28626A", "#388085", "#6DB9B9", "#C3EAE6"),
    on_classes=("#FFFFFF", "#FFFFFF", "#FFFFFF", "#10212A", "#10212A"),
    sides=("#8FC1F5", "#3A689C", "#46503F", "#8F5526", "#F5A465"),
    on_sides=("#081216", "#FFFFFF", "#FFFFFF", "#FFFFFF", "#081216"),
    better="#7FB2EA",
    worse="#F0934E",
    missing="#1A2429",
    outside="#2A353B",
    series=(
        "#4FC3C9", "#CE690F", "#5288BD", "#CB9DFA", "#AFBE55",
        "#E284B0", "#E8EDEF", "#EDC020", "#9FD9AB", "#788389",
    ),
    stages=("#1D474B", "#35797E", "#72BFC4", "#D3F6F8"),
    on_stages=("#FFFFFF", "#FFFFFF", "#081216", "#081216"),
)  # fmt: skip

CONTRAST = Look(
    name="contrast",
    paper="#FFFFFF",
    ink="#000000",
    muted="#1F1F1F",
    accent="#00474D",
    peers="#6B6B6B",
    pale="#8C8C8C",
    rest="#C4C4C4",
    rule="#BDBDBD",
    outline="#000000",
    classes=("#E2EFED", "#B0D3D0", "#66A5A6", "#1F7277", "#00282C"),
    on_classes=("#000000", "#000000", "#000000", "#FFFFFF", "#FFFFFF"),
    sides=("#003C8F", "#8FB4EA", "#FFFFFF", "#EBA978", "#8A3200"),
    on_sides=("#FFFFFF", "#000000", "#000000", "#000000", "#FFFFFF"),
    better="#003C8F",
    worse="#8A3200",
    missing="#FFFFFF",
    outside="#D9D9D9",
    series=(
        "#00474D", "#6A2701", "#3965D1", "#470C80", "#6F7C22",
        "#C4427D", "#000000", "#715A27", "#488150", "#272727",
    ),
    stages=("#D7ECEA", "#86BDBC", "#25767A", "#002A2E"),
    on_stages=("#000000", "#000000", "#FFFFFF", "#FFFFFF"),
)  # fmt: skip

LOOKS = {look.name: look for look in (LIGHT, DARK, CONTRAST)}


class _NoLook:
    """Stands for a look where none may be asked for."""

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"{name}: what is kept for readers of any look must not show a colour")


NO_LOOK = cast(Look, _NoLook())


@lru_cache(maxsize=8)
def template(look: Look) -> dict[str, Any]:
    """The Plotly template of a look, one for all charts: quiet axes, no legend box, body type."""
    axis = {
        "gridcolor": look.rule,
        "linecolor": look.outline,
        "zeroline": False,
        "ticks": "",
        "tickfont": {"color": look.muted, "size": 13},
        "title": {"font": {"color": look.muted, "size": 13}},
    }
    return {
        "layout": {
            "font": {"family": BODY, "size": 14, "color": look.ink},
            "paper_bgcolor": look.paper,
            "plot_bgcolor": look.paper,
            "colorway": list(look.series),
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "showlegend": False,
            "xaxis": axis,
            "yaxis": axis,
            "hoverlabel": {
                "bgcolor": look.ink,
                "bordercolor": look.ink,
                "font": {"family": BODY, "size": 14, "color": look.paper},
                "align": "left",
            },
            "dragmode": False,
        }
    }


def blended(colour: str, ground: str, share: float) -> str:
    """A colour `#rrggbb` as it looks over a ground when it covers that share of it, 0 to 1.

    >>> blended("#FFFFFF", "#000000", 0.2)
    '#333333'
    """
    pairs = ((int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(share * over + (1 - share) * under):02X}" for over, under in pairs)


def contrast(colour: str, other: str) -> float:
    """WCAG contrast ratio of two colours `#rrggbb`, 1 to 21."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(colour), luminance(other)))
    return (high + 0.05) / (low + 0.05)
