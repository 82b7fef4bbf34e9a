-- question: Has this database file been made into a store yet?
-- grain: one row
-- params: none
-- columns: made boolean
-- unit: yes or no
select count(*) > 0 as made
from information_schema.tables
where table_name = 'store_version'
order by made
