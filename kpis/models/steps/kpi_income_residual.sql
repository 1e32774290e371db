-- One row per KPI derived as the distance from what income predicts: a minus the least-squares line of a
-- on ln(GDP per capita, PPP), fitted each year over UN Member States. Income is that of the year, else the
-- latest of the three years before (GDP figures lag by up to that much). Values of low reliability get a
-- residual but do not shape the line; fewer than 30 points give none, as the line would mean little.
with paired as (
    select
        k.kpi,
        a.ref_area,
        a.time_period,
        a.obs_value,
        a.obs_status,
        k.source,
        a.vintage,
        a.footnote,
        ln(g.obs_value) as ln_income,
        row_number() over (
            partition by k.kpi, a.ref_area, a.time_period order by g.time_period desc
        ) as recency
    from kpi as k
    join kpi_direct as a on a.kpi = k.input_a
    join area as m on m.ref_area = a.ref_area and m.un_member
    join observation as g
        on g.series = 'NY.GDP.PCAP.PP.KD'
        and g.ref_area = a.ref_area
        and g.time_period between a.time_period - 3 and a.time_period
    where k.derive = 'income_residual'
),
nearest as (
    select * from paired where recency = 1
),
line as (
    select
        kpi,
        time_period,
        regr_slope(obs_value, ln_income) as slope,
        regr_intercept(obs_value, ln_income) as intercept
    from nearest
    where obs_status <> 'U'
    group by kpi, time_period
    having count(*) >= 30
)
select
    n.kpi,
    n.ref_area,
    n.time_period,
    n.obs_value - (l.intercept + l.slope * n.ln_income) as obs_value,
    greatest(n.obs_status, 'E') as obs_status,  -- a residual is an estimate at best
    n.source,
    n.vintage,
    n.footnote
from nearest as n
join line as l on l.kpi = n.kpi and l.time_period = n.time_period
