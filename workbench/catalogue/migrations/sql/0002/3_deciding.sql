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

-- The caller's rows of this transaction.
CREATE FUNCTION casebook_staged() RETURNS SETOF staging
LANGUAGE sql STABLE AS $$
    SELECT * FROM staging WHERE transaction = pg_current_xact_id_if_assigned() AND actor = session_user
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

-- The rules of publishing, for each staged publication against the current version of its study. `accepts` is the
-- result of one that stands, published or proposed; each of these gets the number of its change.
CREATE FUNCTION casebook_decide(accepts text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    WITH compared AS (
        SELECT s.position, live.version, live.published_by, live.published_at, CASE
            WHEN live.version IS NULL AND s.base_version <> 0 THEN 'base-unknown'
            WHEN live.version IS NULL THEN 'accepted'
            WHEN study.state = 'published' AND live.digest = s.digest THEN 'unchanged'
            WHEN live.version <> s.base_version THEN 'overtaken-version'
            WHEN study.state = 'withdrawn' AND NOT s.revives THEN 'withdrawn-meanwhile'
            ELSE 'accepted' END AS verdict
        FROM casebook_staged() AS s
        LEFT JOIN study ON study.uuid = s.study
        LEFT JOIN study_version AS live ON live.study = study.uuid AND live.version = study.current_version
    ), numbered AS (
        SELECT *, count(*) FILTER (WHERE verdict = 'accepted') OVER (ORDER BY position) AS number FROM compared
    )
    UPDATE staging AS s SET
        result = CASE verdict WHEN 'accepted' THEN accepts WHEN 'unchanged' THEN 'unchanged' ELSE 'conflict' END,
        version = coalesce(n.version, 0) + (verdict = 'accepted' AND accepts = 'published')::integer,
        code = CASE WHEN verdict IN ('accepted', 'unchanged') THEN '' ELSE verdict END,
        params = casebook_reasons(verdict, s.base_version, n.version, n.published_by, n.published_at),
        change = (SELECT catalogue.change FROM catalogue) + n.number
    FROM numbered AS n
    WHERE s.transaction = pg_current_xact_id() AND s.actor = session_user AND s.position = n.position;
END
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
