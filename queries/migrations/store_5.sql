-- The exact store, version 5: what stewards say of a series' months, to readers too. Never edited: the newest
-- line of a source and month counts, and one without text takes it back.

-- A change of definition or registration: the first month under the new one, and what to write on each side.
create table series_break (
    source varchar not null,
    month date not null,
    left_da varchar not null,
    left_en varchar not null,
    right_da varchar not null,
    right_en varchar not null,
    sequence bigint not null,
    kept_at timestamp not null,
    actor varchar not null
);

-- A month left out of every baseline, never out of the figures, and why.
create table excluded_month (
    source varchar not null,
    month date not null,
    reason_da varchar not null,
    reason_en varchar not null,
    sequence bigint not null,
    kept_at timestamp not null,
    actor varchar not null
);

insert into store_version values (5);
