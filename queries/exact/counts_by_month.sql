-- question: What stands in force for one reporter of one source, month by month?
-- grain: one row per month filed
-- params: source; reporter; scope (source/reporter pairs the caller may see, * for all)
-- columns: month date, count bigint, masked bigint
-- unit: inquiries (or cases) in force, exact; masked is how many rows in it are known as 1 to 4 alone
select
    in_force.month,
    coalesce(sum(counts.count), 0)::bigint as count,
    coalesce(sum(case when counts.masked then 1 else 0 end), 0)::bigint as masked
from month_in_force as in_force
left join inquiry_count as counts
    on counts.submission = in_force.submission and counts.month = in_force.month
where in_force.source = $source
  and in_force.reporter = $reporter
  and (list_contains($scope, '*') or list_contains($scope, in_force.source || '/' || in_force.reporter))
group by in_force.month
order by in_force.month
