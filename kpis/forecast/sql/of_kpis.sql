-- One row per (kpi, ref_area, time_period): values of some KPIs for UN Member States, but for those not comparable.
select v.kpi, v.ref_area, v.time_period, v.obs_value
from kpi_value as v
join area as a on a.ref_area = v.ref_area and a.un_member
where list_contains($kpis, v.kpi) and v.obs_status <> 'U'
order by v.kpi, v.ref_area, v.time_period
