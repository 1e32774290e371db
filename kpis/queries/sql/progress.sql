-- One row per (kpi, ref_area, method): KPIs with a target.
select p.*
from progress as p
join kpi as k on k.kpi = p.kpi
where list_contains($kpis, p.kpi) and list_contains($areas, p.ref_area) and list_contains($methods, p.method)
order by k.position, p.ref_area, p.method
