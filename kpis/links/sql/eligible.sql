-- One row per (kpi): KPIs of e-government sources with at least $enough UN Member States in some year.
select k.kpi
from kpi as k
join source as s on s.source = k.source and s.e_government
where
    exists (
        select 1
        from kpi_value as v
        join area as a on a.ref_area = v.ref_area and a.un_member
        where v.kpi = k.kpi
        group by v.time_period
        having count(*) >= $enough
    )
order by k.position
