"""Where a country will be in the next editions if nothing changes, and with a plan: a distribution.

    panel = load_panel(store)                 # what is known
    model = fit(panel, ahead=2)               # how indices moved, two editions at a time
    table = summary(draws(model), panel)      # bands and chances of 193 countries

The recipe was chosen among eleven by rolling origins (`backtest`). It is hardly better than "as today" for
ranks; its worth is the width, which is that of what came true.
"""

from kpis.forecast.annual_table import annual_rows, gates, stored_annual, stored_gates
from kpis.forecast.backtest import backtest
from kpis.forecast.cards import METHODS
from kpis.forecast.draws import Draws, competition_rank, draws
from kpis.forecast.futures import Band, Futures, all_futures
from kpis.forecast.model import Fit, fit
from kpis.forecast.panel import INDICES, Panel, load_panel
from kpis.forecast.plan import Aim, EditionForecast, PlanForecast, forecast_plan, needed
from kpis.forecast.promises import expected, promises
from kpis.forecast.summary import summary
from kpis.forecast.table import chances_of_rank, notes, read, table

__all__ = [
    "INDICES",
    "METHODS",
    "Aim",
    "Band",
    "Draws",
    "EditionForecast",
    "Fit",
    "Futures",
    "Panel",
    "PlanForecast",
    "all_futures",
    "annual_rows",
    "backtest",
    "chances_of_rank",
    "competition_rank",
    "draws",
    "expected",
    "fit",
    "forecast_plan",
    "gates",
    "load_panel",
    "needed",
    "notes",
    "promises",
    "read",
    "stored_annual",
    "stored_gates",
    "summary",
    "table",
]
