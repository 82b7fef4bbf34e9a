-- question: Has this submission been erased?
-- grain: no row or one
-- params: submission
-- columns: submission varchar, finished boolean
-- unit: submissions
select submission, finished
from erasure
where submission = $submission
order by submission
