-- question: Which reporters of one source joined or left, and from when do its figures count more or fewer?
-- grain: one row per reporter and change
-- params: source
-- columns: kind varchar, month date, counted_from date, name_da varchar, name_en varchar
-- unit: months; counted_from is null for a reporter whose months stand in no figure
select kind, month, counted_from, name_da, name_en
from reporter_change
where source = $source
order by month, name_da, kind
