-- One row of figures per value and KPI whose limits it leaves, unless a footnote says that its publisher prints it so.
select o.*, l.name, l.low, l.high
from staging_observation as o
join staging_limit as l on l.series = o.series
where not try_cast(o.obs_value as double) between l.low and l.high
    and coalesce(o.footnote, '') not in (select footnote from staging_footnote where outside_limits = '1')
order by o.file, o.series, o.ref_area, o.time_period
