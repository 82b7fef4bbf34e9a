-- question: By how many inquiries do the rows of two submissions differ, in each month of one source?
-- grain: one row per reporter and month that differs
-- params: source; old; new (submission/month pairs that spoke and would speak); scope (source/reporter pairs the caller may see, * for all)
-- columns: reporter varchar, month date, changed bigint
-- unit: inquiries (or cases): the sum of absolute changes over rows
with

either as (
    select submission.reporter, counted.month, municipality, channel, theme, inquirer, age_band, gender, counted.count
    from inquiry_count as counted
    join submission on submission.submission = counted.submission
    where submission.source = $source
      and list_contains($new, counted.submission || '/' || strftime(counted.month, '%Y-%m'))
      and (list_contains($scope, '*') or list_contains($scope, submission.source || '/' || submission.reporter))
    union all
    select submission.reporter, counted.month, municipality, channel, theme, inquirer, age_band, gender, -counted.count
    from inquiry_count as counted
    join submission on submission.submission = counted.submission
    where submission.source = $source
      and list_contains($old, counted.submission || '/' || strftime(counted.month, '%Y-%m'))
      and (list_contains($scope, '*') or list_contains($scope, submission.source || '/' || submission.reporter))
),

by_row as (
    select reporter, month, abs(sum(count))::bigint as changed
    from either
    group by reporter, month, municipality, channel, theme, inquirer, age_band, gender
)

select reporter, month, sum(changed)::bigint as changed
from by_row
group by reporter, month
order by month, reporter
