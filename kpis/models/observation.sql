-- One row per series, ref_area and time_period, as its source publishes it. Missing has no row.
select
    series,
    ref_area,
    cast(time_period as integer) as time_period,
    cast(obs_value as double) as obs_value,
    obs_status,
    source,
    vintage,
    nullif(footnote, '') as footnote
from staging_observation
order by series, ref_area, time_period
