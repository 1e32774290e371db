-- One row per (source): sources whose last release was seen to change something. Where it only added, the release
-- before is the newest one of the figures that it left alone.
with kept as (
    select o.source, max(o.vintage) as vintage
    from observation as o
    anti join release_change as c using (series, ref_area, time_period)
    group by o.source
)
select
    c.source,
    coalesce(
        string_agg(distinct c.vintage_before, '; ' order by c.vintage_before), max(k.vintage)
    ) as vintage_before,
    string_agg(distinct c.vintage_after, '; ' order by c.vintage_after) as vintage_after,
    count(*) filter (where c.value_before is null) as n_new,
    count(*) filter (where c.value_before is not null and c.value_after is not null) as n_revised,
    count(*) filter (where c.value_after is null) as n_withdrawn
from release_change as c
left join kept as k on k.source = c.source
group by c.source
order by c.source
