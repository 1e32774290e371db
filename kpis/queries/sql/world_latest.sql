-- One row per (ref_area): every UN Member State, with its latest value of $kpi or none.
select
    a.ref_area,
    l.time_period,
    l.obs_value,
    l.obs_status,
    l.age,
    not l.fresh as old,
    l.rank,
    l.n,
    l.percentile,
    f.footnote_en,
    f.footnote_es
from area as a
left join kpi_latest as l on l.ref_area = a.ref_area and l.kpi = $kpi
left join footnote as f on f.footnote = l.footnote
where a.un_member
order by a.ref_area
