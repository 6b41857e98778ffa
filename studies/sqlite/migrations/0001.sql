-- One row per session. key is what the other tables refer to; id is the session's name everywhere else.
CREATE TABLE session (
  key         INTEGER PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE,
  participant TEXT NOT NULL,
  row         INTEGER NOT NULL,
  seed        TEXT NOT NULL,
  started_utc TEXT NOT NULL,
  ended_ns    INTEGER,
  status      TEXT NOT NULL CHECK (status IN ('running', 'complete', 'stopped', 'interrupted')),
  simulated   INTEGER NOT NULL CHECK (simulated IN (0, 1)),
  resumed     INTEGER NOT NULL DEFAULT 0 CHECK (resumed IN (0, 1)),
  program     TEXT NOT NULL
) STRICT;

-- Bytes of frozen files: study, designs, library, questionnaires.
CREATE TABLE blob (
  hash  TEXT PRIMARY KEY CHECK (length(hash) = 64),
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE session_file (
  session INTEGER NOT NULL REFERENCES session (key),
  path    TEXT NOT NULL,
  hash    TEXT NOT NULL REFERENCES blob (hash),
  PRIMARY KEY (session, path)
) STRICT, WITHOUT ROWID;

-- The journal. event, prev and hash are the chain; outputs and display a projection that replay recomputes; the rest are
-- the columns of event_v1, filled once when the record is written.
CREATE TABLE record (
  session      INTEGER NOT NULL REFERENCES session (key),
  seq          INTEGER NOT NULL CHECK (seq > 0),
  at_ns        INTEGER NOT NULL CHECK (at_ns >= 0),
  event        BLOB NOT NULL,
  prev         BLOB NOT NULL,
  hash         BLOB NOT NULL,
  outputs      TEXT,
  display      TEXT,
  utc          TEXT NOT NULL,
  task         TEXT,
  kind         TEXT NOT NULL,
  control      TEXT,
  code         TEXT,
  phase        TEXT,
  value_before TEXT,
  value_after  TEXT,
  answer       TEXT,
  stamp        TEXT,
  PRIMARY KEY (session, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER record_is_never_changed BEFORE UPDATE ON record
BEGIN SELECT raise(ABORT, 'a journal record is never changed'); END;

CREATE TRIGGER record_is_never_deleted BEFORE DELETE ON record
BEGIN SELECT raise(ABORT, 'a journal record is never deleted'); END;

CREATE TRIGGER blob_is_never_changed BEFORE UPDATE ON blob
BEGIN SELECT raise(ABORT, 'a frozen file is never changed'); END;

CREATE TRIGGER blob_is_never_deleted BEFORE DELETE ON blob
BEGIN SELECT raise(ABORT, 'a frozen file is never deleted'); END;

-- Projections, computed from the journal and replaced as a whole per session.
CREATE TABLE task (
  session         INTEGER NOT NULL REFERENCES session (key),
  step            INTEGER NOT NULL,
  block           INTEGER NOT NULL,
  position        INTEGER NOT NULL,
  design          TEXT NOT NULL,
  condition       TEXT NOT NULL,
  task            TEXT NOT NULL,
  practice        INTEGER NOT NULL,
  ordered         TEXT NOT NULL,
  programmed      TEXT NOT NULL,
  outcome         TEXT NOT NULL,
  number_class    TEXT NOT NULL,
  out_by_ten      INTEGER NOT NULL,
  started_ns      INTEGER NOT NULL,
  ended_ns        INTEGER NOT NULL,
  presses         INTEGER NOT NULL,
  optimal_presses INTEGER NOT NULL,
  corrections     INTEGER NOT NULL,
  ignored         INTEGER NOT NULL,
  alerts          INTEGER NOT NULL,
  overrides       INTEGER NOT NULL,
  interruptions   INTEGER NOT NULL,
  resumption_ns   INTEGER NOT NULL,
  critical        INTEGER NOT NULL,
  assisted        INTEGER NOT NULL,
  close_call      INTEGER NOT NULL,
  PRIMARY KEY (session, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE alert (
  session         INTEGER NOT NULL REFERENCES session (key),
  number          INTEGER NOT NULL,
  step            INTEGER NOT NULL,
  task            TEXT NOT NULL,
  at_ns           INTEGER NOT NULL,
  field           TEXT NOT NULL,
  limit_kind      TEXT NOT NULL,
  limit_value     TEXT NOT NULL,
  entered         TEXT NOT NULL,
  ratio           TEXT NOT NULL,
  answer          TEXT NOT NULL,
  reason          TEXT NOT NULL,
  final_value     TEXT NOT NULL,
  latency_ns      INTEGER NOT NULL,
  entry_was_wrong INTEGER NOT NULL,
  PRIMARY KEY (session, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE rating (
  session    INTEGER NOT NULL REFERENCES session (key),
  step       INTEGER NOT NULL,
  design     TEXT NOT NULL,
  condition  TEXT NOT NULL,
  instrument TEXT NOT NULL,
  item       TEXT NOT NULL,
  value      REAL NOT NULL,
  score      REAL,
  PRIMARY KEY (session, step, item)
) STRICT, WITHOUT ROWID;

-- What outsiders read. A change makes a _v2 beside them.
CREATE VIEW event_v1 AS
SELECT s.id AS session, s.participant, r.seq, r.at_ns, r.utc, r.task, r.kind, r.control, r.code, r.phase,
       r.value_before, r.value_after, r.answer, r.stamp
FROM record r JOIN session s ON s.key = r.session
WHERE r.seq > 1;

CREATE VIEW task_v1 AS
SELECT s.id AS session, s.participant, t.block, t.position, t.design, t.condition, t.task, t.practice, t.ordered,
       t.programmed, t.outcome, t.number_class, t.out_by_ten, t.started_ns, t.ended_ns, t.presses, t.optimal_presses,
       t.corrections, t.ignored, t.alerts, t.overrides, t.interruptions, t.resumption_ns
FROM task t JOIN session s ON s.key = t.session;

CREATE VIEW alert_v1 AS
SELECT s.id AS session, s.participant, a.task, a.at_ns, a.field, a.limit_kind, a.limit_value, a.entered, a.ratio,
       a.answer, a.reason, a.final_value, a.latency_ns, a.entry_was_wrong
FROM alert a JOIN session s ON s.key = a.session;
