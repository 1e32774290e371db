"""Why a case has its status: one code for each rule that can decide, with its English sentence.

Codes are stable and go into tables and the API; the sentences are for readers and may be translated by code.
Where several apply, a method gives the one that decided the status, else the one to know first.
"""

from __future__ import annotations

from types import MappingProxyType

REASONS = MappingProxyType(
    {
        # the ordinary course
        "trend_to_target": "The observed change is compared with the change needed to reach the target.",
        "trend_only": "No target is set: the yearly change is compared with fixed thresholds.",
        "no_change": "The latest value equals the base value.",
        "on_threshold": "The measure lies exactly on a threshold and counts as having reached it.",
        # the target has been met
        "target_met": "The latest value meets the target.",
        "met_at_base": "The target was already met at the base and still is.",
        "base_equals_target": "The base equals the target, which is still met: no growth was required.",
        "met_and_lost": "The target was met at the base and is no longer met.",
        "base_equals_target_lost": "The base equals the target, and the latest value no longer meets it.",
        "met_one_observation": "The latest value meets the target; with one year of data no trend is known.",
        "latest_zero_meets_target": "The latest value is 0 and meets the target: called met, although growth "
        "to 0 has no rate that can go on.",
        # values of 0 that decide by themselves
        "fell_to_zero": "The latest value is 0, where more is better: a fall of 100 %.",
        "reached_zero": "The latest value is 0, the best there is where less is better.",
        "rose_from_zero": "The base is 0, the best there is where less is better, and the latest value is "
        "not: a change the wrong way that has no rate.",
        # the years
        "target_year_past": "The target year lies before the latest observation: the trend is read at the "
        "target year.",
        "target_year_not_after_base": "The target year is not after the base year: no rate can be required.",
        "one_observation": "Only one year of data: no trend can be observed.",
        "latest_before_base": "The latest year lies before the base year.",
        "no_recent_figure": "The latest value is older than its KPI allows: the formula is not applied.",
        # values that growth rates cannot take
        "missing_value": "A year or value of the base or the latest observation is missing.",
        "zero_base": "The base value is 0, from which growth has no rate.",
        "zero_base_replaced": "The base value is 0 and was replaced by 0.001, as the method prescribes.",
        "zero_target": "The target is 0: compound growth can only approach it, the required rate is -100 %.",
        "zero_target_replaced": "The target is 0 and was replaced by 0.001, as the method prescribes.",
        "latest_zero": "The latest value is 0, to which growth has no rate.",
        "negative_value": "A value is negative, where this method defines no growth rate.",
        "sign_change": "Values lie on both sides of 0, between which growth has no rate.",
        # natural limits and goalposts
        "natural_limit": "The base is near the natural limit of the scale: thresholds were lowered.",
        "at_natural_limit": "The base is at the natural limit: holding it is enough.",
        "base_beyond_limit": "The base lies beyond the natural limit that was given: check the limit.",
        "goalposts_missing": "The method needs `worst`, `best` and `green`, and one is missing.",
        "goalposts_equal": "`worst` and `best` are equal: no score can be formed.",
        "direction_conflict": "`direction` contradicts the goalposts; the goalposts were followed.",
    }
)
