-- question: Which submissions are stored, and by which mark is the file of each known again?
-- grain: one row per submission, oldest first
-- params: none
-- columns: submission varchar, fingerprint varchar
-- unit: submissions; the mark is a keyed hash of the file's bytes, or of nothing when there was no file
select submission, fingerprint
from submission
order by sequence
