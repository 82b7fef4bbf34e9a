-- question: By which mark does the store know its secret?
-- grain: no row or one
-- params: none
-- columns: mark varchar
-- unit: mark
select mark
from secret_mark
order by mark
