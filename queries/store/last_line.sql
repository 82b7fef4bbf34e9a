-- question: What is the newest line of the ledger that the store holds?
-- grain: no row or one
-- params: none
-- columns: line varchar
-- unit: line
select line
from ledger
where sequence = (select max(sequence) from ledger)
order by sequence
