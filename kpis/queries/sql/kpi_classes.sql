-- One row per (kpi, class): the classes of its map, from the lowest.
select * from kpi_class order by kpi, class
