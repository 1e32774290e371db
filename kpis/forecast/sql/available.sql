-- One row per (measure, time_period): what is forecast.
select distinct measure, time_period from forecast order by measure, time_period
