-- question: What was closed and opened, when, and who says so?
-- grain: one row per event, in order
-- params: none
-- columns: event varchar, first_day date, last_day date, area varchar, theme varchar, title_da varchar, title_en varchar, source_url varchar, source_date varchar, precision varchar
-- unit: days
select event, first_day, last_day, area, theme, title_da, title_en, source_url, source_date, precision
from event
order by first_day, event
