"""What tables of own figures are read against, and one way to read them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kpis import catalogue, names
from kpis.workspace.figures import Known, Reading, Request, kpi_facts, read_figures

Read = Callable[..., Reading]
AS_OF = 2026


@pytest.fixture(scope="session")
def known() -> Known:
    return Known(kpi_facts(catalogue.load()), names.index(), AS_OF)


@pytest.fixture
def read(known: Known) -> Read:
    """Reads a table given as text or bytes; further arguments are of `Request`."""

    def reading(data: str | bytes, name: str = "t.csv", **said: Any) -> Reading:
        return read_figures(data if isinstance(data, bytes) else data.encode(), name, Request(**said), known)

    return reading
