-- One row per (ref_area): the members of $group in $year.
select distinct ref_area
from area_group
where group_id = $group and $year between valid_from and valid_to
order by ref_area
