-- One row per (kpi, ref_area): values of UN Member States in $edition.
select v.kpi, v.ref_area, v.obs_value, v.obs_status
from kpi_value as v
join area as a on a.ref_area = v.ref_area and a.un_member
where list_contains($kpis, v.kpi) and v.time_period = $edition
