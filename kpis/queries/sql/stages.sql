-- One row per (dimension, ref_area, time_period). A filter that is null does not apply.
select s.*
from stage as s
join dimension as d on d.dimension = s.dimension
where ($areas is null or list_contains($areas, s.ref_area)) and ($year is null or s.time_period = $year)
order by s.ref_area, s.time_period, d.position
