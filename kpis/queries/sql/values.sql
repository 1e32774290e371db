-- One row per (kpi, ref_area, time_period): values, ranks and sources. A filter that is null does not apply.
select
    v.kpi,
    v.ref_area,
    v.time_period,
    v.obs_value,
    k.unit_measure,
    v.obs_status,
    s.rank,
    v.source,
    s.n,
    s.change,
    s.rank_change,
    s.percentile,
    v.age,
    v.old,
    v.vintage,
    f.footnote_en,
    f.footnote_es
from kpi_value as v
join kpi as k on k.kpi = v.kpi
left join standing as s on s.measure = v.kpi and s.ref_area = v.ref_area and s.time_period = v.time_period
left join footnote as f on f.footnote = v.footnote
where list_contains($kpis, v.kpi)
    and ($areas is null or list_contains($areas, v.ref_area))
    and ($years is null or list_contains($years, v.time_period))
    and (
        $group is null
        or exists (
            from area_group as g
            where g.group_id = $group and g.ref_area = v.ref_area
                and v.time_period between g.valid_from and g.valid_to
        )
    )
order by k.position, v.ref_area, v.time_period
