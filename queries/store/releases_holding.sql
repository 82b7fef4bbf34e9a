-- question: Which releases were made with figures of one of these submissions among theirs?
-- grain: one row per release
-- params: submissions
-- columns: release varchar
-- unit: releases
select distinct release
from release_month
where list_contains($submissions, submission)
order by release
