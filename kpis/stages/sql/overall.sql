-- One row per (ref_area, time_period): overall stages as stored.
select * exclude (scenario)
from stage_overall
where scenario = 'published'
order by ref_area, time_period
