-- One row per KPI of the catalogue, in the order of its dimensions and entries.
select
    k.*,
    u.unit_en,
    u.unit_es,
    u.unit_symbol,
    u.unit_kind,
    c.source_en as scale_source_en,
    c.source_es as scale_source_es
from staging_kpi as k
join staging_unit as u on u.unit_measure = k.unit_measure
left join staging_scale as c on c.scale = k.scale
order by k.position
