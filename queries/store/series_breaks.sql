-- question: Where is a series broken, and what is written on each side?
-- grain: one row per source and month with a break
-- params: source (null means all)
-- columns: source varchar, month date, left_da varchar, left_en varchar, right_da varchar, right_en varchar, kept_at timestamp, actor varchar
-- unit: breaks
with

by_age as (
    select
        source,
        month,
        left_da,
        left_en,
        right_da,
        right_en,
        kept_at,
        actor,
        row_number() over (partition by source, month order by sequence desc) as age
    from series_break
    where $source is null or source = $source
)

select source, month, left_da, left_en, right_da, right_en, kept_at, actor
from by_age
where age = 1 and left_da <> ''
order by source, month
