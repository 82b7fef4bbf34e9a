-- question: Which place in the order of all submissions, decisions and erasures comes next?
-- grain: one row
-- params: none
-- columns: sequence bigint
-- unit: place in the order, from 1
select (coalesce(max(sequence), 0) + 1)::bigint as sequence
from (
    select sequence from submission
    union all
    select sequence from decision
    union all
    select sequence from erasure
) as taken
order by sequence
