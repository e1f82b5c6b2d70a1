-- Who the catalogue's roles are: they are named as the owner of its tables is.
CREATE FUNCTION casebook_role(kind text) RETURNS name
LANGUAGE sql STABLE AS $$
    SELECT (regexp_replace(pg_get_userbyid(relowner)::text, '_owner$', '_') || kind)::name
    FROM pg_class WHERE oid = 'public.catalogue'::regclass
$$;

-- Refuses a login that is not a member of this role.
CREATE FUNCTION casebook_require(kind text) RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF NOT pg_has_role(session_user, casebook_role(kind), 'MEMBER') THEN
        RAISE EXCEPTION 'this needs the role %', casebook_role(kind) USING ERRCODE = 'insufficient_privilege';
    END IF;
END
$$;

-- The one row of the catalogue, held against every other writer until the transaction ends.
CREATE FUNCTION casebook_lock() RETURNS catalogue
LANGUAGE sql AS $$
    SELECT catalogue FROM catalogue FOR UPDATE
$$;

-- A value led by its length: text in which no two lists of values are alike.
CREATE FUNCTION casebook_told(part text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT length(coalesce(part, ''))::text || ':' || coalesce(part, '')
$$;

-- Ties what the audit tells since the last link to all that it told before.
CREATE FUNCTION casebook_seal() RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    before audit_link;
BEGIN
    SELECT * INTO before FROM audit_link ORDER BY change DESC LIMIT 1;
    INSERT INTO audit_link (change, head)
    SELECT max(a.change),
           encode(sha256(convert_to(coalesce(before.head, '') || string_agg(
               casebook_told(a.change::text)
               || casebook_told(to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'))
               || casebook_told(a.actor) || casebook_told(a.action) || casebook_told(a.study::text)
               || casebook_told(a.version::text) || casebook_told(a.batch::text)
               || casebook_told(a.digest) || casebook_told(a.reason), '' ORDER BY a.change), 'UTF8')), 'hex')
    FROM audit AS a WHERE a.change > coalesce(before.change, 0)
    HAVING count(*) > 0;
    UPDATE catalogue SET change = coalesce((SELECT max(audit.change) FROM audit), 0);
END
$$;

-- One line of the audit, with the number of the change that it is. The catalogue must be held.
CREATE FUNCTION casebook_audit(
    did text, study uuid, version integer, batch integer, digest text, why text
) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    number bigint;
BEGIN
    SELECT change + 1 INTO STRICT number FROM catalogue;
    INSERT INTO audit (change, at, actor, action, study, version, batch, digest, reason)
    VALUES (number, now(), session_user, did, study, version, batch, digest, why);
    PERFORM casebook_seal();
    RETURN number;
END
$$;
