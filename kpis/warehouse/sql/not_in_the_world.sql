-- One row per (group_id, ref_area): UN Member States that are in no group of the kind `world`.
select g.group_id, a.ref_area
from staging_group as g
cross join staging_area as a
anti join staging_area_group as m on m.group_id = g.group_id and m.ref_area = a.ref_area
where g.kind = 'world' and a.un_member = '1'
order by all
