"""What computations ask: anything that answers a SELECT."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import pandas as pd


class Tables(Protocol):
    """Anything that answers a SELECT with a frame: a `kpis.warehouse.Store`, or a build in progress."""

    def query(self, sql: str, parameters: Mapping[str, Any] | None = None) -> pd.DataFrame:
        """Rows of a query, values bound by name."""
