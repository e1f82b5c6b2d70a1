-- Studies that wait for a second person, and what became of them.
CREATE TABLE proposal (
    publication uuid NOT NULL CONSTRAINT pk_proposal PRIMARY KEY,
    study uuid NOT NULL,
    base_version integer NOT NULL,
    revives boolean NOT NULL,
    digest text NOT NULL,
    personal_digest text NOT NULL,
    salt text NOT NULL,
    slug text NOT NULL,
    title text NOT NULL,
    summary text NOT NULL,
    template text NOT NULL,
    template_version integer NOT NULL,
    review_by date,
    fields jsonb NOT NULL,
    personal jsonb NOT NULL,
    authorities jsonb NOT NULL,
    terms jsonb NOT NULL,
    images jsonb NOT NULL,
    batch integer NOT NULL CONSTRAINT fk_proposal_batch REFERENCES batch,
    proposed_by text NOT NULL,
    proposed_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'proposed' CONSTRAINT ck_proposal_state
        CHECK (state IN ('proposed', 'approved', 'declined', 'revoked', 'overtaken')),
    decided_by text,
    decided_at timestamptz,
    reason text NOT NULL DEFAULT '',
    CONSTRAINT ck_proposal_decided CHECK ((state = 'proposed') = (decided_by IS NULL)),
    CONSTRAINT ck_proposal_second CHECK (state <> 'approved' OR decided_by <> proposed_by)
);
CREATE INDEX ix_proposal_waiting ON proposal (proposed_at) WHERE state = 'proposed';
CREATE INDEX ix_proposal_study ON proposal (study);
CREATE INDEX ix_proposal_batch ON proposal (batch);

-- Other programs read this one; its columns are a promise.
CREATE VIEW proposals WITH (security_invoker = true) AS
SELECT publication, study AS uuid, slug, title, summary, base_version, state, proposed_by, proposed_at,
       decided_by, decided_at, reason, batch
FROM proposal;
