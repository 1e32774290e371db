-- One row per (ref_area): latest values of $kpi that are ranked.
select l.ref_area, l.obs_value, sort_key(l.obs_value, k.direction) as sort_key
from kpi_latest as l
join kpi as k on k.kpi = l.kpi
where l.kpi = $kpi and l.rank is not null
