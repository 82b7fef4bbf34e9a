-- question: Which of these submissions have been stored, be they erased since or not?
-- grain: one row per submission known
-- params: submissions
-- columns: submission varchar
-- unit: submissions
select submission
from (
    select submission from submission
    union all
    select submission from erasure
) as known
where list_contains($submissions, submission)
order by submission
