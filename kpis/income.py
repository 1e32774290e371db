"""Income, which is held constant where countries of unequal income are compared: for Python and SQL."""

from __future__ import annotations

INCOME_SERIES = "NY.GDP.PCAP.PP.KD"  # GDP per capita, purchasing power parities
INCOME_LAG = 3  # years that income may be older than the value: GDP figures lag by up to that much
MIN_AREAS = 30  # countries that a line on income needs to mean anything

INCOME = {"income_series": INCOME_SERIES, "income_lag": INCOME_LAG}
"""What statements bind that look for the income of an area and year."""
