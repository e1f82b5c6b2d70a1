-- Takes back what the batch `undone` did to one study, in the batch `sending`: its earlier version is appended again,
-- or it is withdrawn where it was first published or brought back by that batch. Declined where someone published or
-- withdrew since.
CREATE FUNCTION casebook_undo(sending integer, undone integer, asked uuid) RETURNS casebook_outcome
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    live study_version;
    first integer;
    last integer;
    was_hidden boolean;
    is_hidden boolean;
BEGIN
    PERFORM casebook_lock();
    PERFORM casebook_require_own(sending, undone);
    SELECT min(version), max(version) INTO first, last FROM study_version WHERE study = asked AND batch = undone;
    SELECT v.* INTO live FROM study JOIN study_version AS v ON v.study = uuid AND v.version = current_version
    WHERE uuid = asked;
    SELECT state = 'withdrawn' INTO is_hidden FROM study WHERE uuid = asked;
    was_hidden := first = 1 OR EXISTS (
        SELECT FROM audit WHERE study = asked AND version = first - 1 AND action = 'withdraw');
    IF last IS NULL THEN
        RETURN casebook_said(asked, 'failed', 0, 'study-unknown', jsonb_build_object('study', asked));
    ELSIF casebook_is_undone(live, undone, is_hidden AND was_hidden) THEN
        RETURN casebook_said(asked, 'unchanged', live.version);
    ELSIF live.version <> last THEN
        RETURN casebook_said(asked, 'conflict', live.version, 'overtaken-version', casebook_reasons(
            'overtaken-version', last, live.version, live.published_by, live.published_at));
    ELSIF is_hidden THEN
        RETURN casebook_said(asked, 'conflict', live.version, 'withdrawn-since');
    ELSIF was_hidden THEN
        PERFORM casebook_hide(asked, last, sending, '', '');
        RETURN casebook_said(asked, 'withdrawn', last);
    END IF;
    PERFORM casebook_restore(sending, asked, first - 1, last + 1);
    RETURN casebook_said(asked, 'published', last + 1);
END
$$;

-- Whether the study already stands as before that batch: withdrawn, or by a version that took it back.
CREATE FUNCTION casebook_is_undone(live study_version, undone integer, hidden boolean) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT hidden AND live.batch = undone
        OR EXISTS (SELECT FROM batch WHERE id = live.batch AND undoes = undone)
$$;

-- Appends an earlier version of a study as its newest.
CREATE FUNCTION casebook_restore(sending integer, asked uuid, earlier integer, newest integer) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    number bigint;
    old study_version;
BEGIN
    SELECT * INTO STRICT old FROM study_version WHERE study = asked AND version = earlier;
    number := casebook_audit('restore', asked, newest, sending, old.digest, '');
    UPDATE study SET slug = old.slug, current_version = newest, change = number WHERE uuid = asked;
    INSERT INTO study_version (study, version, publication, digest, personal_digest, slug, title, summary, template,
        template_version, review_by, published_at, published_by, batch, change)
    VALUES (asked, newest, gen_random_uuid(), old.digest, old.personal_digest, old.slug, old.title, old.summary,
        old.template, old.template_version, old.review_by, now(), session_user, sending, number);
    INSERT INTO study_field (study, version, position, field, label, html)
    SELECT study, newest, position, field, label, html FROM study_field WHERE study = asked AND version = earlier;
    INSERT INTO study_personal (study, version, position, field, label, html)
    SELECT study, newest, position, field, label, html
    FROM study_personal WHERE study = asked AND version = earlier;
    INSERT INTO study_salt (study, version, salt)
    SELECT study, newest, salt FROM study_salt WHERE study = asked AND version = earlier;
    INSERT INTO study_theme (study, version, position, kind, slug, label)
    SELECT study, newest, position, kind, slug, label FROM study_theme WHERE study = asked AND version = earlier;
    INSERT INTO study_authority (study, version, position, authority, gss, name, type, nation, region)
    SELECT study, newest, position, authority, gss, name, type, nation, region
    FROM study_authority WHERE study = asked AND version = earlier;
    INSERT INTO study_image (study, version, position, sha256, alt, credit, media_type, width, height)
    SELECT study, newest, position, sha256, alt, credit, media_type, width, height
    FROM study_image WHERE study = asked AND version = earlier;
END
$$;
