-- Writing: by functions alone, which run as the owner, check, and go by who logged in.
-- 'TR001' is an error that says in a sentence why something is refused.

create function must(holds boolean, otherwise text) returns void
language plpgsql immutable set search_path = trainer, pg_temp
as $$ begin
    if holds is not true then
        raise exception using errcode = 'TR001', message = otherwise;
    end if;
end $$;

-- A whole number of at most so much; null for anything else. It has the search path of who calls it, all of them
-- functions here: with one of its own it could not become a part of their statements, and they call it often.
create function whole(value jsonb, most integer) returns integer
language sql immutable
as $$
    select case when value::text ~ '^[0-9]{1,6}$' and value::text::integer <= most then value::text::integer end
$$;

-- A time with its zone; null for anything else.
create function instant(value text) returns timestamptz
language sql stable set search_path = trainer, pg_temp
as $$
    select case when value ~ '^\d{4}-\d\d-\d\dT([01]\d|2[0-3])(:[0-5]\d){2}(\.\d{1,6})?(Z|[+-]\d\d:[0-5]\d)$' then value::timestamptz end
$$;

-- What a line says, where it is whole: it ends in a checksum of what stands before, and says nothing twice.
create function said_by(line bytea) returns jsonb
language plpgsql stable set search_path = trainer, pg_temp
as $$
declare
    size integer := octet_length(line);
    body bytea;
    told text;
    said jsonb;
begin
    perform must(size between 40 and 100000, 'is not whole');
    body := substring(line from 1 for size - 27) || '}'::bytea;
    perform must(
        substring(line from size - 26)
            = convert_to(',"sum":"' || left(encode(sha256(body), 'hex'), 16) || E'"}\n', 'UTF8'),
        'was changed or damaged: its checksum is wrong'
    );
    told := convert_from(body, 'UTF8');
    said := told::jsonb;
    perform must(
        jsonb_typeof(said) = 'object'
        and (select count(*) from json_object_keys(told::json))
            = (select count(*) from jsonb_object_keys(said)),
        'says what can''t be'
    );
    if jsonb_typeof(said -> 'decks') = 'object' then
        perform must(
            (select count(*) from json_object_keys(told::json -> 'decks'))
                = (select count(*) from jsonb_object_keys(said -> 'decks')),
            'says what can''t be'
        );
    end if;
    perform must(said -> 'format' = '1', 'is of a newer version of trainer');
    return said;
end $$;

-- Add what results come to to the totals, or take it away (sign -1): in a row that nobody holds just now.
create function tally(changed results[], sign integer) returns void
language plpgsql set search_path = trainer, pg_temp
as $$
declare
    each record;
    free bigint;
begin
    for each in
        select
            team, drill,
            count(*) as results,
            count(*) filter (where attempt = 1) as firsts,
            coalesce(sum(rights) filter (where attempt = 1), 0) as first_rights,
            coalesce(sum(asked) filter (where attempt = 1), 0) as first_asked,
            count(*) filter (where passed and attempt > 0) as passed,
            count(*) filter (where attempt = 0) as checks,
            count(*) filter (where passed and attempt = 0) as checks_held
        from unnest(changed)
        group by team, drill
    loop
        select slot into free from totals
        where (team, drill) = (each.team, each.drill) order by slot limit 1 for update skip locked;
        if not found then
            insert into totals (team, drill, item_rights, item_asked)
            select team, id, array_fill(0, array[questions::integer]), array_fill(0, array[questions::integer])
            from drills where (team, id) = (each.team, each.drill)
            returning slot into free;
        end if;
        update totals t set
            results = t.results + sign * each.results,
            firsts = t.firsts + sign * each.firsts,
            first_rights = t.first_rights + sign * each.first_rights,
            first_asked = t.first_asked + sign * each.first_asked,
            passed = t.passed + sign * each.passed,
            checks = t.checks + sign * each.checks,
            checks_held = t.checks_held + sign * each.checks_held,
            (item_rights, item_asked) = (
                select
                    array_agg(before.rights + sign * coalesce(now.rights, 0) order by number),
                    array_agg(before.asked + sign * coalesce(now.asked, 0) order by number)
                from unnest(t.item_rights, t.item_asked) with ordinality as before (rights, asked, number)
                left join (
                    select item.number, count(*) filter (where item.was_right) as rights, count(item.was_right) as asked
                    from unnest(changed) as result,
                        unnest(result.items) with ordinality as item (was_right, number)
                    where result.attempt = 1 and result.drill = each.drill
                    group by item.number
                ) as now using (number)
            )
        where slot = free;
    end loop;
end $$;

-- Take note that somebody joined, as they agreed to.
create function take_member(me members, line bytea, said jsonb) returns void
language plpgsql set search_path = trainer, pg_temp
as $$
declare
    called text := said ->> 'alias';
    folded text := name_key(called);
begin
    if me.line = line then
        return;
    end if;
    perform must(me.member is null, 'says that you join, and you are in the team already');
    perform must(
        (select bool_and(key in ('kind', 'format', 'id', 'member', 'alias', 'lead', 'at'))
            from jsonb_object_keys(said) as key)
        and said ->> 'member' ~ '^[0-9a-f]{16}$'
        and length(called) between 1 and 200 and called !~ '[[:cntrl:]]' and called = btrim(called)
        and instant(said ->> 'at') is not null,
        'says what can''t be'
    );
    perform must(
        coalesce(said -> 'lead', 'false') = to_jsonb(me.lead),
        case when me.lead then 'says that you do not lead, and your invitation is a lead''s: --lead'
            else 'says that you lead, and your invitation does not' end
    );
    perform must(
        not exists (select from members where team = me.team and alias_key = folded),
        format('there is a "%s" in this team already', called)
    );
    update members set
        member = said ->> 'member', alias = called, alias_key = folded, line = take_member.line, invited_as = null
    where role = me.role;
end $$;

-- Keep a result; return it, or nothing where it is known.
create function take_result(me members, line bytea, said jsonb) returns results
language plpgsql set search_path = trainer, pg_temp
as $$
declare
    the drills;
    new results;
    known bytea;
    attempt integer := whole(said -> 'attempt', 20);
    rights integer := whole(said -> 'right', 1000);
    asked integer := whole(said -> 'of', 1000);
    started timestamptz := instant(said ->> 'started');
    ended timestamptz := instant(said ->> 'at');
    passed_at timestamptz;
    fits text := 'its figures do not fit each other or the drill';
begin
    perform must(said ->> 'member' = me.member and said ->> 'alias' = me.alias, 'is of somebody else');
    perform must(
        said ->> 'id' = left(encode(sha256(convert_to(
            concat_ws(E'\n', 'result', said ->> 'fingerprint', me.member, attempt), 'UTF8')), 'hex'), 24),
        'its id is not the one of this attempt'
    );
    select digest into known from results where id = said ->> 'id';
    if found then
        perform must(known = sha256(line), 'was sent before with other figures; those count');
        return null;
    end if;
    select * into the from drills where team = me.team and id = said ->> 'drill';
    perform must(found, 'the team has no such drill');
    perform must(
        said ->> 'fingerprint' = the.fingerprint,
        'it is of the drill as it was before it was changed, or of another one'
    );
    perform must(the.closed_at is null, 'the drill is closed');
    perform must(
        (select bool_and(key in ('kind', 'format', 'id', 'drill', 'fingerprint', 'member', 'alias', 'attempt',
            'started', 'at', 'right', 'of', 'decks', 'items', 'chosen', 'doubtful', 'ratings', 'clock'))
            from jsonb_object_keys(said) as key)
        and (not said ? 'clock' or said -> 'clock' = 'true'),
        'says what can''t be'
    );
    perform must(started <= ended, 'it ended before it began');
    perform must(ended > '2020-01-01', 'it is dated long ago: look at the clock of the computer');
    perform must(ended <= now() + interval '1 hour', 'it is dated ahead: look at the clock of the computer');
    perform must(
        the.time_limit is null or ended - started <= make_interval(mins => the.time_limit + 3),
        'it took longer than its time limit'
    );
    perform must(
        attempt <= the.attempts and (attempt > 0 or the.delayed_check), 'the drill does not allow this attempt'
    );
    perform must(rights <= asked and asked = the.asked, fits);
    perform check_parts(the, said, rights, asked);
    new.passed := the.calibrates or rights * 100 >= the.pass_mark * asked;
    perform must(
        not (new.passed and attempt > 0) or not exists (
            select from results r where r.member = me.member and r.drill = the.id and r.passed and r.attempt > 0),
        'the drill was passed already'
    );
    if attempt = 0 then
        select ended_at into passed_at from results r
        where r.member = me.member and r.drill = the.id and r.passed and r.attempt > 0;
        perform must(found, 'there is no pass before it');
        perform must(ended - passed_at >= interval '95 hours', 'came too soon after the pass');
    end if;
    insert into results (id, team, drill, member, attempt, started_at, ended_at, rights, asked, passed, items, digest)
    values (
        said ->> 'id', me.team, the.id, me.member, attempt, started, ended, rights, asked, new.passed,
        case when said ? 'items' then array(
            select case when item.value = 'null' then null else item.value = 'true' end
            from jsonb_array_elements(said -> 'items') with ordinality as item (value, number) order by number) end,
        sha256(line)
    )
    returning * into new;
    insert into lines (id, team, member, line) values (new.id, me.team, me.member, take_result.line);
    return new;
end $$;

-- Refuse what a result says by deck and by question where that does not fit the drill, or the sums. What is no
-- number is null for whole(), which bool_and passes over: hence "is true".
create function check_parts(the drills, said jsonb, rights integer, asked integer) returns void
language plpgsql stable set search_path = trainer, pg_temp
as $$
declare
    fits text := 'its figures do not fit each other or the drill';
    part text;
begin
    perform must(
        (select coalesce(sum(whole(value -> 0, 1000)), 0) = rights and coalesce(sum(whole(value -> 1, 1000)), 0) = asked
                and count(*) <= 100
                and bool_and((jsonb_array_length(value) = 2 and length(key) <= 100
                    and whole(value -> 0, 1000) <= whole(value -> 1, 1000)) is true)
            from jsonb_each(said -> 'decks')),
        fits
    );
    foreach part in array array['items', 'chosen', 'doubtful', 'ratings'] loop
        perform must(
            not said ? part or (part = any (the.shares) and jsonb_typeof(said -> part) = 'array'
                and jsonb_array_length(said -> part) <= the.questions),
            format('says "%s", which the drill does not share', part)
        );
    end loop;
    perform must((said ? 'items') = ('items' = any (the.shares)), fits);
    perform must((said ? 'ratings') = ('ratings' = any (the.shares)), fits);
    if said ? 'items' then
        perform must(
            (select count(*) = the.questions and bool_and(item in ('true', 'false', 'null'))
                    and count(*) filter (where item = 'true') = rights
                    and count(*) filter (where item in ('true', 'false')) = asked
                from jsonb_array_elements(said -> 'items') as item),
            fits
        );
    end if;
    if said ? 'chosen' then
        perform must(
            (select bool_and(each = 'null' or (jsonb_typeof(each) = 'array' and jsonb_array_length(each) <= 50))
                from jsonb_array_elements(said -> 'chosen') as each)
            and (select coalesce(bool_and(jsonb_typeof(id) = 'string' and length(id #>> '{}') <= 100), true)
                from jsonb_array_elements(said -> 'chosen') as each,
                    jsonb_array_elements(case when each = 'null' then '[]' else each end) as id),
            fits
        );
    end if;
    if said ? 'doubtful' then
        perform must(
            (select coalesce(bool_and((whole(number, the.questions) between 1 and the.questions) is true), true)
                from jsonb_array_elements(said -> 'doubtful') as number),
            fits
        );
    end if;
    if said ? 'ratings' then
        perform must(
            jsonb_array_length(said -> 'ratings') = the.questions
            and (select bool_and(each = 'null' or ((
                    whole(each -> 'score', 5) between 1 and 5
                    and (select bool_and(key in ('score', 'points', 'flags')) from jsonb_object_keys(each) as key)
                    and (select count(*) <= 50 and coalesce(bool_and((length(key) <= 100 and whole(value, 2) >= 0) is true), true)
                        from jsonb_each(each -> 'points'))
                    and (not each ? 'flags' or (select count(*) <= 50 and coalesce(
                            bool_and(jsonb_typeof(flag) = 'string' and length(flag #>> '{}') <= 100), true)
                        from jsonb_array_elements(each -> 'flags') as flag))) is true))
                from jsonb_array_elements(said -> 'ratings') as each),
            fits
        );
    end if;
end $$;

-- Have lines there once, however often they are sent. Returns the places of those that are refused, and why;
-- all others are there when this returns, or none is.
create function submit(sent bytea[]) returns table (place integer, refused text)
language plpgsql security definer set search_path = trainer, pg_temp
as $$
declare
    me members;
    said jsonb;
    kept results;
    new results[] := '{}';
begin
    perform must(cardinality(sent) <= 5000, 'that is more than a member can have');
    -- Else a drill that was closed is open still for a transaction that began before.
    perform must(
        current_setting('transaction_isolation') = 'read committed', 'results are sent as "read committed"'
    );
    for at in 1 .. cardinality(sent) loop
        place := at;
        -- One session of a member at a time; as they are after the line before.
        select * into me from members where role = session_user and left_at is null for update;
        perform must(found, 'you are not in this team any more');
        refused := null;
        begin
            said := said_by(sent[place]);
            case said ->> 'kind'
                when 'member' then
                    perform take_member(me, sent[place], said);
                when 'result' then
                    perform must(me.member is not null, 'you have not joined');
                    kept := take_result(me, sent[place], said);
                    if kept.id is not null then
                        new := new || kept;
                    end if;
                else
                    perform must(false, 'says what can''t be');
            end case;
        exception
            when sqlstate 'TR001' then
                refused := sqlerrm;
            when data_exception or integrity_constraint_violation or program_limit_exceeded then
                refused := 'says what can''t be';
        end;
        if refused is not null then
            return next;
        end if;
    end loop;
    if new <> '{}' then
        perform tally(new, 1);
    end if;
end $$;

-- Remove results of one's own, with a pass its delayed check; returns how many went.
create function forget(ids text[]) returns integer
language plpgsql security definer set search_path = trainer, pg_temp
as $$
declare
    me members;
    gone results[];
begin
    select * into me from members where role = session_user and left_at is null for update;
    perform must(found, 'you are not in this team any more');
    with deleted as (
        delete from results
        where member = me.member and (id = any (ids) or attempt = 0 and drill in (
            select drill from results where id = any (ids) and member = me.member and passed and attempt > 0))
        returning results
    )
    select array_agg(results) into gone from deleted;
    if gone is null then
        return 0;
    end if;
    perform tally(gone, -1);
    return cardinality(gone);
end $$;

-- Leave: remove all of one's own, and keep the line that says so. Said again it changes nothing.
create function withdraw(goodbye bytea) returns void
language plpgsql security definer set search_path = trainer, pg_temp
as $$
declare
    me members;
    said jsonb;
    gone results[];
begin
    select * into me from members where role = session_user for update;
    perform must(found, 'you are not in this team any more');
    if me.left_at is not null then
        return;
    end if;
    said := said_by(goodbye);
    perform must(
        said ->> 'kind' = 'left' and (me.member is null or said ->> 'member' = me.member)
        and instant(said ->> 'at') is not null
        and (select bool_and(key in ('kind', 'format', 'id', 'member', 'at')) from jsonb_object_keys(said) as key),
        'says what can''t be'
    );
    with deleted as (delete from results where member = me.member returning results)
    select array_agg(results) into gone from deleted;
    perform tally(coalesce(gone, '{}'), -1);
    update members set
        left_at = now(), alias = null, alias_key = null, invited_as = null,
        line = case when me.member is null then null else goodbye end
    where role = me.role;
end $$;

-- What a lead does.

create function the_lead() returns members
language plpgsql stable security definer set search_path = trainer, pg_temp
as $$
declare
    me members;
begin
    select * into me from members where role = session_user and left_at is null and lead;
    perform must(found, 'that is for leads of the team');
    return me;
end $$;

-- Put a drill there. Returns whether it is new; refuses another one of the same id.
create function publish(called text, print text, file bytea, before_sheets integer, facts jsonb) returns boolean
language plpgsql security definer set search_path = trainer, pg_temp
as $$
declare
    me members := the_lead();
    present text;
begin
    insert into drills (
        team, id, fingerprint, data, head, asked, questions, attempts, pass_mark, time_limit, delayed_check,
        calibrates, shares
    )
    values (
        me.team, called, print, file, before_sheets, (facts ->> 'asked')::smallint,
        jsonb_array_length(facts -> 'items'), (facts ->> 'attempts')::smallint, (facts ->> 'pass_mark')::smallint,
        (facts ->> 'time_limit')::smallint, (facts ->> 'delayed_check')::boolean, (facts ->> 'calibrates')::boolean,
        array(select jsonb_array_elements_text(facts -> 'shares'))
    )
    on conflict do nothing;
    if not found then
        select fingerprint into present from drills where team = me.team and id = called;
        perform must(
            present = print,
            format('The team has another drill "%s" already. Its results would mean something else: '
                'give this one another id.', called)
        );
        return false;
    end if;
    insert into items (team, drill, number, card, says)
    select me.team, called, item.number, item.value ->> 'card', item.value ->> 'says'
    from jsonb_array_elements(facts -> 'items') with ordinality as item (value, number);
    return true;
end $$;

-- Take no more results of a drill; what was sent stays. Returns whether it was open.
create function close_drill(called text) returns boolean
language plpgsql security definer set search_path = trainer, pg_temp
as $$
declare
    me members := the_lead();
begin
    perform must(
        exists (select from drills where team = me.team and id = called), 'the team has no such drill'
    );
    update drills set closed_at = now() where team = me.team and id = called and closed_at is null;
    return found;
end $$;

-- Make the role of a member. Its password comes as what the server keeps of it, so that nobody here knows it.
-- Returns what an administrator has to run first, where the owner may make no roles; else nothing.
create function make_role(called text, verifier text, leads boolean) returns text
language plpgsql set search_path = trainer, pg_temp
as $$
declare
    statement text;
begin
    perform must(
        called ~ '^trainer_[0-9a-f]{16}$'
        and verifier ~ '^SCRAM-SHA-256\$[0-9]{1,7}:[A-Za-z0-9+/=]{8,60}\$[A-Za-z0-9+/=]{44}:[A-Za-z0-9+/=]{44}$',
        'is no role with a password of a member'
    );
    statement := format(
        'create role %I login inherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls '
        'connection limit 10 password %L in role %I',
        called, verifier, case when leads then 'trainer_lead' else 'trainer_member' end
    );
    if (select rolcreaterole or rolsuper from pg_roles where rolname = current_user) then
        execute statement;
        return '';
    end if;
    return statement || ';';
end $$;

create function invite(new_role text, verifier text, called text, leads boolean) returns text
language plpgsql security definer set search_path = trainer, pg_temp
as $$
declare
    me members := the_lead();
    todo text := make_role(new_role, verifier, leads);
begin
    perform must(
        not exists (select from members where team = me.team and alias_key = name_key(called)),
        format('there is a "%s" in this team already: invite them under another name, or remove that one first', called)
    );
    insert into members (role, team, lead, invited_as) values (new_role, me.team, leads, called)
    on conflict (team, name_key(invited_as)) do nothing;
    perform must(
        found,
        format('"%s" is invited already: remove that invitation first, or invite them under another name', called)
    );
    return todo;
end $$;

-- Take a member out of the team, or an invitation back: all that they sent goes, and they can't log in any more.
-- Somebody may join under the name of an invitation of another's: invitations_alone tells that apart.
-- Returns what an administrator has to run, where the owner may remove no roles.
create function remove_member(called text, invitations_alone boolean) returns text
language plpgsql security definer set search_path = trainer, pg_temp
as $$
declare
    me members := the_lead();
    meant name[];
    other members;
    gone results[];
begin
    meant := called_so(me.team, called, invitations_alone);
    perform must(
        meant is not null,
        format(
            case when invitations_alone then 'nobody is invited as "%s" to this team'
                else 'nobody is called "%s" in this team' end,
            called)
    );
    perform must(
        cardinality(meant) = 1,
        format('a member is called "%s", and somebody is invited as that: --invitation takes the invitation back, '
            'and then the member can be removed', called)
    );
    perform must(meant[1] <> me.role, 'that is you: leave instead');
    perform end_sessions(meant[1]);
    select * into other from members where role = meant[1] for update;
    perform must(
        other.invited_as is not null or not invitations_alone, format('"%s" joined just now', called)
    );
    with deleted as (delete from results where member = other.member returning results)
    select array_agg(results) into gone from deleted;
    perform tally(coalesce(gone, '{}'), -1);
    update members set
        left_at = now(), alias = null, alias_key = null, invited_as = null, line = null
    where role = other.role;
    return drop_role(other.role);
end $$;

-- Who of a team is called so, in whatever spelling: members, and who was invited; null where nobody is.
create function called_so(theirs text, called text, invitations_alone boolean) returns name[]
language sql stable set search_path = trainer, pg_temp
as $$
    select array_agg(role) from members
    where team = theirs
        and (name_key(invited_as) = name_key(called) or (alias_key = name_key(called) and not invitations_alone))
$$;

-- Let a member log in no more, before they are taken out of the team: else they come back as fast as their sessions
-- are ended, as long as this is not committed. Where an administrator keeps the roles, nothing is done.
create function bar_member(called text) returns void
language plpgsql security definer set search_path = trainer, pg_temp
as $$
declare
    me members := the_lead();
    meant name[] := called_so(me.team, called, false);
begin
    if cardinality(meant) = 1 and meant[1] <> me.role and exists (select from pg_roles where rolname = meant[1]) then
        execute format('alter role %I nologin', meant[1]);
    end if;
exception when insufficient_privilege then
    null;
end $$;

-- End the sessions of a member who is on the way out: they may hold what is theirs, and would stay in. That takes a
-- membership in their role, which goes with the role; one in all roles at all times would make each question slow.
create function end_sessions(called text) returns void
language plpgsql set search_path = trainer, pg_temp
as $$ begin
    execute format('grant %I to trainer_owner', called);
    perform pg_terminate_backend(pid, 2000) from pg_stat_activity where usename = called;
exception when insufficient_privilege or undefined_object then
    null;  -- an administrator removes the role
end $$;

create function drop_role(called text) returns text
language plpgsql set search_path = trainer, pg_temp
as $$ begin
    if not exists (select from pg_roles where rolname = called) then
        return '';
    end if;
    execute format('drop role %I', called);
    return '';
exception when insufficient_privilege or dependent_objects_still_exist then
    return format('drop owned by %1$I; drop role %1$I;', called);
end $$;

-- Remove the results of all that are older than the team keeps them, with passes their checks, and the roles of those who left long ago.
-- Returns how many results went: at most ten thousand, call it again for more. It waits for nobody: what is
-- held just now is left for the next time.
create function prune() returns integer
language plpgsql security definer set search_path = trainer, pg_temp
as $$
declare
    me members := the_lead();
    gone results[];
    since timestamptz := oldest();
    each members;
begin
    with free as materialized (
        select member from members
        where team = me.team
            and exists (select from results where results.member = members.member and ended_at < since)
        for update skip locked
    ), old as (
        select id, member, drill, passed and attempt > 0 as pass from results
        where member in (select member from free) and ended_at < since
        order by id limit 10000 for update skip locked
    ), all_old as (
        select id from old
        union
        select checks.id from old join results as checks using (member, drill) where pass and checks.attempt = 0
    ), deleted as (delete from results using all_old where results.id = all_old.id returning results)
    select array_agg(results) into gone from deleted;
    if gone is not null then
        perform tally(gone, -1);
    end if;
    for each in
        select * from members where team = me.team and left_at < now() - interval '30 days'
    loop
        perform drop_role(each.role);
    end loop;
    return coalesce(cardinality(gone), 0);
end $$;

-- Make a team, and the invitation of its first lead: for the owner alone.
create function make_team(new_id text, called text, keeps integer, new_role text, verifier text, lead_called text)
returns text
language plpgsql set search_path = trainer, pg_temp
as $$
declare
    todo text := make_role(new_role, verifier, true);
begin
    insert into teams (id, name, keep_months) values (new_id, called, keeps);
    insert into members (role, team, lead, invited_as) values (new_role, new_id, true, lead_called);
    return todo;
end $$;

-- Who asks, and what is set for their team; no row for somebody who was not invited, or left.
create function whoami(out team text, out name text, out keep_months integer, out member text, out lead boolean)
returns setof record
language sql stable security definer set search_path = trainer, pg_temp
as $$
    select teams.id, teams.name, teams.keep_months, members.member, members.lead
    from members join teams on teams.id = members.team
    where members.role = session_user and members.left_at is null
$$;

revoke all on all functions in schema trainer from public;
grant execute on function
    whoami(), submit(bytea[]), forget(text[]), withdraw(bytea), publish(text, text, bytea, integer, jsonb),
    close_drill(text), invite(text, text, text, boolean), bar_member(text),
    remove_member(text, boolean), prune()
to trainer_member;

