-- The exact store, version 4: a source's own labels, and the ones of ours they stand for. Never edited: the
-- newest line of a label counts, and one without a code takes it back.

create table spelling (
    source varchar not null,
    dimension varchar not null,
    spelling varchar not null,
    code varchar not null,
    sequence bigint not null,
    kept_at timestamp not null,
    actor varchar not null
);

insert into store_version values (4);
