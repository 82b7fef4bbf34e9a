-- question: How many inquiries did each reporter of one source file in each month?
-- grain: one row per month and reporter
-- params: source; submissions (the submission/month pairs that speak); scope (source/reporter pairs the caller may see, * for all)
-- columns: month date, reporter varchar, count bigint, row_count bigint, masked bigint
-- unit: inquiries (or cases), exact; row_count is how many rows they stand in, masked how many of these are known as 1 to 4 alone
with

speaking as (
    select split_part(pair, '/', 1) as submission, (split_part(pair, '/', 2) || '-01')::date as month
    from (select unnest($submissions) as pair)
)

select
    counted.month,
    submission.reporter,
    sum(counted.count)::bigint as count,
    count(*) as row_count,
    sum(case when counted.masked then 1 else 0 end)::bigint as masked
from inquiry_count as counted
join speaking on speaking.submission = counted.submission and speaking.month = counted.month
join submission on submission.submission = counted.submission
where submission.source = $source
  and (list_contains($scope, '*') or list_contains($scope, submission.source || '/' || submission.reporter))
group by counted.month, submission.reporter
order by counted.month, submission.reporter
