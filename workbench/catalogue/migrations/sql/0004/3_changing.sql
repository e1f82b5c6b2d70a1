-- What studies are filed under, each a list of kind, slug and label.
CREATE FUNCTION casebook_filed(asked uuid[]) RETURNS TABLE (study uuid, filed text)
LANGUAGE sql STABLE AS $$
    SELECT one.study, coalesce(jsonb_agg(jsonb_build_array(t.kind, t.slug, theme.label) ORDER BY t.position)
        FILTER (WHERE t.kind IS NOT NULL), '[]')::text
    FROM unnest(asked) AS one (study) LEFT JOIN study_term AS t ON t.study = one.study
    LEFT JOIN theme ON theme.kind = t.kind AND theme.slug = t.slug GROUP BY one.study
$$;

-- Holds the catalogue until the transaction ends, so that a change can be worked out on what nobody else changes.
CREATE FUNCTION casebook_hold_vocabulary() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM casebook_require('admin');
    PERFORM casebook_lock();
    RETURN coalesce((SELECT max(number) FROM vocabulary_change), 0);
END
$$;

-- Themes as they are from now on, with their other names and their successors; new ones come last.
CREATE FUNCTION casebook_put_themes(told jsonb) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO theme (kind, slug, label, status, parent, scope_note, cues, narrow, page_title, introduction,
        ordering, opens, closes, place)
    SELECT t.kind, t.slug, t.label, t.status, t.parent, t.scope_note,
        jsonb_build_object('strong', t.strong, 'cues', t.cues, 'weak', t.weak)::text, t.narrow, t.page_title,
        t.introduction, t."order", t.opens, t.closes, (SELECT coalesce(max(place), -1) FROM theme) + t.n
    FROM ROWS FROM (jsonb_to_recordset(told) AS (kind text, slug text, label text, status text, parent text,
        scope_note text, strong jsonb, cues jsonb, weak jsonb, narrow boolean, page_title text, introduction text,
        "order" integer, opens date, closes date)) WITH ORDINALITY AS t (kind, slug, label, status, parent,
        scope_note, strong, cues, weak, narrow, page_title, introduction, "order", opens, closes, n)
    ON CONFLICT (kind, slug) DO UPDATE SET label = excluded.label, status = excluded.status,
        parent = excluded.parent, scope_note = excluded.scope_note, cues = excluded.cues, narrow = excluded.narrow,
        page_title = excluded.page_title, introduction = excluded.introduction, ordering = excluded.ordering,
        opens = excluded.opens, closes = excluded.closes;
    DELETE FROM theme_alias AS a USING jsonb_array_elements(told) AS t
    WHERE a.kind = t ->> 'kind' AND a.slug = t ->> 'slug';
    DELETE FROM theme_successor AS s USING jsonb_array_elements(told) AS t
    WHERE s.kind = t ->> 'kind' AND s.slug = t ->> 'slug';
    INSERT INTO theme_alias (kind, slug, label, place, since, until)
    SELECT t ->> 'kind', t ->> 'slug', a.label, a.n - 1, a.since, a.until
    FROM jsonb_array_elements(told) AS t CROSS JOIN ROWS FROM (
        jsonb_to_recordset(t -> 'aliases') AS (label text, since date, until date)
    ) WITH ORDINALITY AS a (label, since, until, n);
    INSERT INTO theme_successor (kind, slug, successor, place)
    SELECT t ->> 'kind', t ->> 'slug', s.successor, s.n - 1
    FROM jsonb_array_elements(told) AS t
    CROSS JOIN jsonb_array_elements_text(t -> 'successors') WITH ORDINALITY AS s (successor, n);
END
$$;

-- Takes themes out that were added by mistake; what a study was ever published with stays.
CREATE FUNCTION casebook_take_out_themes(told jsonb) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM theme_alias AS a USING jsonb_array_elements(told) AS t
    WHERE a.kind = t ->> 'kind' AND a.slug = t ->> 'slug';
    DELETE FROM theme_successor AS s USING jsonb_array_elements(told) AS t
    WHERE s.kind = t ->> 'kind' AND s.slug = t ->> 'slug';
    DELETE FROM theme USING jsonb_array_elements(told) AS t
    WHERE theme.kind = t ->> 'kind' AND theme.slug = t ->> 'slug';
END
$$;

-- Refuses a vocabulary in which something leads nowhere or in a circle, whoever made it.
CREATE FUNCTION casebook_require_sound_vocabulary() RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF EXISTS (SELECT FROM theme JOIN theme_successor USING (kind, slug) WHERE status NOT IN ('merged', 'split'))
        OR EXISTS (SELECT kind, slug FROM theme EXCEPT SELECT kind, slug FROM casebook_heirs())
        OR EXISTS (SELECT FROM theme AS t WHERE t.parent IS NOT NULL AND NOT EXISTS (
            SELECT FROM theme AS p WHERE p.kind = t.kind AND p.slug = t.parent))
        OR EXISTS (SELECT FROM theme JOIN study_term USING (kind, slug) WHERE status IN ('merged', 'split'))
        OR EXISTS (
            WITH RECURSIVE up (kind, slug, above) AS (
                SELECT kind, slug, parent FROM theme
                WHERE parent IS NOT NULL AND status NOT IN ('merged', 'split')
                UNION
                SELECT up.kind, up.slug, t.parent
                FROM up JOIN theme AS t ON t.kind = up.kind AND t.slug = up.above WHERE t.parent IS NOT NULL
            ) SELECT FROM up WHERE slug = above)
    THEN
        RAISE EXCEPTION 'the vocabulary leads nowhere or in a circle' USING ERRCODE = 'check_violation';
    END IF;
END
$$;

-- All that a change moved, as text in which no two are alike.
CREATE FUNCTION casebook_refiled(of_change bigint) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT coalesce(string_agg(casebook_told(study::text) || casebook_told(version::text) || casebook_told(before)
        || casebook_told(after), '' ORDER BY study), '')
    FROM refiling WHERE number = of_change
$$;

-- Writes a change down, and into the audit with the digest over it and all that it moved.
CREATE FUNCTION casebook_tell_vocabulary(
    latest bigint, told text, pairs text, undone bigint, why text, sign text
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    hash text := encode(sha256(convert_to(
        casebook_told(told) || casebook_told(pairs) || casebook_refiled(latest), 'UTF8')), 'hex');
BEGIN
    INSERT INTO vocabulary_change (number, at, actor, signed, change, differences, studies, reason, undoes, digest)
    SELECT latest, now(), session_user, left(sign, 300), told, pairs, count(*), why, undone, hash
    FROM refiling WHERE number = latest;
    INSERT INTO audit (change, at, actor, action, study, version, batch, digest, reason)
    SELECT latest, now(), session_user, 'vocabulary', identity, 0, NULL, hash, why FROM catalogue;
    PERFORM casebook_seal();
END
$$;

-- Changes the vocabulary: `pairs` are themes before and after (null where there is none), `filings` says of each study
-- under which terms it is filed from now on (a list of its UUID and of pairs of kind and slug). All of it, or nothing;
-- and only where nobody changed it since the change `expected`. Gives the number of the change.
CREATE FUNCTION casebook_change_vocabulary(
    expected bigint, told text, pairs text, filings text, undone bigint, why text, sign text
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET work_mem = '64MB' AS $$
DECLARE
    held catalogue;
    latest bigint;
    moved uuid[];
    befores text[];
BEGIN
    PERFORM casebook_require('admin');
    held := casebook_lock();
    IF expected <> coalesce((SELECT max(number) FROM vocabulary_change), 0) THEN
        RAISE EXCEPTION 'somebody else changed the vocabulary' USING ERRCODE = 'CB006';
    END IF;
    moved := ARRAY(SELECT (given ->> 0)::uuid FROM jsonb_array_elements(filings::jsonb) AS given);
    latest := held.change + cardinality(moved) + 1;
    SELECT coalesce(array_agg(was.study ORDER BY was.study), '{}'), array_agg(was.filed ORDER BY was.study)
    INTO moved, befores FROM casebook_filed(moved) AS was;
    PERFORM casebook_put_themes((
        SELECT coalesce(jsonb_agg(pair -> 1), '[]') FROM jsonb_array_elements(pairs::jsonb) AS pair
        WHERE jsonb_typeof(pair -> 1) = 'object'));
    DELETE FROM study_term WHERE study = ANY (moved);
    INSERT INTO study_term (study, position, kind, slug)
    SELECT (given ->> 0)::uuid, term.n - 1, term.key ->> 0, term.key ->> 1
    FROM jsonb_array_elements(filings::jsonb) AS given
    CROSS JOIN jsonb_array_elements(given -> 1) WITH ORDINALITY AS term (key, n);
    PERFORM casebook_take_out_themes((
        SELECT coalesce(jsonb_agg(pair -> 0), '[]') FROM jsonb_array_elements(pairs::jsonb) AS pair
        WHERE jsonb_typeof(pair -> 1) = 'null'));
    PERFORM casebook_require_sound_vocabulary();
    UPDATE study SET change = held.change + ranked.place FROM (
        SELECT uuid, row_number() OVER (ORDER BY change) AS place FROM study WHERE uuid = ANY (moved)
    ) AS ranked WHERE ranked.uuid = study.uuid;
    INSERT INTO refiling (number, study, version, before, after)
    SELECT latest, given.study, study.current_version, given.before, now_filed.filed
    FROM unnest(moved, befores) AS given (study, before) JOIN study ON study.uuid = given.study
    JOIN casebook_filed(moved) AS now_filed ON now_filed.study = given.study;
    PERFORM casebook_tell_vocabulary(latest, told, pairs, undone, why, sign);
    RETURN latest;
END
$$;

-- What is told of a change is told once.
CREATE TRIGGER keep_vocabulary_change BEFORE UPDATE OR DELETE OR TRUNCATE ON vocabulary_change
FOR EACH STATEMENT EXECUTE FUNCTION casebook_refuse();
CREATE TRIGGER keep_refiling BEFORE UPDATE OR DELETE OR TRUNCATE ON refiling
FOR EACH STATEMENT EXECUTE FUNCTION casebook_refuse();
