-- One row per series, ref_area and time_period whose value the last release of its source changed, as seen when
-- the release was imported: new (nothing before), withdrawn (nothing after) or revised.
select
    r.series,
    r.ref_area,
    cast(r.time_period as integer) as time_period,
    cast(nullif(r.value_before, '') as double) as value_before,
    cast(nullif(r.value_after, '') as double) as value_after,
    nullif(r.vintage_before, '') as vintage_before,
    nullif(r.vintage_after, '') as vintage_after,
    r.source
from staging_release as r
join staging_source as s on s.source = r.source
order by r.series, r.ref_area, cast(r.time_period as integer)
