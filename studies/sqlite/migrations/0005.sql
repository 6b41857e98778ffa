-- What is rare among the keys, and looked for by its kind: what the instrument found out about itself, what happened to the computer's
-- clocks, the experimenter's notes, when changes were seen.
CREATE INDEX record_rare ON record (kind) WHERE kind IN ('clock', 'note', 'quality', 'shown');
