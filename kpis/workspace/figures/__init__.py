"""Figures of one's own: read from a table, checked, compared with what is held, ranked and followed.

A table is long (area, period, series, value) or wide (a column a period, or a KPI); its bytes become cells in
`kpis.intake`. Nothing of it enters the warehouse, so no rank and no median of countries ever holds it.
"""

from kpis.workspace.figures.beside import OwnValue, beside
from kpis.workspace.figures.model import Known, KpiFacts, OwnFigures, kpi_facts
from kpis.workspace.figures.problems import Problem, Problems
from kpis.workspace.figures.read import Reading, Request, read_figures

__all__ = [
    "Known",
    "KpiFacts",
    "OwnFigures",
    "OwnValue",
    "Problem",
    "Problems",
    "Reading",
    "Request",
    "beside",
    "kpi_facts",
    "read_figures",
]
