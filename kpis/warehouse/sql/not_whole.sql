-- One row of figures per value and KPI whose values are codes or ranks, where it is no whole number.
select o.*
from staging_observation as o
join staging_limit as l on l.series = o.series
where l.coded and try_cast(o.obs_value as double) <> floor(try_cast(o.obs_value as double))
