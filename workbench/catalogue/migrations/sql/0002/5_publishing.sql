-- A new sending; `signed` is how the desk signs it, the actor is the login. `undoing` names the one it takes back.
CREATE FUNCTION casebook_begin(signed text, undoing integer DEFAULT NULL) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO batch (actor, signed, started_at, undoes) VALUES (session_user, left(signed, 300), now(), undoing)
    RETURNING id
$$;

-- Refuses a sending that another login began.
CREATE FUNCTION casebook_require_own(sending integer) RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM batch WHERE id = sending AND actor = session_user) THEN
        RAISE EXCEPTION 'batch % was begun by another login', sending USING ERRCODE = 'insufficient_privilege';
    END IF;
END
$$;

-- Stores a picture by its hash, once.
CREATE FUNCTION casebook_put_asset(hash text, kind text, bytes bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF encode(sha256(bytes), 'hex') <> hash THEN
        RAISE EXCEPTION 'the picture is not %', hash USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO asset (sha256, media_type, content) VALUES (hash, kind, bytes) ON CONFLICT DO NOTHING;
END
$$;

-- Publishes what the caller staged in this transaction, or proposes it where a second person must approve. Gives the
-- outcome of each publication; one that was settled before is answered from the record.
CREATE FUNCTION casebook_publish(sending integer) RETURNS SETOF casebook_outcome
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    held catalogue;
    asked uuid[];
BEGIN
    held := casebook_lock();
    PERFORM casebook_require_own(sending);
    IF held.policy = 'self' THEN
        PERFORM casebook_require('publisher');
    END IF;
    asked := ARRAY(SELECT publication FROM casebook_staged());
    DELETE FROM staging AS s USING casebook_settled(asked) AS before
    WHERE s.transaction = pg_current_xact_id() AND s.publication = before.publication;
    IF held.policy = 'self' THEN
        PERFORM casebook_decide('published');
        PERFORM casebook_write(sending);
    ELSE
        PERFORM casebook_decide('proposed');
        PERFORM casebook_propose(sending);
    END IF;
    PERFORM casebook_record(sending);
    PERFORM casebook_seal();
    RETURN QUERY SELECT * FROM casebook_settled(asked);
END
$$;

-- Writes down what was settled, so that it is answered the same when it is sent again; empties what was staged.
CREATE FUNCTION casebook_record(sending integer) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO outcome (publication, study, result, version, code, reason, params, batch)
    SELECT publication, study, result, version, code, '', params::text, sending
    FROM casebook_staged() WHERE result <> 'proposed';
    DELETE FROM staging WHERE actor = session_user
$$;

-- Takes a study away from readers, who are told `told`.
CREATE FUNCTION casebook_withdraw(asked uuid, base integer, why text, told text) RETURNS casebook_outcome
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    live study_version;
    withdrawn boolean;
BEGIN
    PERFORM casebook_lock();
    SELECT v.* INTO live FROM study JOIN study_version AS v ON v.study = uuid AND v.version = current_version
    WHERE uuid = asked;
    SELECT state = 'withdrawn' INTO withdrawn FROM study WHERE uuid = asked;
    IF live IS NULL THEN
        RETURN casebook_said(asked, 'failed', 0, 'study-unknown', jsonb_build_object('study', asked));
    ELSIF withdrawn THEN
        RETURN casebook_said(asked, 'unchanged', live.version);
    ELSIF live.version <> base THEN
        RETURN casebook_said(asked, 'conflict', live.version, 'overtaken-version', casebook_reasons(
            'overtaken-version', base, live.version, live.published_by, live.published_at));
    END IF;
    PERFORM casebook_hide(asked, live.version, NULL, why, told);
    RETURN casebook_said(asked, 'withdrawn', live.version);
END
$$;

-- Withdraws the current version and audits it.
CREATE FUNCTION casebook_hide(hidden uuid, version integer, sending integer, why text, told text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE study SET state = 'withdrawn', note = told,
        change = casebook_audit('withdraw', hidden, version, sending, '', why)
    WHERE uuid = hidden;
END
$$;
