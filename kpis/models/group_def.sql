-- One row per group_id: its names, kind (world, special, region, income, subregion, organisation),
-- what membership means, and the page that lists the members, if there is one.
select
    group_id,
    kind,
    cast(position as integer) as position,
    name_en,
    name_es,
    note_en,
    note_es,
    nullif(source_url, '') as source_url
from staging_group
order by cast(position as integer)
