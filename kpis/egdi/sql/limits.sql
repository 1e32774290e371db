-- One row per (kpi): its unit, decimals and natural limits.
select kpi, unit_measure, precision, limit_low, limit_high from kpi where list_contains($kpis, kpi)
