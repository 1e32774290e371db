-- One row per dimension: its place, name and the question it answers.
select * from staging_dimension order by position
