-- question: Which place in the order of all breaks and excluded months kept comes next?
-- grain: one row
-- params: none
-- columns: sequence bigint
-- unit: place in the order, from 1
select (coalesce(max(sequence), 0) + 1)::bigint as sequence
from (
    select sequence from series_break
    union all
    select sequence from excluded_month
) as kept
order by sequence
