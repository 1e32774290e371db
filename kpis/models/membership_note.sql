-- One row per group_id and ref_area whose membership has something to tell beyond its years: a graduation that is
-- scheduled or in doubt. Past events have no row.
select
    'LDC' as group_id,
    h.ref_area,
    cast(nullif(h.valid_to, '') as integer) as valid_to,
    h.note_en,
    h.note_es,
    h.source_url
from staging_ldc_history as h
join staging_area as a on a.ref_area = h.ref_area
where h.note_en <> ''
order by h.ref_area
