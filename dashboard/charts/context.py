"""What a chart needs besides its table: words, number format, look, and the KPI it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from dashboard.charts.figure import Drawing
from dashboard.charts.look import Look, template
from kpis.freshness import USUAL_LIMIT

NBSP = "\u00a0"
MISSING = "–"
SHORT_SYMBOLS = ("%", "‰", "pp")  # others, such as "/100", read as part of the number


@dataclass(frozen=True)
class KpiView:
    """A KPI as charts and tables show it, in the reader's language.

    direction is "higher", "lower" or "context" (no better side); precision counts shown decimals; fresh_years
    is the age in years up to which a value is not old. bounds: where each class of the map but the lowest
    begins; class_names from the lowest, or none; centre: the neutral value, where neither side is better. The
    classes of a coded answer are its levels, from code 0 to `top`. most: the upper limit of its values.
    usual_step: years between two neighbouring values of an area, as most often found; 0 if not known.
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
    usual_step: int = 0
    unit_kind: str = ""
    top: int = 0
    most: float | None = None
    bounds: tuple[float, ...] = ()
    class_names: tuple[str, ...] = ()
    centre: float | None = None
    scale_source: str = ""

    @property
    def coded(self) -> bool:
        """Whether values are codes of answers or counts of a few things: levels, not measurements."""
        return self.unit_kind in ("answer", "count")

    @property
    def brief(self) -> KpiView:
        """The KPI as sentences and lists print it: with at most three decimals. Tables keep all it has."""
        return replace(self, precision=min(self.precision, 3))

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
    def of(cls, row: Mapping[str, Any], lang: str, classes: Sequence[Mapping[str, Any]] = ()) -> KpiView:
        """From a row of `Warehouse.kpis()` and its rows of `kpi_classes()`; texts in `lang` (en or es)."""

        def cell(name: str) -> str:
            value = row.get(name)
            return "" if value is None or value != value else str(value)

        return cls(
            id=str(row["kpi"]),
            name=cell(f"name_{lang}"),
            unit=cell(f"unit_{lang}"),
            symbol=cell("unit_symbol"),
            direction=cell("direction"),
            precision=int(row["precision"]),
            dimension=cell("dimension"),
            definition=cell(f"definition_{lang}"),
            caveat=cell(f"caveat_{lang}"),
            source=cell("source"),
            redistribution=cell("redistribution"),
            derive=cell("derive"),
            unit_measure=cell("unit_measure"),
            licence=cell(f"licence_{lang}"),
            rank_note=cell(f"rank_note_{lang}"),
            fresh_years=int(row["fresh_years"]),
            usual_step=int(_stated(row.get("usual_step")) or 0),
            unit_kind=cell("unit_kind"),
            most=_stated(row.get("limit_high")),
            scale_source=cell(f"scale_source_{lang}"),
            **_classes(classes, lang),
        )


def _stated(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)


def _classes(rows: Sequence[Mapping[str, Any]], lang: str) -> dict[str, Any]:
    """Bounds, names, centre and highest code of a KPI's classes, as `KpiView` holds them."""
    if not rows:
        return {}
    names = [row[f"name_{lang}"] for row in rows]
    centre = rows[0]["centre"]
    return {
        "bounds": tuple(float(row["lower_bound"]) for row in rows[1:]),
        "class_names": () if pd.isna(names[0]) else tuple(str(name) for name in names),
        "centre": _stated(centre),
        "top": len(rows) - 1,
    }


def english(singular: str, plural: str, n: int) -> str:
    """The form of an English text for a number."""
    return singular if n == 1 else plural


@dataclass(frozen=True)
class Context:
    """Words, numbers and look of one reader; every chart function takes it."""

    t: Callable[[str], str]
    number: Callable[..., str]  # number(value, precision=…, sign=False) -> text, "–" if missing
    separators: str  # Plotly: decimal mark, then thousands mark
    look: Look
    as_of: int  # year of reading, from which ages are counted
    lang: str = "en"
    ngettext: Callable[[str, str, int], str] = english  # (singular, plural, n) -> the form for n
    narrow: bool = False  # a phone: no room for names at line ends

    def value(self, amount: float | None, kpi: KpiView) -> str:
        """A value in the KPI's precision, with a short symbol where it has one: 77.0% · 77,0 %.

        A coded answer is a level of so many: 2 of 3 · 2 de 3.
        """
        if amount is None or pd.isna(amount):
            return MISSING
        if kpi.coded:
            return self._code(amount, kpi)
        text = self.number(amount, kpi.precision)
        return self.with_symbol(text, kpi)

    def with_symbol(self, text: str, kpi: KpiView) -> str:
        """A number, written out, with the KPI's symbol where that is a short one."""
        return f"{text}{self._gap(kpi.symbol)}{kpi.symbol}" if kpi.symbol in SHORT_SYMBOLS else text

    def _gap(self, symbol: str) -> str:
        """What stands between a number and its symbol: nothing before an English per cent sign."""
        return "" if self.lang == "en" and symbol == "%" else NBSP

    def named(self, amount: float | None, kpi: KpiView) -> str:
        """The value with the name of its level, if it is a coded answer: "3 of 3: a current strategy"."""
        text = self.value(amount, kpi)
        level = "" if amount is None else self.level(amount, kpi)
        return f"{text}: {level}" if level else text

    def level(self, amount: float, kpi: KpiView) -> str:
        """What the code of an answer means, in the words of the catalogue; empty where there are none."""
        if not (kpi.coded and kpi.class_names) or pd.isna(amount) or amount != int(amount):
            return ""
        return kpi.class_names[int(amount)] if 0 <= amount < len(kpi.class_names) else ""

    def _code(self, amount: float, kpi: KpiView) -> str:
        """A code of so many; between two codes, as a median can be, with one decimal."""
        number = self.number(amount, 0 if amount == int(amount) else 1)
        template = self.t("{code} of {top}") if kpi.class_names else self.t("code {code} of {top}")
        return template.replace(" ", NBSP).format(code=number, top=self.number(kpi.top))

    def percent(self, share: float | None, precision: int = 0) -> str:
        """A share from 0 to 1 as a percentage: 63% · 63 %."""
        return MISSING if share is None or pd.isna(share) else self.percentage(100 * share, precision)

    def percentage(self, amount: float, precision: int = 0) -> str:
        """A percentage from 0 to 100 with its sign: 63% · 63 %."""
        return f"{self.number(amount, precision)}{self._gap('%')}%"

    def drawing(self, height: int) -> Drawing:
        """An empty drawing in the reader's look and number format."""
        return Drawing({"template": template(self.look), "height": height, "separators": self.separators})
