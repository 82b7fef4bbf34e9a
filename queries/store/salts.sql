-- question: Which submissions are stored, and with which salt is each fingerprinted?
-- grain: one row per submission, oldest first
-- params: none
-- columns: submission varchar, salt varchar
-- unit: submissions; the salt is empty for those stored before there was a ledger
select submission, coalesce(salt, '') as salt
from submission
order by sequence
