-- One row per (ref_area): UN Member States.
select ref_area from area where un_member order by ref_area
