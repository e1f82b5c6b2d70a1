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
    title TEXT COLLATE "NOCASE" NOT NULL,
    council TEXT COLLATE "NOCASE" NOT NULL,
    completeness FLOAT NOT NULL,
    blockers INTEGER NOT NULL,
    warnings INTEGER NOT NULL,
    advice INTEGER NOT NULL,
    unplaced INTEGER NOT NULL,
    topics INTEGER NOT NULL,
    councils INTEGER NOT NULL,
    urgency TEXT GENERATED ALWAYS AS (CASE WHEN status IN ('received', 'in_review', 'returned') THEN '0' ELSE '1' END || coalesce(due, '9999-12-31')) VIRTUAL,
    worst INTEGER GENERATED ALWAYS AS (CASE WHEN blockers > 0 THEN 0 WHEN warnings > 0 THEN 1 WHEN advice > 0 THEN 2 ELSE 3 END) VIRTUAL,
    PRIMARY KEY (number),
    UNIQUE (id)
);

CREATE INDEX queue_by_completeness ON submission (present, completeness, number);

CREATE INDEX queue_by_council ON submission (present, council, number);

CREATE INDEX queue_by_due ON submission (present, urgency, number, status, worst, unplaced, topics, councils);

CREATE INDEX queue_by_received ON submission (present, received, number);

CREATE INDEX queue_by_status ON submission (status, present, urgency, number);

CREATE INDEX queue_by_title ON submission (present, title, number);

CREATE INDEX queue_by_worst ON submission (present, worst, urgency, number);

CREATE INDEX submission_by_council ON submission (council, number);

CREATE INDEX submission_by_study ON submission (study);

CREATE TABLE saved_filter (
    name TEXT NOT NULL,
    wanted JSON NOT NULL,
    PRIMARY KEY (name)
);
