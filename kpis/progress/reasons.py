"""Why a case has its status: one code for each rule that can decide, with its English sentence.

Codes are stable and go into tables and the API; the sentences are for readers and are translated where they
are shown. Where several apply, a method gives the one that decided the status, else the one to know first.
"""

from __future__ import annotations

from types import MappingProxyType

from kpis.texts import mark

REASONS = MappingProxyType(
    {
        # the ordinary course
        "trend_to_target": mark(
            "The observed change is compared with the change needed to reach the target."
        ),
        "trend_only": mark("No target is set: the yearly change is compared with fixed thresholds."),
        "no_change": mark("The last value equals the base value."),
        "on_threshold": mark("The measure lies exactly on a threshold and counts as having reached it."),
        # the target has been met
        "target_met": mark("The last value meets the target."),
        "met_at_base": mark("The target was already met at the base and still is."),
        "base_equals_target": mark("The base equals the target, which is still met: no change was required."),
        "met_and_lost": mark("The target was met at the base and is no longer met."),
        "base_equals_target_lost": mark("The base equals the target, and the last value no longer meets it."),
        "met_one_observation": mark("The last value meets the target; one year of data shows no trend."),
        "latest_zero_meets_target": mark(
            "The last value is 0 and meets the target; growth to 0 has no rate."
        ),
        # values of 0 that decide by themselves
        "fell_to_zero": mark("The last value is 0, where more is better: a fall of 100%."),
        "reached_zero": mark("The last value is 0, the best there is where less is better."),
        "rose_from_zero": mark(
            "The base is 0, the best there is where less is better, and the last value is not: a change the "
            "wrong way that has no rate."
        ),
        # the years
        "target_year_past": mark(
            "The target year lies before the last value: the trend is read at the target year."
        ),
        "target_year_not_after_base": mark(
            "The target year is not after the base year: no rate can be required."
        ),
        "one_observation": mark("Only one year of data: no trend can be observed."),
        "latest_before_base": mark("The last year lies before the base year."),
        "no_recent_figure": mark("The last value is older than its KPI allows: the formula is not applied."),
        # values that growth rates cannot take
        "missing_value": mark("A year or value of the base or of the last observation is missing."),
        "zero_base": mark("The base value is 0, from which growth has no rate."),
        "zero_base_replaced": mark(
            "The base value is 0 and was replaced by a thousandth, as the method prescribes."
        ),
        "zero_target": mark(
            "The target is 0: compound growth can only approach it, so −100% a year is required."
        ),
        "zero_target_replaced": mark(
            "The target is 0 and was replaced by a thousandth, as the method prescribes."
        ),
        "latest_zero": mark("The last value is 0, to which growth has no rate."),
        "negative_value": mark("A value is negative, where this method defines no growth rate."),
        "sign_change": mark("Values lie on both sides of 0, between which growth has no rate."),
        # natural limits and goalposts
        "natural_limit": mark("The base is near the natural limit of the scale: thresholds were lowered."),
        "at_natural_limit": mark("The base is at the natural limit: holding it is enough."),
        "base_beyond_limit": mark("The base lies beyond the natural limit that was given."),
        "goalposts_missing": mark("The method needs a worst and a best value, and one is missing."),
        "goalposts_equal": mark("The worst and the best value are equal: no score can be formed."),
        "direction_conflict": mark("The better side contradicts the goalposts; the goalposts were followed."),
    }
)
