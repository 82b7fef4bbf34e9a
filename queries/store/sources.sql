-- question: Which sources does the store know?
-- grain: one row per source
-- params: none
-- columns: source varchar, name_da varchar, name_en varchar, unit varchar, columns varchar, synthetic boolean
-- unit: sources
select source, name_da, name_en, unit, columns, synthetic
from source
order by synthetic, source
