-- The rows of a table (kpi, ref_area, time_period, obs_value, obs_status, ln_income …), with what the least-squares
-- line of obs_value on ln_income through the rows of their KPI and year predicts, the residual (value less predicted)
-- and n, the rows that shape the line: values of low reliability (U) get a residual and do not shape it.
create macro beyond_income(points) as table
    with line as (
        select
            kpi,
            time_period,
            regr_slope(obs_value, ln_income) as slope,
            regr_intercept(obs_value, ln_income) as intercept,
            count(*) as n
        from query_table(points)
        where obs_status <> 'U'
        group by kpi, time_period
    )
    select
        p.*,
        l.intercept + l.slope * p.ln_income as predicted,
        p.obs_value - (l.intercept + l.slope * p.ln_income) as residual,
        l.n
    from query_table(points) as p
    join line as l on l.kpi = p.kpi and l.time_period = p.time_period
