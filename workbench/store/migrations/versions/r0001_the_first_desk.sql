CREATE TABLE blob (
    sha256 TEXT NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (sha256)
);

CREATE TABLE submission (
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    study TEXT NOT NULL,
    template TEXT NOT NULL,
    template_version INTEGER NOT NULL,
    received TEXT NOT NULL,
    present BOOLEAN NOT NULL,
    status TEXT NOT NULL,
    due TEXT,
    base_version INTEGER NOT NULL,
    title TEXT NOT NULL,
    council TEXT NOT NULL,
    completeness FLOAT NOT NULL,
    blockers INTEGER NOT NULL,
    warnings INTEGER NOT NULL,
    advice INTEGER NOT NULL,
    unplaced INTEGER NOT NULL,
    PRIMARY KEY (number),
    UNIQUE (id)
);

CREATE INDEX submission_by_due ON submission (due, number, present);

CREATE INDEX submission_by_status ON submission (status, due, number, present);

CREATE INDEX submission_by_council ON submission (council, number);

CREATE INDEX submission_by_study ON submission (study);

CREATE TABLE learned (
    "key" TEXT NOT NULL,
    template TEXT NOT NULL,
    heading TEXT NOT NULL,
    field TEXT NOT NULL,
    PRIMARY KEY ("key"),
    UNIQUE (template, heading)
);

CREATE TABLE journal (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    code TEXT NOT NULL,
    params JSON NOT NULL,
    changes JSON NOT NULL,
    undoable BOOLEAN NOT NULL,
    undoes INTEGER,
    redoes INTEGER,
    undone_by INTEGER,
    FOREIGN KEY(undoes) REFERENCES journal (id),
    FOREIGN KEY(redoes) REFERENCES journal (id),
    FOREIGN KEY(undone_by) REFERENCES journal (id)
);

CREATE INDEX journal_standing ON journal (undone_by, undoable);

CREATE INDEX journal_by_undoes ON journal (undoes);

CREATE TABLE mirror_study (
    number INTEGER NOT NULL,
    study TEXT NOT NULL,
    change INTEGER NOT NULL,
    title TEXT NOT NULL,
    council TEXT NOT NULL,
    published_at TEXT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (number),
    UNIQUE (study)
);

CREATE INDEX mirror_by_change ON mirror_study (change);

CREATE INDEX mirror_by_date ON mirror_study (withdrawn, published_at);

CREATE TABLE mirror_state (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY ("key")
);

CREATE TABLE field_value (
    submission TEXT NOT NULL,
    "key" TEXT NOT NULL,
    html TEXT NOT NULL,
    matched_by TEXT NOT NULL,
    confidence FLOAT NOT NULL,
    heading TEXT NOT NULL,
    sources JSON NOT NULL,
    PRIMARY KEY (submission, "key"),
    FOREIGN KEY(submission) REFERENCES submission (id) ON DELETE CASCADE
);

CREATE TABLE passage (
    submission TEXT NOT NULL,
    "key" TEXT NOT NULL,
    position INTEGER NOT NULL,
    html TEXT NOT NULL,
    heading TEXT NOT NULL,
    suggested TEXT,
    confidence FLOAT NOT NULL,
    sources JSON NOT NULL,
    PRIMARY KEY (submission, "key"),
    FOREIGN KEY(submission) REFERENCES submission (id) ON DELETE CASCADE
);

CREATE TABLE note (
    submission TEXT NOT NULL,
    "key" TEXT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    ref TEXT NOT NULL,
    author TEXT NOT NULL,
    PRIMARY KEY (submission, "key"),
    FOREIGN KEY(submission) REFERENCES submission (id) ON DELETE CASCADE
);

CREATE TABLE picture (
    submission TEXT NOT NULL,
    "key" TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    alt TEXT,
    media_type TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    size INTEGER NOT NULL,
    credit TEXT NOT NULL,
    PRIMARY KEY (submission, "key"),
    FOREIGN KEY(submission) REFERENCES submission (id) ON DELETE CASCADE
);

CREATE TABLE source_file (
    submission TEXT NOT NULL,
    "key" TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    received TEXT NOT NULL,
    PRIMARY KEY (submission, "key"),
    FOREIGN KEY(submission) REFERENCES submission (id) ON DELETE CASCADE
);

CREATE INDEX source_file_by_hash ON source_file ("key");

CREATE TABLE dismissal (
    submission TEXT NOT NULL,
    "key" TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (submission, "key"),
    FOREIGN KEY(submission) REFERENCES submission (id) ON DELETE CASCADE
);

CREATE TABLE tag (
    submission TEXT NOT NULL,
    "key" TEXT NOT NULL,
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (submission, "key"),
    FOREIGN KEY(submission) REFERENCES submission (id) ON DELETE CASCADE
);

CREATE INDEX tag_by_term ON tag (kind, slug);

CREATE TABLE authority (
    submission TEXT NOT NULL,
    "key" TEXT NOT NULL,
    position INTEGER NOT NULL,
    gss TEXT,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    nation TEXT NOT NULL,
    region TEXT NOT NULL,
    PRIMARY KEY (submission, "key"),
    FOREIGN KEY(submission) REFERENCES submission (id) ON DELETE CASCADE
);

CREATE INDEX authority_by_gss ON authority (gss);

CREATE TABLE finding (
    submission TEXT NOT NULL,
    "key" TEXT NOT NULL,
    position INTEGER NOT NULL,
    "check" TEXT NOT NULL,
    severity TEXT NOT NULL,
    message TEXT NOT NULL,
    field TEXT,
    excerpt TEXT NOT NULL,
    span JSON,
    fix JSON,
    occurrence INTEGER NOT NULL,
    PRIMARY KEY (submission, "key"),
    FOREIGN KEY(submission) REFERENCES submission (id) ON DELETE CASCADE
);

CREATE TABLE journal_submission (
    submission TEXT NOT NULL,
    entry INTEGER NOT NULL,
    PRIMARY KEY (submission, entry),
    FOREIGN KEY(submission) REFERENCES submission (id) ON DELETE CASCADE,
    FOREIGN KEY(entry) REFERENCES journal (id)
)
 WITHOUT ROWID;

CREATE TABLE outbox (
    publication TEXT NOT NULL,
    submission TEXT NOT NULL,
    json TEXT NOT NULL,
    state TEXT NOT NULL,
    version INTEGER DEFAULT 0 NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    queued_at TEXT NOT NULL,
    sent_at TEXT,
    batch TEXT,
    PRIMARY KEY (publication),
    FOREIGN KEY(submission) REFERENCES submission (id)
);

CREATE INDEX outbox_by_state ON outbox (state, queued_at);

CREATE INDEX outbox_by_submission ON outbox (submission);

CREATE TABLE mirror_facet (
    facet TEXT NOT NULL,
    value TEXT NOT NULL,
    number INTEGER NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (facet, value, number),
    FOREIGN KEY(number) REFERENCES mirror_study (number) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX mirror_facet_by_study ON mirror_facet (number);

CREATE VIRTUAL TABLE words USING fts5(title, council, answers, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');

CREATE VIRTUAL TABLE mirror_words USING fts5(title, summary, body, council, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
