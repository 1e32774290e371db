-- One row per (series, ref_area): values as printed, in $edition.
select series, ref_area, obs_value
from observation
where list_contains($names, series) and time_period = $edition
