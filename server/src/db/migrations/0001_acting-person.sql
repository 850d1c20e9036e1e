-- The acting person's id. Roles and the rights on the schema come first, in ../roles.sql and ../schema-rights.sql.
-- Null when nobody is signed in, and then no policy that compares with it holds.
create function app_me() returns text language sql stable parallel safe
as $$ select nullif(current_setting('app.user_id', true), '') $$;
