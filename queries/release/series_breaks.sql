-- question: Where does the series of one source break, and what are the figures called on either side?
-- grain: one row per break
-- params: source
-- columns: month date, left_da varchar, left_en varchar, right_da varchar, right_en varchar
-- unit: months, the first under the new definition
select month, left_da, left_en, right_da, right_en
from series_break
where source = $source
order by month
