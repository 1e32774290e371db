"""Cards of the stage rules: name, formula, source, tolerance and how far each is confirmed."""

from __future__ import annotations

from kpis.cards import MethodCard

METHODOLOGY = "Methodology of the Centre, second edition, B.3"

METHODS: list[MethodCard] = [
    MethodCard(
        "stage",
        "Stage by gates",
        "Highest stage whose bar, and every lower bar, is met by at least two thirds of the dimension's KPIs "
        "with data; at least three KPIs with data, each no older than the limit in its own entry, counted to "
        "the year of reading. A closed edition is never a gate.",
        METHODOLOGY,
        "exact",
        "read",
    ),
    MethodCard(
        "stage_all",
        "Stage if every gate below is passed",
        "Lowest level among the dimension's KPIs with data: every one of them reaches its bar.",
        "CMMI staged representation, applied to the gates of the methodology",
        "exact",
        "read",
    ),
    MethodCard(
        "stage_mean",
        "Stage by the mean",
        "Whole part of the mean of the KPIs' positions on the scale 0-3, linear between two bars.",
        "Working rule: cut points on a mean, as in EGDI and GTMI groups",
        "1e-9 on the mean",
        "working",
    ),
    MethodCard(
        "distance",
        "Distance to the next gate",
        "(bar − value) / (bar − previous bar) for each failing KPI; mean and largest are shown.",
        METHODOLOGY,
        "1e-12",
        "read",
    ),
    MethodCard(
        "unlock",
        "What unlocks the next stage",
        "Of the failing KPIs, as many as the two-thirds rule still asks for, nearest to their bar first: the "
        "smallest set, and the cheapest of that size, because efforts add up.",
        "Working rule on the distances of the methodology",
        "exact",
        "working",
    ),
    MethodCard(
        "confidence",
        "Confidence of a stage",
        "Over the core KPIs, those that at least 90 percent of the Member States have: high: all of them, "
        "none older than three years; low: half or more missing; else medium.",
        METHODOLOGY,
        "exact",
        "read",
    ),
    MethodCard(
        "overall",
        "Overall stage",
        "Median of the dimensions with a stage, at least two, cut at the whole stage and capped one above "
        "the weakest.",
        METHODOLOGY,
        "exact",
        "read",
    ),
    MethodCard(
        "probability",
        "Probability of a stage",
        "Chance that the stage stays when the bars of each KPI are multiplied by one factor, uniform from "
        "0.9 to 1.1, independent between KPIs, never beyond a natural limit; coded answers, counts and bands "
        "around parity stay. "
        "Computed exactly, as the limit of infinitely many draws.",
        "Working rule; the 10 percent are those of the methodology, B.2",
        "1e-12 (simulation: within its sampling error)",
        "working",
    ),
    MethodCard(
        "in_doubt",
        "Stages in doubt",
        "A dimension's stage is in doubt if its probability is below 2/3; the overall stage if a dimension "
        "that decides it is. A dimension decides if the overall stage would be another were this one alone a "
        "stage lower or higher: it holds the median, or as the weakest the cap.",
        "Working rule on the probability",
        "exact",
        "working",
    ),
    MethodCard(
        "probability_revisions",
        "Probability of a stage from revisions",
        "Chance that the stage stays when each value moves by the last edition-to-edition change of a "
        "country drawn at random, less the median change; a KPI with fewer than ten such changes stays. "
        "Computed exactly over all of them.",
        "Working rule: editions stand in for revisions, of which no record is held",
        "1e-12 (simulation: within its sampling error)",
        "working",
    ),
]
