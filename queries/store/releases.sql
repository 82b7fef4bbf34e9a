-- question: Which releases have been made, newest first, by whom, and is one recalled?
-- grain: one row per release
-- params: none
-- columns: release varchar, number integer, released_at timestamp, actor varchar, note varchar, forced_because varchar, synthetic boolean, policy varchar, recalled_because varchar
-- unit: releases
select
    release.release,
    release.number,
    release.released_at,
    release.actor,
    release.note,
    release.forced_because,
    release.synthetic,
    release.policy,
    coalesce(recall.because, '') as recalled_because
from release
left join recall on recall.release = release.release
order by release.number desc
