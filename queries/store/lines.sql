-- question: Which lines of the ledger does the store hold?
-- grain: one row per line, oldest first
-- params: none
-- columns: line varchar
-- unit: lines
select line
from ledger
order by sequence
