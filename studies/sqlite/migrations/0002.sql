-- seal: the first 8 bytes of SHA-256 over a record's outputs and display, the projection that the hash chain does not cover. It
-- tells a damaged page from a sound one without a replay; NULL in records of version 1.
ALTER TABLE record ADD COLUMN seal BLOB;

-- A session that goes on here from another file: its records begin after these.
CREATE TABLE part (
  session INTEGER PRIMARY KEY REFERENCES session (key),
  seq     INTEGER NOT NULL,
  hash    BLOB NOT NULL,
  head    BLOB NOT NULL
) STRICT;

-- The last record of a session that is known to be on the disk, not only in the operating system's hands. A journal that ends
-- before it was cut off.
CREATE TABLE heartbeat (
  session INTEGER PRIMARY KEY REFERENCES session (key),
  seq     INTEGER NOT NULL,
  hash    BLOB NOT NULL,
  utc     TEXT NOT NULL
) STRICT;

-- What a session's rows in task, alert and rating hash to, to know them again.
CREATE TABLE outcome_seal (
  session INTEGER PRIMARY KEY REFERENCES session (key),
  hash    BLOB NOT NULL
) STRICT;
