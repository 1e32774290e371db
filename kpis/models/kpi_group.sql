-- One row per kpi_group and KPI in it, in the order of the catalogue.
select * from staging_kpi_group order by group_id, position
