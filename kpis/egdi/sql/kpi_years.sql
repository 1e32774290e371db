-- One row per (kpi, time_period): years with a value of any UN Member State.
select distinct v.kpi, v.time_period
from kpi_value as v
join area as a on a.ref_area = v.ref_area and a.un_member
where list_contains($kpis, v.kpi)
