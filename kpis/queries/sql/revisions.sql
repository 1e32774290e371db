-- One row per (kpi, ref_area, time_period): values that the last release replaced by others.
select
    k.kpi,
    c.ref_area,
    c.time_period,
    c.value_before,
    c.value_after,
    c.value_after - c.value_before as change,
    c.vintage_before,
    c.vintage_after
from release_change as c
join kpi as k on k.series = c.series
where list_contains($kpis, k.kpi) and c.value_before is not null and c.value_after is not null
order by k.position, abs(c.value_after - c.value_before) desc, c.time_period desc, c.ref_area
