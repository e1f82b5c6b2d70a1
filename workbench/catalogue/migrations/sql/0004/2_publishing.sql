-- Makes versions of what was sent and found fit, with all that hangs on them.
CREATE OR REPLACE FUNCTION casebook_write(sent casebook_sent[], fields jsonb[], sending integer) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM casebook_learn_themes(sent);
    PERFORM casebook_learn_authorities(sent);
    INSERT INTO study (uuid, slug, current_version, state, note, first_published_at, change)
    SELECT s.study, s.slug, s.version, 'published', '', now(), s.change
    FROM unnest(sent) AS s WHERE s.result = 'published'
    ON CONFLICT (uuid) DO UPDATE SET slug = excluded.slug, current_version = excluded.current_version,
        state = excluded.state, note = excluded.note, change = excluded.change;
    INSERT INTO study_version (study, version, publication, digest, personal_digest, slug, title, summary, template,
        template_version, review_by, published_at, published_by, batch, change)
    SELECT s.study, s.version, s.publication, s.digest, s.personal_digest, s.slug, s.title, s.summary, s.template,
        s.template_version, s.review_by, now(), session_user, sending, s.change
    FROM unnest(sent) AS s WHERE s.result = 'published';
    PERFORM casebook_write_parts(sent, fields);
    PERFORM casebook_file(ARRAY(SELECT s.study FROM unnest(sent) AS s WHERE s.result = 'published'));
    INSERT INTO audit (change, at, actor, action, study, version, batch, digest, reason)
    SELECT s.change, now(), session_user, 'publish', s.study, s.version, sending, s.digest, ''
    FROM unnest(sent) AS s WHERE s.result = 'published';
END
$$;

-- Appends an earlier version of a study as its newest.
CREATE OR REPLACE FUNCTION casebook_restore(sending integer, asked uuid, earlier integer, newest integer) RETURNS void
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
    PERFORM casebook_file(ARRAY[asked]);
END
$$;
