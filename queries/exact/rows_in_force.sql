-- question: Which rows stand in force for one reporter of one source?
-- grain: one row per month and combination filed
-- params: source; reporter; scope (source/reporter pairs the caller may see, * for all)
-- columns: month date, municipality varchar, channel varchar, theme varchar, inquirer varchar, age_band varchar, gender varchar, count bigint, masked boolean
-- unit: inquiries (or cases) in force, exact; a masked count stands as 2
select
    counts.month,
    counts.municipality,
    counts.channel,
    counts.theme,
    counts.inquirer,
    counts.age_band,
    counts.gender,
    counts.count::bigint as count,
    counts.masked
from month_in_force as in_force
join inquiry_count as counts
    on counts.submission = in_force.submission and counts.month = in_force.month
where in_force.source = $source
  and in_force.reporter = $reporter
  and (list_contains($scope, '*') or list_contains($scope, in_force.source || '/' || in_force.reporter))
order by counts.month, municipality, channel, theme, inquirer, age_band, gender
