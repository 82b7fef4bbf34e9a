-- question: Which submissions have come in, newest first, and does each stand?
-- grain: one row per submission
-- params: scope (source/reporter pairs the caller may see, * for all)
-- columns: submission varchar, source varchar, reporter varchar, received_at timestamp, actor varchar, first_month date, last_month date, row_count bigint, total bigint, stands boolean
-- unit: submissions; totals are exact
select
    submission.submission,
    submission.source,
    submission.reporter,
    submission.received_at,
    submission.actor,
    min(submission_month.month) as first_month,
    max(submission_month.month) as last_month,
    submission.row_count,
    submission.total,
    state.stands
from submission
join submission_state as state on state.submission = submission.submission
join submission_month on submission_month.submission = submission.submission
where list_contains($scope, '*') or list_contains($scope, submission.source || '/' || submission.reporter)
group by all
order by max(submission.sequence) desc
