-- One row per (kpi): official SDG indicators, in catalogue order.
select kpi
from kpi
where kpi in (select kpi from sdg_link where evidence = 'measured')
order by position
