-- One row per (ref_area): members of $group whose membership has something to tell.
select ref_area, valid_to, note_en, note_es, source_url
from membership_note
where group_id = $group
order by ref_area
