-- One row per (scheme, time_period): groups and classes that publishers assign to $area.
select scheme, time_period, class, source
from classification
where ref_area = $area
order by scheme, time_period
