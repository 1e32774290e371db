-- One row per (kpi, ref_area, time_period).
select v.kpi, v.ref_area, v.time_period, v.obs_value, v.obs_status, v.age, v.old, s.rank, s.n
from kpi_value as v
left join standing as s on s.measure = v.kpi and s.ref_area = v.ref_area and s.time_period = v.time_period
where list_contains($kpis, v.kpi) and list_contains($areas, v.ref_area)
order by v.kpi, v.ref_area, v.time_period
