-- question: By how many inquiries do the rows of two submissions differ, in each month of one source?
-- grain: one row per reporter and month that differs
-- params: source; old; new (submission/month pairs that spoke and would speak); scope (source/reporter pairs the caller may see, * for all)
-- columns: reporter varchar, month date, changed bigint
-- unit: inquiries (or cases): the sum of absolute changes over rows
with

spoke as (
    select split_part(pair, '/', 1) as submission, (split_part(pair, '/', 2) || '-01')::date as month
    from (select unnest($old) as pair)
),

would_speak as (
    select split_part(pair, '/', 1) as submission, (split_part(pair, '/', 2) || '-01')::date as month
    from (select unnest($new) as pair)
),

either as (
    select submission.reporter, counted.month, municipality, channel, theme, inquirer, age_band, gender, counted.count
    from inquiry_count as counted
    join would_speak on would_speak.submission = counted.submission and would_speak.month = counted.month
    join submission on submission.submission = counted.submission
    where submission.source = $source
      and (list_contains($scope, '*') or list_contains($scope, submission.source || '/' || submission.reporter))
    union all
    select submission.reporter, counted.month, municipality, channel, theme, inquirer, age_band, gender, -counted.count
    from inquiry_count as counted
    join spoke on spoke.submission = counted.submission and spoke.month = counted.month
    join submission on submission.submission = counted.submission
    where submission.source = $source
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
