-- What is written once is never changed, whoever asks.
CREATE TRIGGER keep_audit_link BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_link
FOR EACH STATEMENT EXECUTE FUNCTION casebook_refuse();
CREATE TRIGGER keep_batch BEFORE UPDATE OR DELETE OR TRUNCATE ON batch
FOR EACH STATEMENT EXECUTE FUNCTION casebook_refuse();
CREATE TRIGGER keep_study BEFORE DELETE OR TRUNCATE ON study
FOR EACH STATEMENT EXECUTE FUNCTION casebook_refuse();
CREATE TRIGGER keep_proposal BEFORE DELETE OR TRUNCATE ON proposal
FOR EACH STATEMENT EXECUTE FUNCTION casebook_refuse();
CREATE TRIGGER keep_catalogue BEFORE DELETE OR TRUNCATE ON catalogue
FOR EACH STATEMENT EXECUTE FUNCTION casebook_refuse();

-- A proposal is decided on once; a study keeps its name and its beginning; changes only go on.
CREATE TRIGGER keep_decision BEFORE UPDATE ON proposal FOR EACH ROW
WHEN (OLD.state <> 'proposed' AND (NEW.state, NEW.decided_by, NEW.decided_at, NEW.reason)
      IS DISTINCT FROM (OLD.state, OLD.decided_by, OLD.decided_at, OLD.reason)
      OR (NEW.publication, NEW.study, NEW.digest, NEW.proposed_by, NEW.proposed_at, NEW.batch)
      IS DISTINCT FROM (OLD.publication, OLD.study, OLD.digest, OLD.proposed_by, OLD.proposed_at, OLD.batch))
EXECUTE FUNCTION casebook_refuse();
CREATE TRIGGER keep_beginning BEFORE UPDATE ON study FOR EACH ROW
WHEN (NEW.uuid <> OLD.uuid OR NEW.first_published_at <> OLD.first_published_at OR NEW.change <= OLD.change
      OR NEW.current_version < OLD.current_version)
EXECUTE FUNCTION casebook_refuse();
CREATE TRIGGER keep_identity BEFORE UPDATE ON catalogue FOR EACH ROW
WHEN (NEW.identity <> OLD.identity OR NEW.change < OLD.change)
EXECUTE FUNCTION casebook_refuse();
