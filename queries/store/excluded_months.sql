-- question: Which months are left out of the baselines, and why?
-- grain: one row per source and month left out
-- params: source (null means all)
-- columns: source varchar, month date, reason_da varchar, reason_en varchar, kept_at timestamp, actor varchar
-- unit: months
with

by_age as (
    select
        source,
        month,
        reason_da,
        reason_en,
        kept_at,
        actor,
        row_number() over (partition by source, month order by sequence desc) as age
    from excluded_month
    where $source is null or source = $source
)

select source, month, reason_da, reason_en, kept_at, actor
from by_age
where age = 1 and reason_da <> ''
order by source, month
