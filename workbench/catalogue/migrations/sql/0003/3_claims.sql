-- Takes claims down: who has taken up which file, told by the server. What was claimed before is left as it is.
-- Numbers are given one caller after another, so that whoever follows them misses none.
CREATE FUNCTION casebook_claim(told jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM casebook_require('editor');
    LOCK TABLE claim IN SHARE ROW EXCLUSIVE MODE;
    INSERT INTO claim (number, id, source, study, council, title, actor, signed, at)
    SELECT (SELECT coalesce(max(number), 0) FROM claim) + row_number() OVER (ORDER BY place),
           each.id, each.source, each.study, each.council, each.title, session_user, each.signed, now()
    FROM ROWS FROM (
        jsonb_to_recordset(told) AS (id uuid, source text, study uuid, council text, title text, signed text)
    ) WITH ORDINALITY AS each (id, source, study, council, title, signed, place)
    WHERE NOT EXISTS (SELECT FROM claim WHERE claim.id = each.id);
END
$$;
