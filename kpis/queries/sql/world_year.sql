-- One row per (ref_area): every UN Member State, with its value of $kpi in $year or none.
select
    a.ref_area,
    v.time_period,
    v.obs_value,
    v.obs_status,
    v.age,
    v.old,
    s.rank,
    s.n,
    s.percentile,
    f.footnote_en,
    f.footnote_es
from area as a
left join kpi_value as v on v.ref_area = a.ref_area and v.kpi = $kpi and v.time_period = $year
left join standing as s on s.measure = $kpi and s.ref_area = a.ref_area and s.time_period = $year
left join footnote as f on f.footnote = v.footnote
where a.un_member
order by a.ref_area
