-- question: Which submission is in force for each reporter and month of one source?
-- grain: one row per reporter and month
-- params: source; scope (source/reporter pairs the caller may see, * for all)
-- columns: reporter varchar, month date, submission varchar
-- unit: submissions
select reporter, month, submission
from month_in_force
where source = $source
  and (list_contains($scope, '*') or list_contains($scope, source || '/' || reporter))
order by month, reporter
