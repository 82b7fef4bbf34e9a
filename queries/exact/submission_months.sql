-- question: For which months does one submission speak, were no other there?
-- grain: one row per month of the submission
-- params: submission; scope (source/reporter pairs the caller may see, * for all)
-- columns: month date
-- unit: months
select submission_month.month
from submission_month
join submission on submission.submission = submission_month.submission
where submission.submission = $submission
  and (list_contains($scope, '*') or list_contains($scope, submission.source || '/' || submission.reporter))
order by submission_month.month
