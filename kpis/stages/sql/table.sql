-- One row per (dimension, ref_area, time_period): stages as stored. A filter that is null does not apply.
select s.* exclude (scenario)
from stage as s
join dimension as d on d.dimension = s.dimension
where s.scenario = 'published'
    and ($areas is null or list_contains($areas, s.ref_area))
    and ($year is null or s.time_period = $year)
order by s.ref_area, s.time_period, d.position
