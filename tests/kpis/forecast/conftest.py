"""Three countries over three editions, small enough to check by hand."""

from __future__ import annotations

import numpy as np
import pytest

from kpis.forecast import Panel


def small_panel() -> Panel:
    osi = np.array([[0.2, 0.4, 0.6], [0.3, 0.6, 0.6], [0.4, 0.6, 0.8]])
    tii = np.array([[0.2, 0.4, 0.5], [0.3, 0.5, 0.6], [0.5, 0.7, 0.8]])
    hci = np.tile([0.5, 0.6, 0.7], (3, 1))
    change = np.vstack([np.full((1, 3), np.nan), osi[1:] - osi[:-1]])
    nothing = np.full((3, 3), np.nan)
    return Panel(
        ("AAA", "BBB", "CCC"),
        (2020, 2022, 2024),
        np.stack([osi, tii, hci], axis=2),
        (osi + tii + hci) / 3,
        change,
        nothing,
        nothing,
    )


@pytest.fixture
def panel() -> Panel:
    return small_panel()
