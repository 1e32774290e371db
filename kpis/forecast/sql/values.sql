-- One row per (ref_area, time_period): values of one KPI for UN Member States.
select v.ref_area, v.time_period, v.obs_value
from kpi_value as v
join area as a on a.ref_area = v.ref_area and a.un_member
where v.kpi = $kpi
order by v.ref_area, v.time_period
