-- The exact store, version 2: a count that its reporter masked ("<5") is kept as masked, never as 0 or 5.
-- It stands as 2 in sums, and is known to be 1 to 4.

alter table inquiry_count add column masked boolean;
update inquiry_count set masked = false;
alter table inquiry_count alter column masked set default false;

-- Nothing asks it: the questions name the submissions that speak.
drop view inquiry_in_force;

insert into store_version values (2);
