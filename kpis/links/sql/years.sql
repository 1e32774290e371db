-- One row per (time_period): UN Member States with a value of $kpi counted.
select v.time_period, count(*) as n
from kpi_value as v
join area as a on a.ref_area = v.ref_area and a.un_member
where v.kpi = $kpi
group by v.time_period
order by v.time_period
