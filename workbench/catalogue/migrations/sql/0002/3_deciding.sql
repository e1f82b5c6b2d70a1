-- A publication in the hands of the functions: what was sent, taken apart, and what was decided on it. Its fields, which
-- are nine tenths of it, go beside it in an array of their own, in which `position` is its place.
CREATE TYPE casebook_sent AS (
    position integer, publication uuid, study uuid, base_version integer, revives boolean, digest text,
    personal_digest text, salt text, slug text, title text, summary text, template text, template_version integer,
    review_by date, personal jsonb, authorities jsonb, terms jsonb, images jsonb,
    -- filled in by casebook_decide
    result text, version integer, code text, params jsonb, change bigint
);

-- What became of one publication; params fill the sentence that belongs to the code.
CREATE TYPE casebook_outcome AS (
    publication uuid, study uuid, result text, version integer, code text, params jsonb, reason text
);

-- What became of a study, without a publication that asked for it.
CREATE FUNCTION casebook_said(
    study uuid, result text, version integer, code text DEFAULT '', params jsonb DEFAULT '{}'
) RETURNS casebook_outcome
LANGUAGE sql IMMUTABLE AS $$
    SELECT NULL::uuid, study, result, version, code, params, ''
$$;

-- What already became of publications: settled, or waiting for a second person.
CREATE FUNCTION casebook_settled(publications uuid[]) RETURNS SETOF casebook_outcome
LANGUAGE sql STABLE AS $$
    SELECT publication, study, result, version, code, params::jsonb, reason
    FROM outcome WHERE publication = ANY (publications)
    UNION ALL
    SELECT publication, study, 'proposed', base_version, '', '{}', ''
    FROM proposal WHERE publication = ANY (publications) AND state = 'proposed'
$$;

-- What the sentence that tells a conflict must name.
CREATE FUNCTION casebook_reasons(
    verdict text, base integer, version integer, who text, at timestamptz
) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT CASE verdict
        WHEN 'base-unknown' THEN jsonb_build_object('base', base)
        WHEN 'withdrawn-meanwhile' THEN jsonb_build_object('version', version)
        WHEN 'overtaken-version' THEN jsonb_build_object(
            'base', base, 'version', version, 'who', who,
            'at', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC')
        ELSE '{}' END
$$;

-- The rules of publishing, for each publication sent against the current version of its study. `accepts` is the
-- result of one that stands, published or proposed; each of these gets the number of its change.
CREATE FUNCTION casebook_decide(sent casebook_sent[], accepts text) RETURNS casebook_sent[]
LANGUAGE sql STABLE AS $$
    WITH compared AS (
        SELECT s.position, s.base_version AS base, live.version, live.published_by, live.published_at, CASE
            WHEN live.version IS NULL AND s.base_version <> 0 THEN 'base-unknown'
            WHEN live.version IS NULL THEN 'accepted'
            WHEN study.state = 'published' AND live.digest = s.digest THEN 'unchanged'
            WHEN live.version <> s.base_version THEN 'overtaken-version'
            WHEN study.state = 'withdrawn' AND NOT s.revives THEN 'withdrawn-meanwhile'
            ELSE 'accepted' END AS verdict
        FROM unnest(sent) AS s
        LEFT JOIN study ON study.uuid = s.study
        LEFT JOIN study_version AS live ON live.study = study.uuid AND live.version = study.current_version
    ), decided AS (
        SELECT position,
            CASE verdict WHEN 'accepted' THEN accepts WHEN 'unchanged' THEN 'unchanged' ELSE 'conflict' END AS result,
            coalesce(version, 0) + (verdict = 'accepted' AND accepts = 'published')::integer AS version,
            CASE WHEN verdict IN ('accepted', 'unchanged') THEN '' ELSE verdict END AS code,
            casebook_reasons(verdict, base, version, published_by, published_at) AS params,
            (SELECT catalogue.change FROM catalogue)
                + count(*) FILTER (WHERE verdict = 'accepted') OVER (ORDER BY position) AS change
        FROM compared
    )
    SELECT array_agg(ROW(s.position, s.publication, s.study, s.base_version, s.revives, s.digest,
        s.personal_digest, s.salt, s.slug, s.title, s.summary, s.template, s.template_version,
        s.review_by, s.personal, s.authorities, s.terms, s.images,
        d.result, d.version, d.code, d.params, d.change)::casebook_sent ORDER BY s.position)
    FROM unnest(sent) AS s JOIN decided AS d USING (position)
$$;
