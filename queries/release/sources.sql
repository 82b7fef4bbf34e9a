-- question: Which sources does this release hold?
-- grain: one row per source
-- params: none
-- columns: source varchar, name_da varchar, name_en varchar, unit varchar, columns varchar, synthetic boolean, first_month date, data_through date, same_reporters boolean
-- unit: sources
select source, name_da, name_en, unit, columns, synthetic, first_month, data_through, same_reporters
from source
order by source
