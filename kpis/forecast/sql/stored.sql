-- One row per (measure, ref_area, time_period): bands and chances as the build computed them.
select *
from forecast
where
    ($areas is null or list_contains($areas, ref_area))
    and list_contains($measures, measure)
    and ($year is null or time_period = $year)
order by measure, ref_area, time_period
