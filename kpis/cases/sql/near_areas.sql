-- One row per (ref_area, group_id): areas that share a group of $kinds with $area in the year of reading.
with now as (
    select as_of from meta
),
mine as (
    select g.group_id, d.kind, d.position
    from area_group as g
    join group_def as d on d.group_id = g.group_id
    cross join now
    where g.ref_area = $area and now.as_of between g.valid_from and g.valid_to
)
select g.ref_area, m.kind, m.group_id
from area_group as g
join mine as m on m.group_id = g.group_id
cross join now
where list_contains($kinds, m.kind) and now.as_of between g.valid_from and g.valid_to
order by m.position
