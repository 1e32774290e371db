-- One row per (ref_area): published or derived ranks of $kpi in $edition.
select ref_area, rank from standing where measure = $kpi and time_period = $edition
