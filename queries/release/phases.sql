-- question: Which named phases are there?
-- grain: one row per phase, in order
-- params: none
-- columns: phase varchar, role varchar, first_month date, last_month date, shaded boolean, label_da varchar, label_en varchar, short_da varchar, short_en varchar
-- unit: months
select phase, role, first_month, last_month, shaded, label_da, label_en, short_da, short_en
from phase
order by first_month
