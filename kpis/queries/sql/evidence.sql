-- One row per (role): the source rows that the value of $kpi, $area and $year rests on.
with wanted as (
    select series, 'value' as role, $year - 0 as from_year from kpi where kpi = $kpi and series is not null
    union all
    select a.series, 'a', $year from kpi as k join kpi as a on a.kpi = k.input_a where k.kpi = $kpi
    union all
    select b.series, 'b', $year from kpi as k join kpi as b on b.kpi = k.input_b where k.kpi = $kpi
    union all
    select $income_series, 'gdp_pc_ppp', $year - $income_lag
    from kpi where kpi = $kpi and derive = 'income_residual'
)
select
    o.series,
    w.role,
    o.ref_area,
    o.time_period,
    o.obs_value,
    o.obs_status,
    o.source,
    s.title_en as source_en,
    s.title_es as source_es,
    s.publisher,
    s.url,
    s.licence_en,
    s.licence_es,
    o.vintage,
    i.reference_year,
    i.input_source,
    f.footnote_en,
    f.footnote_es
from wanted as w
join observation as o
    on o.series = w.series and o.ref_area = $area and o.time_period between w.from_year and $year
join source as s on s.source = o.source
left join input_year as i
    on i.series = o.series and i.ref_area = o.ref_area and i.time_period = o.time_period
left join footnote as f on f.footnote = o.footnote
qualify row_number() over (partition by w.role order by o.time_period desc) = 1
order by w.role
