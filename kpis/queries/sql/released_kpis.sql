-- One row per (kpi): KPIs with a series, or derived from one, of which the last releases changed a value.
select
    k.kpi,
    k.series is null as derived,
    string_agg(distinct c.vintage_before, '; ' order by c.vintage_before) as vintage_before,
    string_agg(distinct c.vintage_after, '; ' order by c.vintage_after) as vintage_after,
    count(*) filter (where c.value_before is null) as n_new,
    count(*) filter (where c.value_before is not null and c.value_after is not null) as n_revised,
    count(*) filter (where c.value_after is null) as n_withdrawn
from kpi as k
join kpi as i on i.kpi in (k.kpi, k.input_a, k.input_b)
join release_change as c on c.series = i.series
group by k.kpi, k.series, k.position
order by k.position
