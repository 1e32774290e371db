-- One row per (kpi, ref_area, time_period): UN Member States; values that the source says not to compare (U) are
-- left out.
select v.kpi, v.ref_area, v.time_period, v.obs_value
from kpi_value as v
join area as a on a.ref_area = v.ref_area and a.un_member
where list_contains($kpis, v.kpi) and v.obs_status <> 'U' and v.obs_value is not null
