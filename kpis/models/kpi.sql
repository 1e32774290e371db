-- One row per KPI of the catalogue, in the order of its dimensions and entries.
select
    k.*,
    u.unit_en,
    u.unit_es,
    u.unit_symbol
from staging_kpi as k
join staging_unit as u on u.unit_measure = k.unit_measure
order by k.position
