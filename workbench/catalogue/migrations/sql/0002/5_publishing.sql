-- A new sending; `signed` is how the desk signs it, the actor is the login. `undoing` names the one it takes back.
CREATE FUNCTION casebook_begin(signed text, undoing integer DEFAULT NULL) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO batch (actor, signed, started_at, undoes) VALUES (session_user, left(signed, 300), now(), undoing)
    RETURNING id
$$;

-- Refuses a sending that another login began, or that was begun for something else than to take back `undoing`. What
-- is published in a batch that says it takes another one back would keep that one from ever being taken back.
CREATE FUNCTION casebook_require_own(sending integer, undoing integer DEFAULT NULL) RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM batch
        WHERE id = sending AND actor = session_user AND undoes IS NOT DISTINCT FROM undoing) THEN
        RAISE EXCEPTION 'batch % was begun by another login, or for another purpose', sending
            USING ERRCODE = 'insufficient_privilege';
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

-- The content, refused where it and what is personal are longer than any study.
CREATE FUNCTION casebook_bounded(content text, personal text) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    IF octet_length(content) + octet_length(personal) > 64000000 THEN
        RAISE EXCEPTION 'a publication is bounded to 64 MB' USING ERRCODE = 'check_violation';
    END IF;
    RETURN content;
END
$$;

-- The digest of personal fields under their salt, "" for none. The content names it, or holds the fields themselves
-- where they have no salt. Those that were emptied before they were sent have lost theirs, and keep the digest.
CREATE FUNCTION casebook_sealed(covered jsonb, personal text, salt text) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    named text := CASE jsonb_typeof(covered) WHEN 'string' THEN covered #>> '{}' ELSE '' END;
BEGIN
    IF salt <> '' AND named <> encode(sha256(convert_to(salt || personal, 'UTF8')), 'hex')
            OR named = '' AND covered IS DISTINCT FROM personal::jsonb THEN
        RAISE EXCEPTION 'the personal fields are not those that were sealed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN named;
END
$$;

-- Publishes what is sent, or proposes it where a second person must approve. Gives the outcome of each publication;
-- one that was settled before is answered from the record. No study may stand twice in what is sent.
--
-- Each publication comes as the canonical JSON of what readers see, its personal fields and their salt apart. Digests
-- are computed here, from these very texts. A chunk is worked on in memory: nothing of it is written before it is fit.
CREATE FUNCTION casebook_publish(
    sending integer, publications uuid[], bases integer[], revivals boolean[], contents text[], personals text[],
    salts text[]
) RETURNS SETOF casebook_outcome
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET work_mem = '64MB' AS $$
DECLARE
    held catalogue;
    sent casebook_sent[];
    fields jsonb[];
BEGIN
    held := casebook_lock();
    PERFORM casebook_require_own(sending);
    IF held.policy = 'self' THEN
        PERFORM casebook_require('publisher');
    END IF;
    SELECT array_agg(ROW(given.place, given.publication, told.study, given.base, given.revives,
               encode(sha256(convert_to(given.content, 'UTF8')), 'hex'),
               casebook_sealed(told.personal, given.personal, given.salt), given.salt, told.slug, told.title,
               told.summary, told.template, told.template_version, told.review_by, given.personal, told.authorities,
               told.terms, told.images, NULL, NULL, NULL, NULL, NULL)::casebook_sent),
           array_agg(told.fields ORDER BY given.place)
    INTO sent, fields
    FROM unnest(publications, bases, revivals, contents, personals, salts)
        WITH ORDINALITY AS given (publication, base, revives, content, personal, salt, place)
    CROSS JOIN jsonb_to_record(casebook_bounded(given.content, given.personal)::jsonb) AS told (
        study uuid, slug text, title text, summary text, template text, template_version integer, review_by date,
        fields jsonb, personal jsonb, authorities jsonb, terms jsonb, images jsonb);
    sent := ARRAY(SELECT s FROM unnest(sent) AS s WHERE s.publication NOT IN (
        SELECT publication FROM casebook_settled(publications)));
    IF held.policy = 'self' THEN
        sent := casebook_decide(sent, 'published');
        PERFORM casebook_write(sent, fields, sending);
    ELSE
        sent := casebook_decide(sent, 'proposed');
        PERFORM casebook_propose(sent, fields, sending);
    END IF;
    PERFORM casebook_record(sent, sending);
    PERFORM casebook_seal();
    RETURN QUERY SELECT * FROM casebook_settled(publications);
END
$$;

-- Writes down what was settled, so that it is answered the same when it is sent again.
CREATE FUNCTION casebook_record(sent casebook_sent[], sending integer) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO outcome (publication, study, result, version, code, reason, params, batch)
    SELECT publication, study, result, version, code, '', params::text, sending
    FROM unnest(sent) WHERE result <> 'proposed'
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
