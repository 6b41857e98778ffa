-- What a session came to as the program keeps it for itself, whole: the tables task, alert and rating are what outsiders read of it.
-- seq is how many records it was computed from, program which program computed it, result its JSON, whole the first 16 bytes of SHA-256
-- over that. NULL in rows of version 2: they are computed anew.
ALTER TABLE outcome_seal ADD COLUMN seq INTEGER;
ALTER TABLE outcome_seal ADD COLUMN program TEXT;
ALTER TABLE outcome_seal ADD COLUMN result BLOB;
ALTER TABLE outcome_seal ADD COLUMN whole BLOB;
