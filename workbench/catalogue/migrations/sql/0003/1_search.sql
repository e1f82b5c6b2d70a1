-- The words of a text as they are searched: in small letters, without accents, with one space between words. It is
-- done here, rather than by a dictionary or a collation, so that every server does it as the index of a desk does.
CREATE FUNCTION casebook_fold(told text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT regexp_replace(CASE WHEN plain ~ '[ÆØÞÐŁĐĦŊŒŦΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ]' THEN translate(plain,
        'ÆØÞÐŁĐĦŊŒŦΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ',
        'æøþðłđħŋœŧαβγδεζηθικλμνξοπρστυφχψωабвгдежзийклмнопрстуфхцчшщъыьэюя') ELSE plain END,
        '[\x01-\x2f\x3a-\x40\x5b-\x60\x7b-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf\xd7\xf7\u02c2-\u02c5\u02d2-\u02df\u2000-\u206f\u20a0-\u20cf\u2116-\u2118\u2120-\u2123\u2190-\u245f\u249c-\u24e9\u2500-\u2bff\u3000-\u3004\u3008-\u3020\ufe10-\ufe6f\ufffc\ufffd\U0001f000-\U0001faff]+', ' ', 'g')
    FROM (SELECT lower(regexp_replace(normalize(told, NFD), '[\u0300-\u036f]', '', 'g')) AS plain) AS told
$$;

-- The words of a field's HTML: marks within a word do not part it, everything else does.
CREATE FUNCTION casebook_plain(html text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT replace(replace(replace(replace(replace(regexp_replace(
        regexp_replace(html, '</?(strong|em|sup|sub|a|img)( [^>]*)?>', '', 'g'), '<[^>]*>', ' ', 'g'),
        '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&#x27;', ''''), '&amp;', '&')
$$;

-- What one version is found by: its words, each part up to so many characters. The bar, which is in no word, keeps
-- words of two parts from standing side by side.
CREATE FUNCTION casebook_words_within(of_study uuid, of_version integer, length integer) RETURNS tsvector
LANGUAGE sql STABLE AS $$
    SELECT setweight(to_tsvector('simple', casebook_fold(left(v.title, length))), 'A') || '''|'':1'
        || setweight(to_tsvector('simple', casebook_fold(left(v.summary, length))), 'B') || '''|'':1'
        || setweight(to_tsvector('simple', casebook_fold(left(coalesce(councils.names, told.council, ''), length))), 'B')
        || '''|'':1' || setweight(to_tsvector('simple', casebook_fold(left(told.body, length))), 'D')
    FROM study_version AS v CROSS JOIN LATERAL (
        SELECT string_agg(name, ', ' ORDER BY position) AS names FROM study_authority
        WHERE study = v.study AND version = v.version
    ) AS councils CROSS JOIN LATERAL (
        SELECT coalesce(string_agg(casebook_plain(html), ' ' ORDER BY position), '') AS body,
               string_agg(casebook_plain(html), ' ') FILTER (WHERE field = 'council') AS council
        FROM study_field WHERE study = v.study AND version = v.version
    ) AS told
    WHERE v.study = of_study AND v.version = of_version
$$;

-- The same, up to as many words as a tsvector can hold: one endless study must not keep the others from being found.
CREATE FUNCTION casebook_words(of_study uuid, of_version integer) RETURNS tsvector
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN casebook_words_within(of_study, of_version, 400000);
EXCEPTION WHEN program_limit_exceeded THEN
    RETURN casebook_words_within(of_study, of_version, 20000);
END
$$;

CREATE TABLE study_words (
    study uuid NOT NULL CONSTRAINT pk_study_words PRIMARY KEY
        CONSTRAINT fk_study_words_study REFERENCES study,
    version integer NOT NULL,
    words tsvector NOT NULL
);
CREATE INDEX ix_study_words_words ON study_words USING gin (words);

-- Brings the index up to what is published, for so many studies at most; gives their number. Anybody may ask for it:
-- it only tells again what is published. Publishing does not wait for it.
CREATE FUNCTION casebook_index(at_most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    done integer;
BEGIN
    INSERT INTO study_words (study, version, words)
    SELECT s.uuid, s.current_version, casebook_words(s.uuid, s.current_version)
    FROM study AS s LEFT JOIN study_words AS known ON known.study = s.uuid
    WHERE known.version IS DISTINCT FROM s.current_version
    ORDER BY s.change LIMIT at_most
    ON CONFLICT (study) DO UPDATE SET version = excluded.version, words = excluded.words;
    GET DIAGNOSTICS done = ROW_COUNT;
    RETURN done;
END
$$;
