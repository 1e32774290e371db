-- One row per KPI and class of its map, from the lowest (`class` 0): where it begins (`lower_bound`, missing for
-- the lowest), its name where it has one, and the value that is neutral (`centre`) where neither side is better.
-- `kind`: level (a code of an answer), published (groups that a publisher draws), computed. Computed classes
-- hold about a fifth each of all values of UN Member States in all years, so that a colour means the same in
-- every edition; around a centre, a third of the distances on either side. Their bounds are rounded to steps
-- of 1, 2 or 5 that a reader can keep in mind.
with held as (
    select v.kpi, v.obs_value, k.direction
    from kpi_value as v
    join area as a on a.ref_area = v.ref_area and a.un_member
    join kpi as k on k.kpi = v.kpi
    where v.kpi not in (select kpi from staging_kpi_class)
),
spread as (
    select
        kpi,
        any_value(direction) = 'zero' as centred,
        min(obs_value) as least,
        max(obs_value) as most,
        quantile_cont(obs_value, [0.2, 0.4, 0.6, 0.8]) as fifths,
        quantile_cont(abs(obs_value), [0.33, 0.67]) as thirds,
        coalesce(
            nullif(quantile_cont(obs_value, 0.9) - quantile_cont(obs_value, 0.1), 0),
            nullif(max(obs_value) - min(obs_value), 0),
            1
        ) / 10 as tenth
    from held
    group by kpi
),
stepped as (
    select
        *,
        cast(floor(log10(tenth)) as integer) as power,
        tenth / pow(10, floor(log10(tenth))) as mantissa
    from spread
),
cut as (
    select
        kpi,
        centred,
        least,
        most,
        power,
        pow(10, power) * case when mantissa >= 5 then 5 when mantissa >= 2 then 2 else 1 end as step,
        unnest(
            case when centred then [-thirds[2], -thirds[1], thirds[1], thirds[2]] else fifths end
        ) as value
    from stepped
),
bound as (
    select distinct
        kpi,
        centred,
        round(round(value / step) * step, greatest(-power, 0)) + 0.0 as lower_bound  -- -0 becomes 0
    from cut
    -- a class that no value has ever reached would stand in every legend, empty
    where round(round(value / step) * step, greatest(-power, 0)) > least
        and round(round(value / step) * step, greatest(-power, 0)) <= most
),
opened as (
    select kpi, centred, lower_bound from bound
    union all
    select kpi, centred, null from spread
),
computed as (
    select
        kpi,
        row_number() over (partition by kpi order by lower_bound nulls first) - 1 as class,
        'computed' as kind,
        lower_bound,
        cast(null as varchar) as name_en,
        cast(null as varchar) as name_es,
        case when centred then 0.0 end as centre
    from opened
)
select
    kpi,
    cast(class as integer) as class,
    kind,
    lower_bound,
    name_en,
    name_es,
    centre
from (select * from staging_kpi_class union all by name select * from computed)
order by kpi, class
