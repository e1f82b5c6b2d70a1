-- Which fields of which study were emptied, up to which version. Only ever added to.
CREATE TRIGGER keep_redaction BEFORE UPDATE OR DELETE OR TRUNCATE ON redaction
FOR EACH STATEMENT EXECUTE FUNCTION casebook_refuse();

-- Empties personal fields of a study in all its versions and proposals, and forgets the salts of their digests, so
-- that what was published can still be told by its digest and nobody can guess the words from it.
CREATE FUNCTION casebook_redact(asked uuid, named text[], why text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    latest integer;
    number bigint;
BEGIN
    PERFORM casebook_require('admin');
    PERFORM casebook_lock();
    SELECT max(version) INTO latest FROM study_version WHERE study = asked;
    IF latest IS NULL AND NOT EXISTS (SELECT FROM proposal WHERE study = asked) THEN
        RETURN 'unknown';
    ELSIF NOT EXISTS (SELECT FROM study_personal WHERE study = asked AND field = ANY (named)) AND NOT EXISTS (
        SELECT FROM proposal WHERE study = asked AND casebook_without(personal, named) <> personal
    ) THEN
        RETURN 'unchanged';
    END IF;
    DELETE FROM study_personal WHERE study = asked AND field = ANY (named);
    DELETE FROM study_salt WHERE study = asked;
    UPDATE proposal SET personal = casebook_without(personal, named), salt = '' WHERE study = asked;
    number := casebook_audit(
        'redact', asked, coalesce(latest, 0), NULL, '', array_to_string(named, ', ') || ': ' || why);
    UPDATE study SET change = number WHERE uuid = asked;
    INSERT INTO redaction (change, study, version, fields)
    SELECT number, asked, latest, array_to_json(named) WHERE latest IS NOT NULL;
    RETURN 'redacted';
END
$$;

-- A list of fields without those named.
CREATE FUNCTION casebook_without(fields jsonb, named text[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(jsonb_agg(each ORDER BY place) FILTER (WHERE NOT each ->> 'id' = ANY (named)), '[]')
    FROM jsonb_array_elements(fields) WITH ORDINALITY AS told (each, place)
$$;
