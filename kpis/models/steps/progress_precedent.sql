-- One row per KPI with a target and UN Member State that had not met it at its base: how many other Member
-- States ever stood near the base value and have a value as many years later as the target gives
-- (`precedents`), and how many of them changed by at least what the target asks, or came to the natural limit
-- (`precedents_made`). The rule is that of `kpis.progress.fan`: near is ± 5 % of the span of the KPI, one start
-- per State, the nearest, of equals the latest; a test holds the two together.
with held as (
    select v.kpi, v.ref_area, v.time_period, v.obs_value
    from kpi_value as v
    join area as a on a.ref_area = v.ref_area and a.un_member
    where v.obs_status <> 'U'
),
near as (
    select kpi, 0.05 * (quantile_cont(obs_value, 0.95) - quantile_cont(obs_value, 0.05)) + 1e-9 as near
    from held
    group by kpi
),
asked as (
    select
        p.kpi,
        p.ref_area,
        p.base_value,
        p.direction,
        p.target - p.base_value as change,
        p.target_year - p.base_year as years,
        case p.direction when 1 then p.limit_high else p.limit_low end as natural_limit
    from progress_endpoint as p
    where p.direction * (p.target - p.base_value) > 0 and p.target_year > p.base_year
),
spell as (
    select s.kpi, l.years, s.ref_area, s.time_period, s.obs_value as start_value, e.obs_value as end_value
    from (select distinct kpi, years from asked) as l
    join held as s on s.kpi = l.kpi
    join held as e on e.kpi = s.kpi and e.ref_area = s.ref_area and e.time_period = s.time_period + l.years
),
nearest as (
    select
        a.kpi,
        a.ref_area,
        arg_min(s.start_value, (abs(s.start_value - a.base_value), -s.time_period)) as start_value,
        arg_min(s.end_value, (abs(s.start_value - a.base_value), -s.time_period)) as end_value
    from asked as a
    join near as n on n.kpi = a.kpi
    join spell as s
        on
            s.kpi = a.kpi
            and s.years = a.years
            and s.ref_area <> a.ref_area
            and s.start_value between a.base_value - n.near and a.base_value + n.near
    group by a.kpi, a.ref_area, s.ref_area
)
select
    a.kpi,
    a.ref_area,
    cast(count(n.end_value) as integer) as precedents,
    cast(
        count(*) filter (
            a.direction * (n.end_value - n.start_value - a.change) >= -1e-9
            or a.direction * (n.end_value - a.natural_limit) >= -1e-9
        )
        as integer
    ) as precedents_made
from asked as a
left join nearest as n on n.kpi = a.kpi and n.ref_area = a.ref_area
group by a.kpi, a.ref_area
order by a.kpi, a.ref_area
