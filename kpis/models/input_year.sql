-- One row per series, ref_area and time_period whose publisher names what it was measured with: the year, which
-- can be far before the edition it is printed under (missing: not named), and the survey, body or city.
select
    i.series,
    i.ref_area,
    cast(i.time_period as integer) as time_period,
    cast(nullif(i.reference_year, '') as integer) as reference_year,
    i.input_source,
    i.source,
    k.kpi
from staging_input_year as i
join staging_source as s on s.source = i.source
left join kpi as k on k.series = i.series
order by i.series, i.ref_area, time_period
