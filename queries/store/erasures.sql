-- question: Which submissions have been erased, by whom and why, and is the file rewritten since?
-- grain: one row per erased submission, newest first
-- params: none
-- columns: submission varchar, source varchar, reporter varchar, erased_at timestamp, actor varchar, authorised_by varchar, because varchar, finished boolean
-- unit: submissions
select submission, source, reporter, erased_at, actor, authorised_by, because, finished
from erasure
order by sequence desc
