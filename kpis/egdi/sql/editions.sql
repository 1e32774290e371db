-- One row per (edition): years in which $kpi is published.
select distinct v.time_period as edition
from kpi_value as v
join area as a on a.ref_area = v.ref_area and a.un_member
where v.kpi = $kpi
order by edition
