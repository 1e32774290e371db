-- The rows of a table (kpi, ref_area, time_period, obs_value, obs_status, ln_income …), with what the least-squares
-- line of obs_value on ln_income through the rows of their KPI and year predicts, the residual (value less predicted)
-- and n, the rows that shape the line: values of low reliability (U) get a residual and do not shape it.
-- In the order of ref_area: sums of floats in another order would differ in their last digits from run to run.
create macro beyond_income(points) as table
    with line as (
        select
            kpi,
            time_period,
            regr_slope(obs_value, ln_income order by ref_area) as slope,
            regr_intercept(obs_value, ln_income order by ref_area) as intercept,
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
