-- question: Which releases were made with figures of this submission among theirs?
-- grain: one row per release
-- params: submission
-- columns: release varchar
-- unit: releases
select distinct release
from release_month
where submission = $submission
order by release
