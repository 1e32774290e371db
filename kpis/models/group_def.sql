-- One row per group_id: its names, kind (world, special, region, income, subregion) and what membership means.
select
    group_id,
    kind,
    cast(position as integer) as position,
    name_en,
    name_es,
    note_en,
    note_es
from staging_group
order by cast(position as integer)
