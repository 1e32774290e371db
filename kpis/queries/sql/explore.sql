-- One row per (kpi, ref_area, time_period): newest first. A filter that is null does not apply; $areas and $groups
-- add up, and both empty leave out nobody.
select
    v.kpi,
    v.ref_area,
    v.time_period,
    v.obs_value,
    v.obs_status,
    s.rank,
    s.n,
    v.age,
    v.old,
    k.unit_measure,
    v.source,
    o.licence_en,
    o.licence_es,
    v.vintage,
    i.reference_year,
    i.input_source
from kpi_value as v
join kpi as k on k.kpi = v.kpi
join source as o on o.source = v.source
left join standing as s on s.measure = v.kpi and s.ref_area = v.ref_area and s.time_period = v.time_period
left join input_year as i on i.kpi = v.kpi and i.ref_area = v.ref_area and i.time_period = v.time_period
where ($kpis is null or list_contains($kpis, v.kpi))
    and ($first is null or v.time_period >= $first)
    and ($last is null or v.time_period <= $last)
    and ($statuses is null or list_contains($statuses, v.obs_status))
    and ($sources is null or list_contains($sources, v.source))
    and (
        (len($areas) = 0 and len($groups) = 0)
        or list_contains($areas, v.ref_area)
        or exists (
            from area_group as g
            where list_contains($groups, g.group_id) and g.ref_area = v.ref_area
                and v.time_period between g.valid_from and g.valid_to
        )
    )
order by k.position, v.time_period desc, v.ref_area
