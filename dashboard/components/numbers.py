"""Numbers as a reader wants them: decimal and thousands mark are chosen apart from the language."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from dashboard.charts.context import MISSING

MINUS = "\u2212"
THIN = "\u202f"  # narrow no-break space: 1 234,5


@dataclass(frozen=True)
class NumberFormat:
    """Decimal and thousands mark."""

    decimal: str
    thousands: str

    @property
    def separators(self) -> str:
        """Plotly's notation: decimal mark, then thousands mark."""
        return self.decimal + self.thousands

    def number(self, value: float | None, precision: int = 0, *, sign: bool = False) -> str:
        """Text of a value with `precision` decimals, halves rounded away from zero as the UN prints them.

        Missing (None, NaN) gives "–". `sign` writes a plus before positive values.

        >>> NumberFormat(",", ".").number(1234.5, 1)
        '1.234,5'
        """
        if value is None or pd.isna(value):
            return MISSING
        step = Decimal(1).scaleb(-precision)
        rounded = Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP)
        text = (
            f"{abs(rounded):,f}".replace(",", "\0").replace(".", self.decimal).replace("\0", self.thousands)
        )
        if rounded < 0:
            return MINUS + text
        return f"+{text}" if sign and rounded > 0 else text


POINT = NumberFormat(".", ",")
COMMA = NumberFormat(",", ".")
SPACE = NumberFormat(",", THIN)

# By the example that stands in the address and in the picker.
STYLES = {"1,234.5": POINT, "1.234,5": COMMA, "1 234,5": SPACE}
BY_LANGUAGE = {"en": POINT, "es": COMMA}


def number_format(style: str, lang: str) -> NumberFormat:
    """The format of a style of STYLES; "auto" and anything else: the usual one of the language."""
    return STYLES.get(style) or BY_LANGUAGE.get(lang, POINT)
