"""Progress towards a target: is a KPI on track, at what pace, and do the methods agree?

    from kpis import progress
    progress.assess(base_year=2015, base_value=41.0, latest_year=2023, latest_value=77.0, direction=1,
                    target=90.0, target_year=2030, method="unsd")

Four methods, each in a module of its own: UNSD 2026, Statistics Canada (Open SDG 2.4), Eurostat and the SDSN
arrows. `METHODS` holds their cards. The same series can be on track under one and limited under another, so
compute several and look at `disagreement`. Every edge case has a status and a reason code (`REASONS`). `fan`
says how far other countries got from a similar level.

The formulas are their publishers' and know no clock. `as_read` says when they may be applied: a status needs
a last value within the limit of its KPI, else it is `no_recent_figure`, and no year of arrival lies in the
past.

Growth methods are not for values that are themselves growth rates or that cross 0: use the level behind them.

Left out on purpose: the Anticipated Progress Index of ESCAP and UNECE. Its published notes confirm the
weighted regression to 2030 but not the rule that turns the gap into a class, so there is nothing yet that
this library could claim to reproduce.
"""

from kpis.progress._types import Cases, Outcome, ProgressCard, Result
from kpis.progress.arrival import arrivals
from kpis.progress.disagree import disagreement, in_words, verdict_sentence
from kpis.progress.fan import Fan, fan
from kpis.progress.limits import bounded
from kpis.progress.reading import WHOLE, as_read
from kpis.progress.reasons import REASONS
from kpis.progress.recent import NO_RECENT_FIGURE
from kpis.progress.registry import METHODS
from kpis.progress.single import assess
from kpis.progress.table import assess_table
from kpis.progress.transform import endpoints, first_year, just_right

__all__ = [
    "METHODS",
    "NO_RECENT_FIGURE",
    "REASONS",
    "WHOLE",
    "Cases",
    "Fan",
    "Outcome",
    "ProgressCard",
    "Result",
    "arrivals",
    "as_read",
    "assess",
    "assess_table",
    "bounded",
    "disagreement",
    "endpoints",
    "fan",
    "first_year",
    "in_words",
    "just_right",
    "verdict_sentence",
]
