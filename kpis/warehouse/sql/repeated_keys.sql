-- One row of figures per value whose key series, ref_area, time_period occurs more than once.
select *
from staging_observation
qualify count(*) over (partition by series, ref_area, time_period) > 1
order by series, ref_area, time_period
