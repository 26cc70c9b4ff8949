-- What an administrator of the database runs once, before a team is made there: `trainer team sql` prints it.
-- It makes three roles that nobody logs in as, and takes back what PostgreSQL grants to everybody.
-- Running it again changes nothing.

-- Owns the tables and the functions. Whoever runs this has to be allowed to make roles.
do $$ begin
    if not exists (select from pg_roles where rolname = 'trainer_owner') then
        create role trainer_owner nologin;
    end if;
    -- Every member is in this one; it may do what 0002_reading.sql and 0003_writing.sql grant, and nothing else.
    if not exists (select from pg_roles where rolname = 'trainer_member') then
        create role trainer_member nologin;
        grant trainer_member to trainer_owner with admin option;
    end if;
    -- Every lead is in this one. Others get no right on a table that holds more than they may see: EXPLAIN tells
    -- anybody who may ask a table of rows that a policy hides, by what was passed over and by its guesses.
    if not exists (select from pg_roles where rolname = 'trainer_lead') then
        create role trainer_lead nologin;
        grant trainer_member to trainer_lead;
        grant trainer_lead to trainer_owner with admin option;
    end if;
    if not pg_has_role(current_user, 'trainer_owner', 'usage') then
        execute format('grant trainer_owner to %I', current_user);
    end if;
end $$;

-- A lead's invitation makes the role of the member, where whoever runs this may allow that. Without it
-- `trainer team invite` prints what an administrator runs for each member.
do $$ begin
    alter role trainer_owner createrole;
exception when insufficient_privilege then
    raise notice 'trainer_owner may make no roles: an administrator makes one for each member.';
end $$;

do $$ begin
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to trainer_member', current_database());
exception when insufficient_privilege then
    raise notice 'This is not the owner of the database: everybody may connect to it and make temporary tables.';
end $$;

do $$ begin
    revoke all on schema public from public;
exception when insufficient_privilege then
    raise notice 'This is not the owner of the schema "public": everybody may look into it.';
end $$;

-- Large objects belong to nobody's table, and an advisory lock is anybody's: members need neither.
do $$
declare
    each record;
begin
    for each in
        select oid::regprocedure as called from pg_proc
        where pronamespace = 'pg_catalog'::regnamespace
            and proname ~ '^(lo_|loread$|lowrite$|pg_(try_)?advisory_)'
    loop
        execute format('revoke execute on function %s from public', each.called);
        execute format('grant execute on function %s to trainer_owner', each.called);
    end loop;
exception when insufficient_privilege then
    raise notice 'Only a superuser can take back large objects and advisory locks; members can use them.';
end $$;

create schema if not exists trainer authorization trainer_owner;
