-- question: Which months does each stored submission speak for, whether in force or not?
-- grain: one row per submission, oldest first
-- params: none
-- columns: submission varchar, source varchar, first_month date, last_month date
-- unit: submissions
select
    submission.submission,
    submission.source,
    min(submission_month.month) as first_month,
    max(submission_month.month) as last_month
from submission
join submission_month on submission_month.submission = submission.submission
group by submission.submission, submission.source, submission.sequence
order by submission.sequence
