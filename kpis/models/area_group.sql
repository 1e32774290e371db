-- One row per group_id, ref_area and period of validity (years, inclusive; open sides are 0 and 9999).
select
    group_id,
    ref_area,
    cast(coalesce(nullif(valid_from, ''), '0') as integer) as valid_from,
    cast(coalesce(nullif(valid_to, ''), '9999') as integer) as valid_to
from staging_area_group
order by group_id, ref_area
