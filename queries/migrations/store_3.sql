-- The exact store, version 3: the lines of the ledger beside what they tell of, and lawful erasure.

-- The same lines as in the file outside the store, each written in the transaction of its act.
create table ledger (
    sequence bigint primary key,
    line varchar not null
);

-- What stands for a submission that was erased: that it was, by whom and why, and nothing it held.
-- It is finished when the file has been written anew without the erased bytes.
create table erasure (
    submission varchar primary key,
    sequence bigint not null unique,
    source varchar not null,
    reporter varchar not null,
    erased_at timestamp not null,
    actor varchar not null,
    authorised_by varchar not null,
    because varchar not null,
    finished boolean not null
);

-- When the store was put back from a backup, and why acts after it were given up.
create table put_back (
    backup varchar not null,
    put_back_at timestamp not null,
    actor varchar not null,
    because varchar not null
);

-- A submission's fingerprints are keyed, its rows' with a salt of its own that an erasure takes
-- away. The plain hash of a file of small counts can be guessed, so it goes.
alter table submission add column salt varchar;
update submission set fingerprint = '', salt = '';

insert into store_version values (3);
