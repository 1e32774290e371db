"""Colours that carry meaning stay apart for readers with each kind of colour-vision deficiency.

Matrices of severity 1.0 for linear RGB: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A
Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15 (2009) 1291–1298, as
published with the paper. Distances are CIE 1976 ΔE*ab under D65; about 2.3 is just noticeable side by side.
"""

from __future__ import annotations

from itertools import combinations, pairwise, product

import numpy as np
import pytest

from dashboard.charts.look import LOOKS, Look, contrast

VISIONS = {
    "usual": np.eye(3),
    "protan": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deutan": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritan": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = np.array([0.95047, 1.0, 1.08883])
STAGE = 18.0  # neighbouring stages, which stand side by side in every ladder
STEP = 10.0  # neighbouring steps of one scale, which also carry a number, pattern or outline
MEANING = 20.0  # better, worse and neither
AREAS = 12.0  # any two of ten areas side by side, which also carry dashes, symbols or names
COUNTRY = 10.0  # the one country among its peers, which is also thicker


def lab(colour: str, vision: np.ndarray) -> np.ndarray:
    """CIELAB of `#rrggbb` as seen with a vision."""
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    ratio = TO_XYZ @ np.clip(vision @ linear, 0, 1) / WHITE
    f = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def apart(colour: str, other: str, vision: np.ndarray) -> float:
    """ΔE*ab of two colours as seen with a vision."""
    return float(np.linalg.norm(lab(colour, vision) - lab(other, vision)))


def test_the_simulation_keeps_greys_and_loses_what_each_vision_loses():
    for vision in VISIONS.values():
        # the matrices are printed with six decimals, so a grey may drift by a few millionths
        np.testing.assert_allclose(vision.sum(axis=1), 1, atol=5e-6)
    assert lab("#FFFFFF", VISIONS["usual"]) == pytest.approx([100, 0, 0], abs=0.02)  # seven digits of TO_XYZ
    green, red = "#2CA02C", "#D62728"  # the pair that red–green deficiency confuses
    assert apart(green, red, VISIONS["usual"]) > 100
    assert apart(green, red, VISIONS["deutan"]) < 0.4 * apart(green, red, VISIONS["usual"])
    blue, teal = "#1F77B4", "#17807A"
    assert apart(blue, teal, VISIONS["tritan"]) < 0.6 * apart(blue, teal, VISIONS["usual"])


@pytest.mark.parametrize("vision", VISIONS.values(), ids=VISIONS)
@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_colours_with_a_meaning_stay_apart(look: Look, vision: np.ndarray):
    for colour, other in pairwise(look.stages):
        assert apart(colour, other, vision) >= STAGE, (colour, other)
    for colour, other in (*pairwise(look.classes), *pairwise(look.sides)):
        assert apart(colour, other, vision) >= STEP, (colour, other)
    for colour, other in combinations((look.better, look.worse, look.peers), 2):
        assert apart(colour, other, vision) >= MEANING, (colour, other)
    for below, above in product(look.sides[:2], look.sides[3:]):
        assert apart(below, above, vision) >= MEANING, (below, above)
    assert apart(look.sides[2], look.outside, vision) >= STEP  # neutral is no land without a figure
    for colour, other in combinations(look.series, 2):
        assert apart(colour, other, vision) >= AREAS, (colour, other)
    assert apart(look.accent, look.peers, vision) >= COUNTRY


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_steps_run_one_way_in_lightness(look: Look):
    for scale in (look.stages, look.classes):
        light = [lab(colour, VISIONS["usual"])[0] for colour in scale]
        assert light in (sorted(light), sorted(light, reverse=True))
    light = [lab(colour, VISIONS["usual"])[0] for colour in look.sides]
    for half in (light[:3], light[2:]):  # from the middle outwards, darker on paper and lighter on black
        assert half in (sorted(half), sorted(half, reverse=True))


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_marks_and_texts_stand_out_from_the_paper(look: Look):
    for mark in (look.peers, look.outline, look.accent, look.better, look.worse):
        assert contrast(mark, look.paper) >= 3, mark
    for colour in (look.ink, look.muted, look.accent, look.better, look.worse, *look.series):
        assert contrast(colour, look.paper) >= 4.5, colour
    fills = (*look.stages, *look.classes, *look.sides)
    for fill, letters in zip(fills, (*look.on_stages, *look.on_classes, *look.on_sides), strict=True):
        assert contrast(fill, letters) >= 4.5, (fill, letters)


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_context_is_seen_and_told_from_peers(look: Look):
    """On black less than 3:1 was not seen; what fills marks among peers differs from theirs by 2:1."""
    assert contrast(look.pale, look.paper) >= (1.75 if look.name == "light" else 3)
    assert contrast(look.rest, look.peers) >= (3 if look.name == "contrast" else 2)
