"""What a chart needs besides its table: words, number format, look, and the KPI it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.charts.figure import Chart
from dashboard.charts.look import Look, template
from kpis.freshness import USUAL_LIMIT

NBSP = "\u00a0"
MISSING = "–"
SHORT_SYMBOLS = ("%", "‰", "pp")  # others, such as "/100", read as part of the number


@dataclass(frozen=True)
class Kpi:
    """A KPI as charts and tables show it, in the reader's language.

    direction is "higher", "lower" or "context" (no better side); precision counts shown decimals; fresh_years
    is the age in years up to which a value is not old.
    """

    id: str
    name: str
    unit: str
    symbol: str
    direction: str
    precision: int
    dimension: str = ""
    definition: str = ""
    caveat: str = ""
    source: str = ""
    redistribution: str = "open"
    derive: str = ""
    unit_measure: str = ""
    licence: str = ""
    rank_note: str = ""
    fresh_years: int = USUAL_LIMIT

    def provenance(self) -> dict[str, str]:
        """Columns that travel with every downloaded figure: KPI, unit, source and licence."""
        return {
            "kpi": self.id,
            "unit_measure": self.unit_measure,
            "unit": self.unit,
            "source": self.source,
            "licence": self.licence,
        }

    @classmethod
    def of(cls, row: Mapping[str, Any], lang: str) -> Kpi:
        """From a row of `Warehouse.kpis()`; texts in `lang` ("en" or "es")."""

        def said(name: str) -> str:
            value = row.get(name)
            return "" if value is None or value != value else str(value)

        return cls(
            id=str(row["kpi"]),
            name=said(f"name_{lang}"),
            unit=said(f"unit_{lang}"),
            symbol=said("unit_symbol"),
            direction=said("direction"),
            precision=int(row["precision"]),
            dimension=said("dimension"),
            definition=said(f"definition_{lang}"),
            caveat=said(f"caveat_{lang}"),
            source=said("source"),
            redistribution=said("redistribution"),
            derive=said("derive"),
            unit_measure=said("unit_measure"),
            licence=said(f"licence_{lang}"),
            rank_note=said(f"rank_note_{lang}"),
            fresh_years=int(row["fresh_years"]),
        )


@dataclass(frozen=True)
class Context:
    """Words, numbers and look of one reader; every chart function takes it."""

    t: Callable[[str], str]
    number: Callable[..., str]  # number(value, precision=…, sign=False) -> text, "–" if missing
    separators: str  # Plotly: decimal mark, then thousands mark
    look: Look
    as_of: int  # year of reading, from which ages are counted
    lang: str = "en"
    narrow: bool = False  # a phone: no room for names at line ends

    def value(self, amount: float | None, kpi: Kpi) -> str:
        """A value in the KPI's precision, with a short symbol where it has one: 77.0% · 77,0 %."""
        if amount is None or pd.isna(amount):
            return MISSING
        gap = "" if self.lang == "en" and kpi.symbol == "%" else NBSP
        text = self.number(amount, kpi.precision)
        return f"{text}{gap}{kpi.symbol}" if kpi.symbol in SHORT_SYMBOLS else text

    def figure(self, height: int) -> Chart:
        """An empty figure in the reader's look and number format."""
        return Chart({"template": template(self.look), "height": height, "separators": self.separators})
