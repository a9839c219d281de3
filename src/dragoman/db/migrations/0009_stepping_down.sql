-- From PostgreSQL 16 on, an owner who is no superuser is a member of the roles that it makes, yet not allowed to step
-- down to them. That permission it may give itself; a superuser needs none.
do $$
declare
  wanted text;
begin
  if (select rolsuper from pg_roles where rolname = current_user) then
    return;
  end if;
  foreach wanted in array array['dragoman_app', 'dragoman_door', 'dragoman_clock'] loop
    begin
      execute format('grant %I to current_user', wanted);
    exception when insufficient_privilege then
      null; -- somebody else made the role, and has let us be a member of it
    end;
  end loop;
end $$;
