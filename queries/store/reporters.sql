-- question: Who files for each source?
-- grain: one row per source and reporter
-- params: none
-- columns: source varchar, reporter varchar, name_da varchar, name_en varchar
-- unit: reporters
select source, reporter, name_da, name_en
from reporter
order by source, reporter
