"""What an own target asks of each year, and what the years brought."""

from __future__ import annotations

import pytest

from kpis.workspace.figures import OwnValue


def value(direction: str, target: float | None, year: int | None, *points: tuple[str, float]) -> OwnValue:
    period, newest = points[-1]
    return OwnValue(
        "t", "X", "", "X", "%", direction, period, newest, "", "", target, year, (None, None, None), points
    )


@pytest.mark.parametrize(
    ("own", "needed", "so_far"),
    [
        (value("higher", 80, 2030, ("2023", 40.0), ("2025-Q4", 50.0)), 6.0, 5.0),
        (value("lower", 20, 2030, ("2023", 40.0), ("2025", 30.0)), -2.0, -5.0),
        (value("higher", 50, 2030, ("2024", 60.0), ("2025", 60.0)), 0.0, 0.0),
        (value("lower", 50, 2030, ("2024", 60.0), ("2025", 40.0)), 0.0, -20.0),
        (value("higher", 80, 2030, ("2025", 50.0)), 6.0, None),
        (value("higher", None, None, ("2024", 1.0), ("2025", 2.0)), None, 1.0),
        (value("higher", 80, 2025, ("2024", 1.0), ("2025", 2.0)), None, 1.0),
    ],
)
def test_steps_to_the_own_target(own: OwnValue, needed: float | None, so_far: float | None) -> None:
    assert (own.needed_a_year, own.so_far_a_year) == (needed, so_far)
