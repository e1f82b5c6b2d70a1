-- Whether publishing takes one login or two.
CREATE FUNCTION casebook_set_policy(becomes text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM casebook_lock();
    UPDATE catalogue SET policy = becomes;
    PERFORM casebook_audit('policy', (SELECT identity FROM catalogue), 0, NULL, '', becomes);
END
$$;

-- Gives a login this role and no other; 'none' takes all. Nobody changes the own one: another admin must.
CREATE FUNCTION casebook_grant(login text, kind text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    each text;
BEGIN
    IF kind NOT IN ('reader', 'editor', 'publisher', 'admin', 'none') THEN
        RAISE EXCEPTION 'no role %', kind USING ERRCODE = 'invalid_parameter_value';
    ELSIF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = login AND rolcanlogin) THEN
        RAISE EXCEPTION 'no such login' USING ERRCODE = 'CB004', DETAIL = login;
    ELSIF login = session_user THEN
        RAISE EXCEPTION 'nobody changes the own role' USING ERRCODE = 'CB005';
    END IF;
    PERFORM casebook_lock();
    FOREACH each IN ARRAY ARRAY['reader', 'editor', 'publisher', 'admin'] LOOP
        IF each = kind THEN
            EXECUTE format('GRANT %I TO %I', casebook_role(each), login);
        ELSIF casebook_is_direct(login, casebook_role(each)) THEN
            EXECUTE format('REVOKE %I FROM %I', casebook_role(each), login);
        END IF;
    END LOOP;
    PERFORM casebook_audit('grant', (SELECT identity FROM catalogue), 0, NULL, '', login || ' ' || kind);
END
$$;

-- Whether the login was made a member of this very role.
CREATE FUNCTION casebook_is_direct(login text, role name) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM pg_auth_members
        WHERE roleid = quote_ident(role)::regrole AND member = quote_ident(login)::regrole)
$$;
