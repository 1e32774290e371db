"""The UN e-government indices: recomputed, changed in thought, and judged against history.

>>> from kpis import egdi
>>> egdi.recompute(2024)                                    # published beside recomputed
>>> egdi.simulate({"COL": {"OSI_SP": 0.95}}).after          # indices, EGDI, rank, group
>>> egdi.reach("COL", rank=50).table                        # which component, how far
>>> egdi.robustness("EGDI", 2024).table                     # rank intervals under other methods
>>> egdi.reweighted(weights={"OSI": 50, "TII": 25, "HCI": 25}).table  # ranks by own weights
>>> egdi.precedents("COL", rise=0.05).share                 # how often that has been done

Called without a store, the functions read the current warehouse. `METHODS` holds the cards of what they do.
"""

from kpis.cards import MethodCard
from kpis.egdi.ambition import EqualEffort, Reach, Wish, reach
from kpis.egdi.cards import METHODS
from kpis.egdi.history import Precedents, precedents
from kpis.egdi.inputs import editions
from kpis.egdi.recomputation import recompute
from kpis.egdi.reweighting import Reweighted, reweighted
from kpis.egdi.robustness import Robustness, robustness
from kpis.egdi.rules import composite, group_of
from kpis.egdi.simulation import Simulation, simulate

__all__ = [
    "METHODS",
    "EqualEffort",
    "MethodCard",
    "Precedents",
    "Reach",
    "Reweighted",
    "Robustness",
    "Simulation",
    "Wish",
    "composite",
    "editions",
    "group_of",
    "precedents",
    "reach",
    "recompute",
    "reweighted",
    "robustness",
    "simulate",
]
