"""Cards of the rules of an innovation exercise."""

from __future__ import annotations

from kpis.cards import MethodCard

METHODS: list[MethodCard] = [
    MethodCard(
        "exercise_profile",
        "Profile of an institution",
        "Of each dimension the highest stage that at least two thirds of its statements with a level reach; "
        "fewer than three: not assessed. The whole: median of the dimensions, at most one stage above the "
        "weakest. Not applicable and not known are missing, never zero.",
        "Methodology of the Centre, B.3, with statements in place of KPIs",
        "exact",
        "working",
    ),
    MethodCard(
        "exercise_together",
        "What participants say together",
        "Of each statement the lower median of the levels chosen. First in the talk: statements whose lowest "
        "and highest answer give their dimension different stages, then those with most levels between them.",
        "Working rule: no stage is reached by half of the participants against the other half",
        "exact",
        "working",
    ),
    MethodCard(
        "exercise_first_steps",
        "Increments to begin with",
        "The fewest statements that lift a dimension to its next stage, nearest first (distance in levels). "
        "Weakest dimension first, then the one that lacks fewest, then the lowest statement; three at most.",
        "Methodology of the Centre, B.3 and B.4; working rule on its distances",
        "exact",
        "working",
    ),
]
