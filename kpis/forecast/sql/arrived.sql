-- One row per (kpi, ref_area): published figures of one edition for UN Member States, but for values of low reliability.
select v.kpi, v.ref_area, v.obs_value
from kpi_value as v
join area as a on a.ref_area = v.ref_area and a.un_member
where list_contains($kpis, v.kpi) and v.time_period = $edition and v.obs_status <> 'U'
order by v.kpi, v.ref_area
