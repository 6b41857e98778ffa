-- When the first picture that showed an alert was handed to the screen, since the session's start; NULL where nobody knows: in
-- sessions without a window and in those of older programs.
ALTER TABLE alert ADD COLUMN seen_ns INTEGER;

-- alert_v1, and the reaction from seen to pressed; NULL without an answer or where it is not known when the alert was seen.
CREATE VIEW alert_v2 AS
SELECT s.id AS session, s.participant, a.task, a.at_ns, a.field, a.limit_kind, a.limit_value, a.entered, a.ratio,
       a.answer, a.reason, a.final_value, a.latency_ns, a.entry_was_wrong, a.seen_ns,
       CASE WHEN a.answer <> '' AND a.seen_ns IS NOT NULL THEN a.at_ns + a.latency_ns - a.seen_ns END AS reaction_ns
FROM alert a JOIN session s ON s.key = a.session;
