-- Makes versions of what was sent and found fit, with all that hangs on them.
CREATE FUNCTION casebook_write(sent casebook_sent[], fields jsonb[], sending integer) RETURNS void
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
    INSERT INTO audit (change, at, actor, action, study, version, batch, digest, reason)
    SELECT s.change, now(), session_user, 'publish', s.study, s.version, sending, s.digest, ''
    FROM unnest(sent) AS s WHERE s.result = 'published';
END
$$;

-- Fields, themes, councils and pictures of what was sent and found fit, each in its order.
CREATE FUNCTION casebook_write_parts(sent casebook_sent[], fields jsonb[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO study_field (study, version, position, field, label, html)
    SELECT s.study, s.version, p.n - 1, p.id, p.label, p.html
    FROM unnest(sent) AS s CROSS JOIN ROWS FROM (
        jsonb_to_recordset(fields[s.position]) AS (id text, label text, html text)
    ) WITH ORDINALITY AS p (id, label, html, n) WHERE s.result = 'published';

    INSERT INTO study_personal (study, version, position, field, label, html)
    SELECT s.study, s.version, p.n - 1, p.id, p.label, p.html
    FROM unnest(sent) AS s CROSS JOIN ROWS FROM (
        jsonb_to_recordset(s.personal) AS (id text, label text, html text)
    ) WITH ORDINALITY AS p (id, label, html, n) WHERE s.result = 'published';

    INSERT INTO study_salt (study, version, salt)
    SELECT s.study, s.version, s.salt FROM unnest(sent) AS s WHERE s.result = 'published' AND s.salt <> '';

    INSERT INTO study_theme (study, version, position, kind, slug, label)
    SELECT s.study, s.version, p.n - 1, p.kind, p.slug, p.label
    FROM unnest(sent) AS s CROSS JOIN ROWS FROM (
        jsonb_to_recordset(s.terms) AS (kind text, slug text, label text)
    ) WITH ORDINALITY AS p (kind, slug, label, n) WHERE s.result = 'published';

    INSERT INTO study_authority (study, version, position, authority, gss, name, type, nation, region)
    SELECT s.study, s.version, p.n - 1, casebook_authority(p.gss, p.name), p.gss, p.name, p.type, p.nation, p.region
    FROM unnest(sent) AS s CROSS JOIN ROWS FROM (
        jsonb_to_recordset(s.authorities)
            AS (gss text, name text, type text, nation text, region text)
    ) WITH ORDINALITY AS p (gss, name, type, nation, region, n) WHERE s.result = 'published';

    INSERT INTO study_image (study, version, position, sha256, alt, credit, media_type, width, height)
    SELECT s.study, s.version, p.n - 1, p.sha256, p.alt, p.credit, p.media_type, p.width, p.height
    FROM unnest(sent) AS s CROSS JOIN ROWS FROM (
        jsonb_to_recordset(s.images)
            AS (sha256 text, alt text, credit text, media_type text, width integer, height integer)
    ) WITH ORDINALITY AS p (sha256, alt, credit, media_type, width, height, n) WHERE s.result = 'published';
END
$$;

-- Makes new themes known; a label that changed goes to the aliases.
CREATE FUNCTION casebook_learn_themes(sent casebook_sent[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    wanted theme[];
BEGIN
    SELECT array_agg(w) INTO wanted FROM (
        SELECT DISTINCT ON (p.kind, p.slug) p.kind::varchar(16), p.slug, p.label
        FROM unnest(sent) AS s CROSS JOIN ROWS FROM (
            jsonb_to_recordset(s.terms) AS (kind text, slug text, label text)
        ) WITH ORDINALITY AS p (kind, slug, label, n)
        WHERE s.result = 'published' ORDER BY p.kind, p.slug, s.position DESC, p.n DESC
    ) AS w;
    INSERT INTO theme_alias (kind, slug, label, until)
    SELECT kind, slug, theme.label, now()
    FROM unnest(wanted) AS w JOIN theme USING (kind, slug) WHERE theme.label <> w.label
    ON CONFLICT (kind, slug, label) DO UPDATE SET until = excluded.until;
    INSERT INTO theme (kind, slug, label) SELECT kind, slug, label FROM unnest(wanted)
    ON CONFLICT (kind, slug) DO UPDATE SET label = excluded.label WHERE theme.label <> excluded.label;
END
$$;

-- By what a council is known: its register code, or its name. Only what ASCII has in capitals and spaces is evened out,
-- which every server does alike.
CREATE FUNCTION casebook_authority(gss text, name text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(nullif(gss, ''), 'name:' || btrim(
        regexp_replace(lower(name COLLATE "C"), '[ \t\n\r\f\v]+', ' ', 'g'), ' '))
$$;

-- Keeps each council as it was last published.
CREATE FUNCTION casebook_learn_authorities(sent casebook_sent[]) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO authority (id, gss, name, type, nation, region)
    SELECT DISTINCT ON (casebook_authority(p.gss, p.name))
        casebook_authority(p.gss, p.name), p.gss, p.name, p.type, p.nation, p.region
    FROM unnest(sent) AS s CROSS JOIN ROWS FROM (
        jsonb_to_recordset(s.authorities)
            AS (gss text, name text, type text, nation text, region text)
    ) WITH ORDINALITY AS p (gss, name, type, nation, region, n)
    WHERE s.result = 'published'
    ORDER BY casebook_authority(p.gss, p.name), s.position DESC, p.n DESC
    ON CONFLICT (id) DO UPDATE SET gss = excluded.gss, name = excluded.name, type = excluded.type,
        nation = excluded.nation, region = excluded.region
    WHERE (authority.gss, authority.name, authority.type, authority.nation, authority.region)
        IS DISTINCT FROM (excluded.gss, excluded.name, excluded.type, excluded.nation, excluded.region)
$$;
