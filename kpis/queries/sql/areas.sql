-- One row per (ref_area).
select * from area order by ref_area
