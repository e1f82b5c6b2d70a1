-- Sets what was sent and found fit aside for a second person.
CREATE FUNCTION casebook_propose(sent casebook_sent[], fields jsonb[], sending integer) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO proposal (publication, study, base_version, revives, digest, personal_digest, salt, slug, title,
        summary, template, template_version, review_by, fields, personal, authorities, terms, images, batch,
        proposed_by, proposed_at)
    SELECT publication, study, base_version, revives, digest, personal_digest, salt, slug, title,
        summary, template, template_version, review_by, fields[position], personal, authorities, terms, images, sending,
        session_user, now()
    FROM unnest(sent) WHERE result = 'proposed';
    INSERT INTO audit (change, at, actor, action, study, version, batch, digest, reason)
    SELECT change, now(), session_user, 'propose', study, version, sending, digest, ''
    FROM unnest(sent) WHERE result = 'proposed'
$$;

-- A proposal that still waits, with the catalogue held. Refuses one that is settled or unknown.
CREATE FUNCTION casebook_waiting(asked uuid) RETURNS proposal
LANGUAGE plpgsql AS $$
DECLARE
    waiting proposal;
BEGIN
    PERFORM casebook_lock();
    SELECT * INTO waiting FROM proposal WHERE publication = asked AND state = 'proposed';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such proposal waits' USING ERRCODE = 'CB001', DETAIL = asked;
    END IF;
    RETURN waiting;
END
$$;

-- Publishes what another login proposed, if nothing else was published meanwhile.
CREATE FUNCTION casebook_approve(asked uuid) RETURNS casebook_outcome
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    waiting proposal := casebook_waiting(asked);
    sent casebook_sent[];
BEGIN
    IF waiting.proposed_by = session_user THEN
        RAISE EXCEPTION 'a proposal is approved by another login' USING ERRCODE = 'CB002';
    END IF;
    SELECT casebook_decide(ARRAY[ROW(1, p.publication, p.study, p.base_version, p.revives, p.digest,
        p.personal_digest, p.salt, p.slug, p.title, p.summary, p.template, p.template_version, p.review_by,
        p.personal, p.authorities, p.terms, p.images, NULL, NULL, NULL, NULL, NULL)::casebook_sent],
        'published')
    INTO sent FROM proposal AS p WHERE p.publication = asked;
    PERFORM casebook_write(sent, ARRAY[waiting.fields], waiting.batch);
    PERFORM casebook_settle(asked, CASE result WHEN 'published' THEN 'approved' ELSE 'overtaken' END, code)
    FROM unnest(sent);
    PERFORM casebook_record(sent, waiting.batch);
    PERFORM casebook_seal();
    RETURN (SELECT settled FROM casebook_settled(ARRAY[asked]) AS settled);
END
$$;

-- Sends a proposal of another login back, with the reason.
CREATE FUNCTION casebook_decline(asked uuid, why text) RETURNS casebook_outcome
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    waiting proposal := casebook_waiting(asked);
BEGIN
    IF waiting.proposed_by = session_user THEN
        RAISE EXCEPTION 'a proposal is declined by another login' USING ERRCODE = 'CB002';
    END IF;
    RETURN casebook_refuse_proposal(waiting, 'declined', why);
END
$$;

-- Takes an own proposal back.
CREATE FUNCTION casebook_revoke(asked uuid) RETURNS casebook_outcome
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    waiting proposal := casebook_waiting(asked);
BEGIN
    IF waiting.proposed_by <> session_user THEN
        RAISE EXCEPTION 'a proposal is revoked by who made it' USING ERRCODE = 'CB003';
    END IF;
    RETURN casebook_refuse_proposal(waiting, 'revoked', '');
END
$$;

CREATE FUNCTION casebook_settle(asked uuid, becomes text, why text) RETURNS void
LANGUAGE sql AS $$
    UPDATE proposal SET state = becomes, decided_by = session_user, decided_at = now(), reason = why
    WHERE publication = asked
$$;

-- The end of a proposal that is not published: its outcome, and its line in the audit.
CREATE FUNCTION casebook_refuse_proposal(waiting proposal, becomes text, why text) RETURNS casebook_outcome
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM casebook_settle(waiting.publication, becomes, why);
    INSERT INTO outcome (publication, study, result, version, code, reason, params, batch)
    VALUES (waiting.publication, waiting.study, 'failed', 0, 'proposal-' || becomes, '',
        jsonb_build_object('who', session_user, 'why', why)::text, waiting.batch);
    PERFORM casebook_audit(CASE becomes WHEN 'declined' THEN 'decline' ELSE 'revoke' END, waiting.study, 0,
        waiting.batch, waiting.digest, why);
    RETURN (SELECT settled FROM casebook_settled(ARRAY[waiting.publication]) AS settled);
END
$$;
