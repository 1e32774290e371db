-- One row per KPI and KPI whose figures are inside it, at any depth; each is inside itself.
-- Two KPIs with a part in common share a figure. A part may be missing from `kpi`: --open-only leaves it out.
select kpi, part
from staging_kpi_part
order by kpi, part
