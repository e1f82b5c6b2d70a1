-- What became of each theme: itself, or where its successors lead, the first one first.
CREATE FUNCTION casebook_heirs() RETURNS TABLE (kind varchar(16), slug text, heir text, place bigint)
LANGUAGE sql STABLE AS $$
    WITH RECURSIVE led (kind, slug, heir, way, seen) AS (
        SELECT kind, slug, slug, ARRAY[0], ARRAY[slug] FROM theme
        UNION ALL
        SELECT led.kind, led.slug, next.successor, led.way || next.place, led.seen || next.successor
        FROM led JOIN theme_successor AS next ON next.kind = led.kind AND next.slug = led.heir
        WHERE next.successor <> ALL (led.seen)
    )
    SELECT led.kind, led.slug, led.heir, row_number() OVER (PARTITION BY led.kind, led.slug ORDER BY min(led.way)) - 1
    FROM led JOIN theme ON theme.kind = led.kind AND theme.slug = led.heir
    WHERE theme.status NOT IN ('merged', 'split')
    GROUP BY led.kind, led.slug, led.heir
$$;

-- What studies are filed under by what their current versions were published with, each term followed.
CREATE FUNCTION casebook_followed(asked uuid[]) RETURNS study_term[]
LANGUAGE sql STABLE AS $$
    SELECT array_agg(ROW(study, place, kind, heir)::study_term) FROM (
        SELECT study, kind, heir, (row_number() OVER (PARTITION BY study ORDER BY
            coalesce(min(position) FILTER (WHERE heir = slug), min(position)), min(place)) - 1)::integer AS place
        FROM (
            SELECT t.study, t.position, t.kind, t.slug, h.heir, h.place, was.study IS NOT NULL AS was,
                   bool_or(was.study IS NOT NULL) OVER (PARTITION BY t.study, t.position) AS any_was
            FROM study JOIN study_theme AS t ON t.study = study.uuid AND t.version = study.current_version
            JOIN casebook_heirs() AS h ON h.kind = t.kind AND h.slug = t.slug
            LEFT JOIN study_term AS was ON was.study = t.study AND was.kind = t.kind AND was.slug = h.heir
            WHERE study.uuid = ANY (asked)
        ) AS led
        WHERE CASE WHEN any_was THEN was ELSE led.place = 0 END
        GROUP BY study, kind, heir
    ) AS placed
$$;

-- Files studies anew by what their current versions were published with, each term followed to what became of it. A
-- split term goes to those of its successors that the study is filed under already, else to the first of them; a term
-- that the study has itself keeps its place. Few studies name a term that is gone: only these have their terms followed.
CREATE FUNCTION casebook_file(changed uuid[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    gone boolean := EXISTS (SELECT FROM theme_successor);
    led uuid[] := '{}';
    filed study_term[];
BEGIN
    IF gone THEN
        led := ARRAY(
            SELECT DISTINCT t.study
            FROM unnest(changed) AS one JOIN study ON study.uuid = one
            JOIN study_theme AS t ON t.study = study.uuid AND t.version = study.current_version
            JOIN theme ON theme.kind = t.kind AND theme.slug = t.slug
            WHERE theme.status IN ('merged', 'split'));
    END IF;
    IF cardinality(led) > 0 THEN
        filed := casebook_followed(led);
    END IF;
    DELETE FROM study_term WHERE study = ANY (changed);
    INSERT INTO study_term (study, position, kind, slug)
    SELECT t.study, row_number() OVER (PARTITION BY t.study ORDER BY min(t.position)) - 1, t.kind, t.slug
    FROM unnest(changed) AS one JOIN study ON study.uuid = one AND one <> ALL (led)
    JOIN study_theme AS t ON t.study = study.uuid AND t.version = study.current_version
    GROUP BY t.study, t.kind, t.slug
    UNION ALL SELECT study, position, kind, slug FROM unnest(filed);
END
$$;

-- Themes that nobody has taken into the vocabulary are known from the studies they come with, and offered to no other.
-- Publishing changes no label.
CREATE OR REPLACE FUNCTION casebook_learn_themes(sent casebook_sent[]) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO theme (kind, slug, label, status, place)
    SELECT kind, slug, label, 'unlisted',
           (SELECT coalesce(max(place), -1) FROM theme) + row_number() OVER (ORDER BY position, n)
    FROM (
        SELECT DISTINCT ON (p.kind, p.slug) p.kind, p.slug, p.label, s.position, p.n
        FROM unnest(sent) AS s CROSS JOIN ROWS FROM (
            jsonb_to_recordset(s.terms) AS (kind text, slug text, label text)
        ) WITH ORDINALITY AS p (kind, slug, label, n)
        WHERE s.result = 'published' ORDER BY p.kind, p.slug, s.position, p.n
    ) AS sent
    ON CONFLICT (kind, slug) DO NOTHING
$$;
