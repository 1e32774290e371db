-- One row per (kpi, group_id, time_period).
select measure as kpi, group_id, time_period, median, mean, weighted_mean, n, n_members
from group_value
where list_contains($kpis, measure)
    and list_contains($groups, group_id)
    and ($years is null or list_contains($years, time_period))
order by measure, group_id, time_period
