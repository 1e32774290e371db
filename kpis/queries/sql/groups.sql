-- One row per (group_id): with its members in $year counted.
select d.*, count(g.ref_area) as n_members
from group_def as d
left join area_group as g on g.group_id = d.group_id and $year between g.valid_from and g.valid_to
group by all
order by d.position
