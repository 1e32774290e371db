-- One row per (time_period): years in which a UN Member State has a value of $kpi.
select time_period, cast(count(*) as integer) as n
from standing where measure = $kpi
group by time_period order by time_period
