-- One row per (ref_area): latest values of $kpi that are ranked.
select ref_area, obs_value from kpi_latest where kpi = $kpi and rank is not null
