-- Asked for every request of a signed-in person: their role, and whether a penalty is in force at that moment of the
-- product clock. Security definer, so that the bare login may ask it in one round trip without reading penalties.
create function app_standing(person text, at timestamptz)
  returns table (role text, is_banned boolean)
  language sql stable security definer set search_path = public
as $$
  select profiles.role, exists (
    select from admin_penalties
    where user_id = person and is_active and (expires_at is null or expires_at > at)
  )
  from profiles where id = person
$$;
alter function app_standing(text, timestamptz) owner to app_system;
revoke execute on function app_standing(text, timestamptz) from public;
grant execute on function app_standing(text, timestamptz) to app, app_system;
