-- question: Is there a submission with this id, and whose is it?
-- grain: no row or one
-- params: submission
-- columns: submission varchar, source varchar, reporter varchar, stands boolean
-- unit: submissions
select submission, source, reporter, stands
from submission_state
where submission = $submission
order by submission
