"""How old a figure may be: one year of reading, one limit for each KPI, one rule for all pages.

The limit stands in the KPI's entry (`fresh_years`). In the warehouse the rule is the column `old` of
`kpi_value` (`kpis/models/kpi_value.sql`); what is computed outside SQL asks `is_old`. A test holds the two
together.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from typing import Any, overload

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kpis.errors import RequestError

AS_OF = "ESCALA_AS_OF"
FIRST, LAST = 2000, 2100
USUAL_LIMIT = 5  # years; a value may be older only where the entry of its KPI says why

Floats = NDArray[np.float64]


def year_of_reading() -> int:
    """The year from which ages are counted: $ESCALA_AS_OF, else the year of today.

    Raises RequestError if the variable holds no year.
    """
    setting = os.environ.get(AS_OF, "").strip()
    if not setting:
        return dt.date.today().year
    if not (re.fullmatch("[0-9]{4}", setting) and FIRST <= int(setting) <= LAST):
        label = repr(setting if len(setting) <= 40 else f"{setting[:37]}...")
        raise RequestError(f"${AS_OF} = {label} is no year. Give one from {FIRST} to {LAST}, or unset it.")
    return int(setting)


@overload
def is_old(year: float, limit: int, as_of: int) -> bool: ...


@overload
def is_old(year: Floats, limit: Floats | int, as_of: int) -> NDArray[np.bool_]: ...


@overload
def is_old(year: pd.Series, limit: pd.Series | int, as_of: int) -> pd.Series: ...


def is_old(year: Any, limit: Any, as_of: int) -> Any:
    """Whether a value of `year` is older than its KPI allows when it is read in `as_of`.

    limit: years, as in `fresh_years`. Numbers, arrays or Series; a missing year is never old, for there is
    no value.
    """
    return as_of - year > limit
