-- question: Which labels of its own does a source use, and for which of ours?
-- grain: one row per dimension and label in use
-- params: source
-- columns: dimension varchar, spelling varchar, code varchar, kept_at timestamp, actor varchar
-- unit: labels
with

by_age as (
    select
        dimension,
        spelling,
        code,
        kept_at,
        actor,
        row_number() over (partition by dimension, spelling order by sequence desc) as age
    from spelling
    where source = $source
)

select dimension, spelling, code, kept_at, actor
from by_age
where age = 1 and code <> ''
order by dimension, spelling
