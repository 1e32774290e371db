-- One row per (kpi, ref_area, time_period): values of UN Member States.
select v.kpi, v.ref_area, v.time_period, v.obs_value, v.obs_status
from kpi_value as v
join area as a on a.ref_area = v.ref_area and a.un_member
where list_contains($kpis, v.kpi)
