-- One row per KPI that this warehouse leaves out, because it was built with open sources only and a source that
-- the KPI rests on allows non-commercial reuse only. No rows in a full build.
select * from staging_left_out order by source, kpi
