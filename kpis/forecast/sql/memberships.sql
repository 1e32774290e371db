-- One row per (group_id, ref_area, valid_from): regions and special groups of UN Member States, years inclusive.
select g.group_id, g.ref_area, g.valid_from, g.valid_to
from area_group as g
join area as a on a.ref_area = g.ref_area and a.un_member
where list_contains($groups, g.group_id)
order by g.group_id, g.ref_area, g.valid_from
