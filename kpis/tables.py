"""What computations ask: anything that answers a SELECT and says which figures it holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import pandas as pd


class Tables(Protocol):
    """A `kpis.warehouse.Store`, a build in progress, or a warehouse with other figures in some place."""

    @property
    def version(self) -> str:
        """Data version: changes whenever a number could."""

    @property
    def as_of(self) -> int:
        """The year of reading, from which ages are counted."""

    def query(self, sql: str, parameters: Mapping[str, Any] | None = None) -> pd.DataFrame:
        """Rows of a query, values bound by name."""
