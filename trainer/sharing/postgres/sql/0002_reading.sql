-- Who may read what. Row-level security is forced: it holds for the owner too, whose functions may all.

-- Who asks is whoever logged in: "set role" changes nothing in it.
create function my_team() returns text
language sql stable parallel safe security definer set search_path = trainer, pg_temp
as $$ select team from members where role = session_user and left_at is null $$;

create function i_lead() returns boolean
language sql stable parallel safe security definer set search_path = trainer, pg_temp
as $$ select exists (select from members where role = session_user and left_at is null and lead) $$;

-- Results from before are not counted by reports, and are to be removed: the same days a month as for them.
create function oldest() returns timestamptz
language sql stable parallel safe security definer set search_path = trainer, pg_temp
as $$ select now() - keep_months * interval '30.44 days' from teams where id = my_team() $$;

do $$
declare
    each text;
begin
    foreach each in array array['teams', 'members', 'drills', 'items', 'results', 'lines', 'totals', 'migrations'] loop
        execute format('alter table %I enable row level security', each);
        execute format('alter table %I force row level security', each);
        execute format('create policy owned on %I to trainer_owner using (true) with check (true)', each);
        execute format('revoke all on %I from public', each);
    end loop;
end $$;

-- "(select …)": asked once a query, and not once a row.
create policy own_team on teams for select to trainer_member
    using (id = (select my_team()));
create policy own_team on drills for select to trainer_member
    using (team = (select my_team()));
create policy own_team on items for select to trainer_member
    using (team = (select my_team()));
-- What is said of persons: members read it by the functions below, and have no right on these tables.
do $$
declare
    each text;
begin
    foreach each in array array['members', 'results', 'lines', 'totals'] loop
        execute format(
            'create policy led on %I for select to trainer_lead '
            'using (team = (select my_team()) and (select i_lead()))', each);
    end loop;
end $$;
create policy all_of_it on migrations for select to trainer_member
    using (true);

-- What the totals have to be, counted anew from the results that whoever asks may see.
create view recounted with (security_invoker = true) as
select
    team,
    drill,
    count(*) as results,
    count(*) filter (where attempt = 1) as firsts,
    coalesce(sum(rights) filter (where attempt = 1), 0) as first_rights,
    coalesce(sum(asked) filter (where attempt = 1), 0) as first_asked,
    count(*) filter (where passed and attempt > 0) as passed,
    count(*) filter (where attempt = 0) as checks,
    count(*) filter (where passed and attempt = 0) as checks_held
from results
group by team, drill;

create view recounted_items with (security_invoker = true) as
select
    results.team,
    results.drill,
    each.number,
    count(*) filter (where each.was_right) as rights,
    count(each.was_right) as asked
from results, unnest(results.items) with ordinality as each (was_right, number)
where results.attempt = 1
group by results.team, results.drill, each.number;

-- Who is in the team: all for a lead; for others themselves and the leads, who
-- read what one sends.
create function people() returns table (member text, alias text, line bytea)
language sql stable security definer set search_path = trainer, pg_temp
as $$
    select each.member, each.alias, each.line
    from members as each join members as me on me.team = each.team
    where me.role = session_user and me.left_at is null
        and each.member is not null
        and (each.role = me.role or each.lead or me.lead)
$$;

-- What was sent by the members who are named, by all where that is null: for a lead; for others what they sent.
create function said(who text[]) returns table (id text, member text, line bytea)
language plpgsql stable security definer set search_path = trainer, pg_temp
as $$
#variable_conflict use_column
declare
    me members;
begin
    select * into me from members where role = session_user and left_at is null;
    if me.lead is not true then
        who := case when who is null or me.member = any (who) then array[me.member] else '{}' end;
    end if;
    if who is null then
        return query select id, member, line from lines where team = me.team;
    else
        return query select id, member, line from lines where member = any (who) and team = me.team;
    end if;
end $$;

revoke all on function my_team(), i_lead(), oldest(), people(), said(text[]) from public;
grant execute on function my_team(), i_lead(), oldest(), people(), said(text[]) to trainer_member;
grant usage on schema trainer to trainer_member;
grant select on teams, drills, items, migrations to trainer_member;
grant select on results, lines, totals, recounted, recounted_items to trainer_lead;
grant select (team, lead, invited_as, invited_at, member, alias, line, left_at) on members to trainer_lead;
