-- One row per KPI that this warehouse leaves out, because it was built with open sources only and a source that
-- the KPI rests on allows non-commercial reuse only. No rows in a full build.
select
    cast(kpi as varchar) as kpi,
    cast(name_en as varchar) as name_en,
    cast(name_es as varchar) as name_es,
    cast(source as varchar) as source,
    cast(source_en as varchar) as source_en,
    cast(source_es as varchar) as source_es,
    cast(licence_en as varchar) as licence_en,
    cast(licence_es as varchar) as licence_es
from staging_left_out
order by source, kpi
