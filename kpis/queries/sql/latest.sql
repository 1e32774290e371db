-- One row per (kpi, ref_area): latest values; a pair without a value has no row.
select
    l.kpi, l.ref_area, l.obs_value, l.time_period, l.age, l.fresh,
    l.rank, l.n, l.percentile, l.obs_status, l.source
from kpi_latest as l
join kpi as k on k.kpi = l.kpi
where list_contains($kpis, l.kpi) and list_contains($areas, l.ref_area)
order by k.position, l.ref_area
