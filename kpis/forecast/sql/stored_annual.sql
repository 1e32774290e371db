-- One row per (measure, ref_area): annual KPIs that are forecast, in the year of their target.
select f.*
from forecast as f
join forecast_gate as g on g.kpi = f.measure and g.passed
where $areas is null or list_contains($areas, f.ref_area)
order by f.measure, f.ref_area
