-- Who may read what. Row-level security is forced: it holds for the owner too, whose functions may all.

-- Who asks is whoever logged in: "set role" changes nothing in it.
create function my_team() returns text
language sql stable parallel safe security definer set search_path = trainer, pg_temp
as $$ select team from members where role = session_user and left_at is null $$;

create function my_member() returns text
language sql stable parallel safe security definer set search_path = trainer, pg_temp
as $$ select member from members where role = session_user and left_at is null $$;

create function i_lead() returns boolean
language sql stable parallel safe security definer set search_path = trainer, pg_temp
as $$ select exists (select from members where role = session_user and left_at is null and lead) $$;

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
-- Oneself and the leads, who read what one sends; leads see all.
create policy self_and_leads on members for select to trainer_member
    using (team = (select my_team()) and (role = session_user or lead or (select i_lead())));
create policy own_team on drills for select to trainer_member
    using (team = (select my_team()));
create policy own_team on items for select to trainer_member
    using (team = (select my_team()));
create policy own_or_led on results for select to trainer_member
    using (team = (select my_team()) and (member = (select my_member()) or (select i_lead())));
create policy own_or_led on lines for select to trainer_member
    using (team = (select my_team()) and (member = (select my_member()) or (select i_lead())));
create policy led on totals for select to trainer_member
    using ((select i_lead()) and team = (select my_team()));
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

revoke all on function my_team(), my_member(), i_lead() from public;
grant execute on function my_team(), my_member(), i_lead() to trainer_member;
grant usage on schema trainer to trainer_member;
grant select on teams, drills, items, results, lines, totals, migrations to trainer_member;
grant select (team, lead, invited_as, invited_at, member, alias, line, left_at, changed) on members to trainer_member;
grant select on recounted, recounted_items to trainer_member;
