-- The rows of a table (ref_area, time_period …) of UN Member States, with income: ln_income, the logarithm of the
-- latest figure of income_series from the year of the row or the income_lag years before it, and income_year.
-- Areas without income of these years have no row.
create macro with_income(points, income_series, income_lag) as table
    select
        p.*,
        max(i.time_period) as income_year,
        ln(arg_max(i.obs_value, i.time_period)) as ln_income
    from query_table(points) as p
    join area as a on a.ref_area = p.ref_area and a.un_member
    join observation as i
        on i.series = income_series
        and i.ref_area = p.ref_area
        and i.time_period between p.time_period - income_lag and p.time_period
    group by all
