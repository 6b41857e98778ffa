-- What an alert came upon; empty in rows of earlier programs until their outcomes are computed anew.
ALTER TABLE alert ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE alert ADD COLUMN channel TEXT NOT NULL DEFAULT '';
ALTER TABLE alert ADD COLUMN area TEXT NOT NULL DEFAULT '';
ALTER TABLE alert ADD COLUMN library TEXT NOT NULL DEFAULT '';
ALTER TABLE alert ADD COLUMN drug TEXT NOT NULL DEFAULT '';
ALTER TABLE alert ADD COLUMN therapy TEXT NOT NULL DEFAULT '';
ALTER TABLE alert ADD COLUMN concentration TEXT NOT NULL DEFAULT '';
ALTER TABLE alert ADD COLUMN weight_kg TEXT NOT NULL DEFAULT '';

-- alert_v2 and what was on the pump: with it the whole alert record of a smart pump. The task is the order's id.
CREATE VIEW alert_v3 AS
SELECT s.id AS session, s.participant, a.task, a.at_ns, a.device, a.channel, a.area, a.library, a.drug, a.therapy, a.concentration,
       a.weight_kg, a.field, a.limit_kind, a.limit_value, a.entered, a.ratio, a.answer, a.reason, a.final_value, a.latency_ns,
       a.entry_was_wrong, a.seen_ns,
       CASE WHEN a.answer <> '' AND a.seen_ns IS NOT NULL THEN a.at_ns + a.latency_ns - a.seen_ns END AS reaction_ns
FROM alert a JOIN session s ON s.key = a.session;
