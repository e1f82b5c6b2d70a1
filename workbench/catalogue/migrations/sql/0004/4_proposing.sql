-- Asks for a term, once however often it is sent. The server says who asks and when.
CREATE FUNCTION casebook_propose_term(asked uuid, told text, why text, sign text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM casebook_require('editor');
    IF length(told) > 500000 OR length(why) > 10000 THEN
        RAISE EXCEPTION 'a term is bounded to 500000 characters' USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO term_proposal (id, kind, slug, told, reason, actor, signed, at)
    SELECT asked, theme.kind, theme.slug, told, why, session_user, left(sign, 300), now()
    FROM jsonb_to_record(told::jsonb) AS theme (kind text, slug text)
    ON CONFLICT (id) DO NOTHING;
END
$$;

-- Settles a term that was asked for: accepted, or declined, or replaced by the term `slug`.
CREATE FUNCTION casebook_decide_term(asked uuid, becomes text, slug text, said text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM casebook_require('admin');
    UPDATE term_proposal SET state = becomes, decided_by = session_user, decided_at = now(), why = said,
        became = casebook_decide_term.slug
    WHERE id = asked AND state = 'proposed';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such term waits' USING ERRCODE = 'CB007', DETAIL = asked;
    END IF;
END
$$;

ALTER TABLE term_proposal ADD CONSTRAINT ck_term_proposal_state
    CHECK (state IN ('proposed', 'accepted', 'declined', 'replaced'));
ALTER TABLE term_proposal ADD CONSTRAINT ck_term_proposal_decided
    CHECK ((state = 'proposed') = (decided_by IS NULL));
CREATE TRIGGER keep_term_proposal BEFORE DELETE OR TRUNCATE ON term_proposal
FOR EACH STATEMENT EXECUTE FUNCTION casebook_refuse();
CREATE TRIGGER keep_term_decision BEFORE UPDATE ON term_proposal FOR EACH ROW
WHEN (OLD.state <> 'proposed' OR (NEW.id, NEW.kind, NEW.slug, NEW.told, NEW.reason, NEW.actor, NEW.at)
      IS DISTINCT FROM (OLD.id, OLD.kind, OLD.slug, OLD.told, OLD.reason, OLD.actor, OLD.at))
EXECUTE FUNCTION casebook_refuse();
