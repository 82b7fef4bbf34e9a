-- question: Which rows stand in force for one reporter of one source?
-- grain: one row per month and combination of what the source registers
-- params: source; reporter; scope (source/reporter pairs the caller may see, * for all)
-- columns: month date, municipality varchar, channel varchar, theme varchar, inquirer varchar, age_band varchar, gender varchar, count bigint, masked boolean
-- unit: inquiries (or cases) in force, exact; a masked one is known as 1 to 4 alone
select
    counted.month,
    counted.municipality,
    counted.channel,
    counted.theme,
    counted.inquirer,
    counted.age_band,
    counted.gender,
    counted.count,
    counted.masked
from month_in_force as in_force
join inquiry_count as counted
    on counted.submission = in_force.submission and counted.month = in_force.month
where in_force.source = $source
  and in_force.reporter = $reporter
  and (list_contains($scope, '*') or list_contains($scope, in_force.source || '/' || in_force.reporter))
order by counted.month, municipality, channel, theme, inquirer, age_band, gender
