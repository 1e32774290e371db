-- One row per (kpi): KPIs with a target. direction: 1 if more is better, -1 if less is.
select kpi, target, target_year, toward_better(direction) as direction, limit_low, limit_high
from kpi
where target is not null and target_year is not null and toward_better(direction) <> 0
order by kpi
