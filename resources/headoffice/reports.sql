-- What reporting tools read: views over the hub's tables, in the schema "report". They are made again at every start of
-- the service. Columns are only ever added at the end, so that a report that works goes on working.
--
-- Give a tool a login of its own that reads these and nothing else:
--     CREATE ROLE reports LOGIN PASSWORD '…';
--     GRANT USAGE ON SCHEMA report TO reports;
--     GRANT SELECT ON ALL TABLES IN SCHEMA report TO reports;
--
-- Practice cases are in none of them. A case of abuse at home is called "Welfare", as on every list. Days are London's.

CREATE OR REPLACE FUNCTION report.day(value text) RETURNS date LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF length(value) = 24 THEN
        RETURN (value::timestamptz AT TIME ZONE 'Europe/London')::date;
    END IF;
    RETURN value::date;
EXCEPTION WHEN others THEN
    RETURN NULL; -- laptops may write what is no day: it is shown nowhere, and hides nothing else
END $$;

CREATE OR REPLACE FUNCTION report.moment(value text) RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN value::timestamptz;
EXCEPTION WHEN others THEN
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION report.part(value json, name text) RETURNS json LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN value -> name;
EXCEPTION WHEN others THEN
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION report.today() RETURNS date LANGUAGE sql STABLE AS
    $$ SELECT (now() AT TIME ZONE 'Europe/London')::date $$;

CREATE OR REPLACE VIEW report.cases AS
SELECT c.id AS case_id, l.reference, l.title, c.stream, c.category, c.status, l.band AS level,
    c.officer AS officer_id, m.name AS officer, c.team, l.address,
    report.day(c.opened) AS opened_on, report.day(c.closed) AS closed_on, c.close_reason,
    report.moment(l.updated) AS updated_at, report.day(l.next_due) AS next_due_on, l.next_code AS next_duty,
    coalesce(l.due_count, 0) AS duties_open
FROM desk.cases c
LEFT JOIN desk.case_line l ON l."case" = c.id
LEFT JOIN desk.members m ON m.id = c.officer
WHERE c.struck IS NULL AND c.practice IS NOT TRUE;
COMMENT ON VIEW report.cases IS
    'One line for each case. level: standard, medium or high; empty before an assessment. status: open or closed.';

CREATE OR REPLACE VIEW report.duties AS
SELECT d."case" AS case_id, c.reference, d.code AS duty, d.theme, report.day(d.arose) AS arose_on,
    report.day(d.due_on) AS due_on, report.day(d.met_on) AS met_on, report.day(d.written) AS written_late_on,
    d.state, d.state = 'open' AND report.day(d.due_on) < report.today() AS overdue,
    d.waived AS waived_by, d.why, d.source, d.officer AS officer_id, m.name AS officer, d.key
FROM desk.due d
JOIN report.cases c ON c.case_id = d."case"
LEFT JOIN desk.members m ON m.id = d.officer;
COMMENT ON VIEW report.duties IS
    'What is owed and was. state: open, met, met_late or waived. written_late_on: the day it was written down, where late.';

CREATE OR REPLACE VIEW report.incidents AS
SELECT r.id AS report_id, c.case_id, c.reference, report.moment(r.received) AS received_at,
    report.day(r.received) AS received_on, r.channel, r.behaviours, r.serious,
    r.hate IS NOT NULL AS perceived_as_hate, report.part(r.hate, 'strands') AS hate_strands,
    coalesce(r.hate_signs, false) AS signs_of_hate, r.same_as IS NOT NULL AS more_of_another, r.place
FROM desk.reports r
JOIN report.cases c ON r.file = 'case/' || c.case_id
WHERE r.struck IS NULL;
COMMENT ON VIEW report.incidents IS
    'Each report a resident made, without their words. behaviours, serious and hate_strands are lists of codes.';

CREATE OR REPLACE VIEW report.contacts AS
SELECT k.id AS contact_id, c.case_id, c.reference, report.moment(k.at) AS at, k.direction, k.method,
    k.made IS NOT FALSE AS made, k.answered IS TRUE AS answered, k.dissatisfied IS TRUE AS dissatisfied
FROM desk.contacts k
JOIN report.cases c ON k.file = 'case/' || c.case_id
WHERE k.struck IS NULL;
COMMENT ON VIEW report.contacts IS 'Each contact made or tried, either way, without its note.';

CREATE OR REPLACE VIEW report.officers AS
SELECT c.officer_id, max(c.officer) AS officer, count(*) FILTER (WHERE c.status = 'open') AS open_cases,
    count(*) FILTER (WHERE c.status = 'open' AND c.level = 'high') AS open_high,
    coalesce(sum(d.overdue), 0)::bigint AS overdue_duties,
    count(*) FILTER (WHERE c.status = 'open' AND c.updated_at < now() - interval '14 days') AS silent_cases
FROM report.cases c
LEFT JOIN (SELECT case_id, count(*) FILTER (WHERE overdue) AS overdue FROM report.duties GROUP BY case_id) d
    ON d.case_id = c.case_id
GROUP BY c.officer_id;
COMMENT ON VIEW report.officers IS 'Each officer''s load. silent_cases: open, and nothing happened for fourteen days.';

CREATE OR REPLACE VIEW report.teams AS
SELECT coalesce(c.team, '') AS team, count(*) FILTER (WHERE c.status = 'open') AS open_cases,
    count(*) FILTER (WHERE c.status = 'open' AND c.level = 'high') AS open_high,
    count(*) FILTER (WHERE c.status = 'open' AND c.officer_id IS NULL) AS nobodys,
    count(DISTINCT c.officer_id) FILTER (WHERE c.status = 'open') AS officers,
    coalesce(sum(d.overdue), 0)::bigint AS overdue_duties
FROM report.cases c
LEFT JOIN (SELECT case_id, count(*) FILTER (WHERE overdue) AS overdue FROM report.duties GROUP BY case_id) d
    ON d.case_id = c.case_id
GROUP BY 1;
COMMENT ON VIEW report.teams IS
    'Each team''s load, beside how many officers carry it. nobodys: open cases of the team that no officer was given.';

CREATE OR REPLACE VIEW report.turnaround AS
SELECT case_id, reference, duty, arose_on, due_on, met_on, coalesce(met_on, report.today()) - arose_on AS days,
    state, overdue, officer_id, officer
FROM report.duties
WHERE duty IN ('police_question', 'agency_request', 'agency_chase', 'agency_update');
COMMENT ON VIEW report.turnaround IS
    'How long agencies waited for us, and we for them: each question and update, with the days it took, or has taken.';

CREATE OR REPLACE VIEW report.months AS
SELECT date_trunc('month', opened_on)::date AS month, stream, count(*) AS opened,
    count(*) FILTER (WHERE status = 'closed') AS since_closed
FROM report.cases WHERE opened_on IS NOT NULL
GROUP BY 1, 2;
COMMENT ON VIEW report.months IS 'Cases opened in each month, by type of case, and how many of those are closed now.';

CREATE OR REPLACE VIEW report.conflicts AS
SELECT f.kind, f.id AS record_id, f.field, json_array_length(f.heads) AS answers
FROM desk.conflict f;
COMMENT ON VIEW report.conflicts IS 'Where laptops differ and nobody has decided yet: which record and field, how many answers.';

CREATE OR REPLACE VIEW report.set_aside AS
SELECT e.n AS entry, s.device, s.member AS member_id, e.file, a.why
FROM desk.set_aside a JOIN desk.entry e ON e.n = a.n JOIN desk.session s ON s.n = e.session;
COMMENT ON VIEW report.set_aside IS 'Entries that are kept and have no effect, and why: beyond the writer''s role, or misshapen.';

CREATE OR REPLACE VIEW report.laptops AS
SELECT d.device, max(report.moment(m.at)) AS last_here, max(o.number) AS last_segment,
    max(report.moment(o.received_at)) AS last_sent, count(o.n) FILTER (WHERE o.forked) AS numbers_used_twice,
    coalesce(max(b.locked), 0) AS locked_blocks, coalesce(max(b.refused), 0) AS refused_blocks
FROM (SELECT device FROM depot.met UNION SELECT substr(area, 5) FROM depot.area WHERE area LIKE 'dev/%') d
LEFT JOIN depot.met m ON m.device = d.device
LEFT JOIN depot.object o ON o.area = 'dev/' || d.device
LEFT JOIN (SELECT device, count(*) FILTER (WHERE state = 'locked') AS locked,
        count(*) FILTER (WHERE state = 'refused') AS refused FROM desk.block GROUP BY device) b ON b.device = d.device
GROUP BY d.device;
COMMENT ON VIEW report.laptops IS
    'Each laptop: when it was last here, what it sent last, and what of it the hub could not open or read.';

CREATE OR REPLACE VIEW report.own_records AS
SELECT r.id AS record_id, r.register, report.part(r.answers, 'what') #>> '{}' AS what,
    report.part(r.answers, 'number') #>> '{}' AS version,
    report.day(coalesce(report.part(r.answers, 'since') #>> '{}', r.at)) AS since,
    report.day(report.part(r.answers, 'again') #>> '{}') AS look_again_by,
    NOT EXISTS (SELECT FROM desk.register_entries n WHERE n.follows = r.id AND n.struck IS NULL) AS stands, r.answers
FROM desk.register_entries r
WHERE r.struck IS NULL;
COMMENT ON VIEW report.own_records IS
    'Policies and their versions, training, reviews. stands: no later line has taken its place.';
