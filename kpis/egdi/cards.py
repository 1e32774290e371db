"""Cards of the index chain: name, formula, source, tolerance and how far each is confirmed."""

from __future__ import annotations

from kpis.cards import MethodCard

METHODS: list[MethodCard] = [
    MethodCard(
        id="egdi",
        name="EGDI from OSI, TII and HCI",
        formula=(
            "EGDI = (OSI + TII + HCI) / 3; editions 2008 and 2010: 0.34 OSI + 0.33 TII + 0.33 "
            "HCI. A missing index counts as 0 in the editions to 2005, as the UN computed it."
        ),
        source="UN E-Government Survey, methodology of each edition",
        tolerance=(
            "within 0.0001 of every published value of 12 editions, but for Cambodia and Cameroon in 2008"
        ),
        status="verified",
    ),
    MethodCard(
        id="components_2024",
        name="OSI, TII and HCI 2024 from their components",
        formula=(
            "z = (x − mean) / population standard deviation over 193 countries; r = Σ weight · z;"
            " index = (r − lowest) / (highest − lowest). OSI 10, 5, 45, 35, 5%; TII four "
            "quarters, affordability −1/8 for each basket; HCI five fifths with gross enrolment "
            "capped at 100."
        ),
        source="UN E-Government Survey 2024, technical appendix",
        tolerance=(
            "OSI within 0.0001 and TII within 0.00015 for 193 countries, HCI within 0.001 for 185 of 193"
        ),
        status="verified",
    ),
    MethodCard(
        id="what_if",
        name="What-if",
        formula=(
            "after = published + (recomputed with the change − recomputed without it), for OSI, "
            "TII and HCI of all countries and again for EGDI; ranks on unrounded values, ties "
            "share the better rank."
        ),
        source="the 2024 rules above; anchoring on the published value is this project's rule",
        tolerance=(
            "no change gives the published figures exactly; small changes follow the slopes of the 2024 rules"
        ),
        status="working",
    ),
    MethodCard(
        id="what_it_takes",
        name="What it takes",
        formula=(
            "least change of one component, or least share of the distance to its limit for all, "
            "whose what-if meets the wished EGDI, rank or group; bisection."
        ),
        source="this project, on the what-if",
        tolerance=(
            "the value meets the wish; at most 2⁻³⁰ of the distance to the limit above the least such value"
        ),
        status="working",
    ),
    MethodCard(
        id="precedents",
        name="Precedents",
        formula=(
            "share of spells (country, starting edition) with |EGDI − level| ≤ band whose highest"
            " EGDI within k editions is at least the start + rise; unreliable values left out."
        ),
        source="this project, on the published EGDI of 2003–2024",
        tolerance="exact count",
        status="working",
    ),
    MethodCard(
        id="robustness",
        name="Robustness of a rank",
        formula=(
            "rank in about 10,000 rebuilt indices: every set of weights (each × 1 ± 25%) under every "
            "normalisation (publisher's own, min-max, z-score, percentile rank) and mean (arithmetic, "
            "geometric); 5% and 95% rounded outwards; two countries are told apart if one is ahead in at "
            "least 90% of them."
        ),
        source="OECD/JRC Handbook (2008), step 7; options, spread and the 90% are this project's rule",
        tolerance="same seed, same ranks; without variation the published order, but for ties by rounding",
        status="working",
    ),
    MethodCard(
        id="reweighted",
        name="An index with own weights",
        formula=(
            "the rule of the index with other weights, scaled to their sum; on another scale or by another "
            "mean, the mean of the scores from 0 to 1 times the upper end of the index; competition ranks; "
            "shift = published rank − own rank."
        ),
        source="OECD/JRC Handbook (2008), steps 5 to 7; the rules of the indices are their publishers'",
        tolerance=(
            "published weights: the published ranks; rebuilt from published parts they differ by 1 place in "
            "EGDI 2024, by more where parts are rounded or a rule is not published in full"
        ),
        status="working",
    ),
]
