-- One row per (kpi): in catalogue order, with its source and what is available of it.
select
    k.*,
    s.title_en as source_en,
    s.title_es as source_es,
    s.publisher,
    s.licence_en,
    s.licence_es,
    s.redistribution,
    s.url,
    h.n_areas,
    h.first_year,
    h.last_year,
    h.usual_step
from kpi as k
join source as s on s.source = k.source
join kpi_held as h on h.kpi = k.kpi
order by k.position
