"""Changes explained: a change in score or rank, split into causes that add up exactly.

>>> from kpis import changes
>>> changes.explain("COL", "RANK", 2022, 2024).parts        # places gained or lost, by cause

`METHODS` holds the cards of what the functions do.
"""

from kpis.cards import MethodCard
from kpis.changes.composite import attribute, explain_composite
from kpis.changes.editions import Explanation, explain

__all__ = ["METHODS", "Explanation", "attribute", "explain", "explain_composite"]

METHODS: list[MethodCard] = [
    MethodCard(
        id="change_of_composite",
        name="Change of a composite explained",
        formula=(
            "v(S) = the composite with the causes in S as they became and the others as they were; "
            "part i = Σ |S|! (p − |S| − 1)! / p! · (v(S + i) − v(S)) over all S without i."
        ),
        source="Shapley (1953), A value for n-person games; the causes are this project's",
        tolerance="parts add up to the change within 1e-12",
        status="working",
    ),
    MethodCard(
        id="change_of_egdi",
        name="Change of EGDI explained",
        formula=(
            "index k: mean of its two weights · change of k; weights: Σ mean of k · change of its weight; "
            "rounding: change of (published EGDI − Σ weight · index)."
        ),
        source="the same, on the published OSI, TII and HCI with each edition's weights",
        tolerance="parts add up to the published change within 1e-12",
        status="working",
    ),
    MethodCard(
        id="change_of_rank",
        name="Change of rank explained",
        formula=(
            "v(S) = competition rank with own indices, the others' indices, weights, rounding and the list "
            "of ranked countries each as they were or as they became; parts as above, in places gained."
        ),
        source="the same, on the published EGDI and its indices",
        tolerance="parts add up to the published change of rank within 1e-12",
        status="working",
    ),
]
