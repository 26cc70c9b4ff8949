-- The tables. Nothing is granted on them here: see 0002_reading.sql and 0003_writing.sql.

-- Else everybody may call each function that is made.
alter default privileges revoke execute on functions from public;

-- What all spellings of a name share. In a database of the locale "C" lower() knows ASCII alone: the collation is one
-- of those that the server has, chosen once.
do $$
declare
    wanted text[] := array['und-x-icu', 'pg_c_utf8', 'C.utf8', 'C.UTF-8', 'en_US.utf8'];
    chosen text;
begin
    select collname into chosen from pg_collation
    where collnamespace = 'pg_catalog'::regnamespace and collname = any (wanted)
        and collencoding in (-1, pg_char_to_encoding('UTF8'))
    order by array_position(wanted, collname::text) limit 1;
    execute format(
        'create function name_key(name text) returns text language sql immutable '
        'set search_path = trainer, pg_temp as %L',
        format(
            'select lower(normalize(name, NFKC)%s)',
            case when chosen is null then '' else format(' collate pg_catalog.%I', chosen) end
        )
    );
end $$;

create table teams (
    id text primary key check (id ~ '^[0-9a-f]{16}$'),
    name text not null check (length(name) between 1 and 80),
    keep_months integer not null check (keep_months between 1 and 120),
    made_at timestamptz not null default now()
);

-- A member is a role that logs in. Its name tells nothing, and neither does their id.
create table members (
    role name primary key check (role ~ '^trainer_[0-9a-f]{16}$'),
    team text not null references teams,
    lead boolean not null default false,
    -- For whom the invitation was; forgotten when they join, under the alias that they choose.
    invited_as text check (length(invited_as) between 1 and 200),
    invited_at timestamptz not null default now(),
    -- The rest is null until they join.
    member text unique check (member ~ '^[0-9a-f]{16}$'),
    alias text check (length(alias) between 1 and 200),
    -- What all spellings of an alias share.
    alias_key text,
    -- What they agreed to when they joined; when they leave, the line that says so.
    line bytea,
    left_at timestamptz,
    unique (team, alias_key)
);
-- Nobody is invited twice, in whatever spelling.
create unique index one_invitation on members (team, name_key(invited_as));

create table drills (
    team text not null references teams,
    id text not null check (id ~ '^[a-z0-9][a-z0-9-]{0,99}$'),
    fingerprint text not null check (fingerprint ~ '^[0-9a-f]{32}$'),
    -- The file, whole, and how many bytes of it come before its first sheet.
    data bytea not null check (octet_length(data) between 1 and 5000000),
    head integer not null check (head between 1 and 5000000),
    -- What a result of it may say.
    asked smallint not null check (asked between 1 and 200),
    questions smallint not null check (questions between asked and 200),
    attempts smallint not null check (attempts between 1 and 20),
    pass_mark smallint not null check (pass_mark between 1 and 100),
    time_limit smallint check (time_limit between 1 and 240),
    delayed_check boolean not null,
    calibrates boolean not null,
    shares text[] not null check (shares <@ array['items', 'chosen', 'doubtful', 'ratings', 'score']),
    published_at timestamptz not null default now(),
    closed_at timestamptz,
    primary key (team, id)
);

-- The questions of a drill, for whoever asks in SQL which one is missed.
create table items (
    team text not null,
    drill text not null,
    number smallint not null check (number between 1 and 200),
    card text not null check (length(card) <= 250),
    says text not null check (length(says) <= 2000),
    primary key (team, drill, number),
    foreign key (team, drill) references drills
);

create table results (
    -- Made of the drill, the member and the attempt: nobody can take the id of another's result.
    id text primary key check (id ~ '^[0-9a-f]{24}$'),
    team text not null,
    drill text not null,
    member text not null references members (member),
    -- 0 is the delayed check.
    attempt smallint not null check (attempt between 0 and 20),
    started_at timestamptz not null,
    ended_at timestamptz not null check (ended_at >= started_at),
    rights smallint not null check (rights between 0 and asked),
    asked smallint not null check (asked between 1 and 200),
    passed boolean not null,
    -- By question, whether it was right; null where it was not asked. Null where the drill does not share it.
    items boolean[],
    -- Of the line, so that it is known when it comes again.
    digest bytea not null check (octet_length(digest) = 32),
    arrived_at timestamptz not null default now(),
    unique (member, drill, attempt),
    foreign key (team, drill) references drills
);
create index results_by_drill on results (team, drill);
create index results_by_age on results (team, ended_at);
-- Who has passed a drill has no attempt left, so that passes can be counted by adding.
create unique index one_pass on results (member, drill) where passed and attempt > 0;

-- What a result was made of, byte for byte as its member saw and sent it.
create table lines (
    id text primary key references results on delete cascade,
    team text not null,
    member text not null,
    line bytea not null check (octet_length(line) between 2 and 100000)
);
create index lines_by_member on lines (member);

-- What the results of a drill come to, kept with each of them: a report reads these rows alone, and adds them.
-- Whoever writes takes a row of the drill that nobody holds just now, or makes one: nobody waits for another,
-- and there are as many rows as ever wrote at once.
create table totals (
    slot bigint generated always as identity primary key,
    team text not null,
    drill text not null,
    results bigint not null default 0,
    -- First attempts, what was asked and right in them, and by question of those that share it.
    firsts bigint not null default 0,
    first_rights bigint not null default 0,
    first_asked bigint not null default 0,
    item_rights integer[] not null,
    item_asked integer[] not null,
    passed bigint not null default 0,
    checks bigint not null default 0,
    checks_held bigint not null default 0,
    foreign key (team, drill) references drills
) with (fillfactor = 50);
create index totals_by_drill on totals (team, drill);
