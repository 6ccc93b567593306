/** A function of the database that works with the rights of its owner, whatever the caller has put on the search path. */
const AS_OWNER = 'LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp'

/** How many changes of leases are kept at least. A decision that is based on older leases is made again. */
const KEPT_CHANGES = 1000

/** Waits until no other server decides about the project; the transaction keeps the lock. */
const LOCK = `
CREATE FUNCTION redgreen.lock(project_name text)
RETURNS TABLE (schema_version integer, lease_number integer, leases text, clock float8)
${AS_OWNER} AS $$
BEGIN
  PERFORM FROM redgreen.projects p WHERE p.name = project_name FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO redgreen.projects (name) VALUES (project_name) ON CONFLICT DO NOTHING;
    PERFORM FROM redgreen.projects p WHERE p.name = project_name FOR UPDATE;
  END IF;
  RETURN QUERY
    SELECT v.version, p.lease_number, p.leases, (extract(epoch FROM clock_timestamp()) * 1000)::float8
    FROM redgreen.projects p, redgreen.schema_version v WHERE p.name = project_name;
END $$;
`

/** Replaces the leases if they are still those with the expected number. The entries of changed keys come as arrays beside the text. */
const CHANGE_LEASES = `
CREATE FUNCTION redgreen.change_leases(
  project_name text, expected integer, new_leases text,
  changed_keys text[], new_holders text[], new_tokens integer[], by_humans boolean[]
) RETURNS boolean
${AS_OWNER} AS $$
DECLARE
  known redgreen.projects;
  next integer := expected + 1;
  oldest integer := next - ${KEPT_CHANGES};
BEGIN
  SELECT * INTO known FROM redgreen.projects p WHERE p.name = project_name FOR UPDATE;
  IF NOT FOUND OR known.lease_number <> expected THEN
    RETURN false;
  END IF;
  INSERT INTO redgreen.lease_changes (project, number, key, holder, token, by_human)
    SELECT known.id, next, * FROM unnest(changed_keys, new_holders, new_tokens, by_humans);
  IF oldest > known.pruned + ${KEPT_CHANGES / 10} THEN
    DELETE FROM redgreen.lease_changes c WHERE c.project = known.id AND c.number <= oldest;
  ELSE
    oldest := known.pruned;
  END IF;
  UPDATE redgreen.projects p SET lease_number = next, leases = new_leases, pruned = oldest WHERE p.id = known.id;
  PERFORM pg_notify('redgreen', encode(sha256(convert_to(project_name, 'UTF8')), 'hex'));
  RETURN true;
END $$;
`

/** Adds the lines of one decision, or returns what it was overtaken by. */
const APPEND = `
CREATE FUNCTION redgreen.append(
  project_name text, feature_name text, after integer, chain_file text, chain_seq integer, chain_prev text,
  new_lines text[], new_tip text, marked text, attached_files text, from_clone text, from_branch text,
  fence_key text, fence_holder text, fence_number integer, fence_token integer
) RETURNS text
${AS_OWNER} AS $$
DECLARE
  known redgreen.projects;
  latest integer;
  last_seq integer;
  last_tip text;
BEGIN
  SELECT * INTO known FROM redgreen.projects p WHERE p.name = project_name FOR UPDATE;
  IF NOT FOUND THEN
    RETURN 'no project';
  END IF;
  SELECT f.version INTO latest FROM redgreen.features f WHERE f.project = known.id AND f.name = feature_name;
  IF coalesce(latest, 0) <> after THEN
    RETURN 'other lines';
  END IF;
  IF fence_key IS NOT NULL AND (known.lease_number < fence_number OR known.pruned > fence_number OR EXISTS (
    SELECT FROM redgreen.lease_changes c
    WHERE c.project = known.id AND c.key = fence_key AND c.number > fence_number
      AND c.token IS DISTINCT FROM fence_token AND (c.holder <> fence_holder OR c.by_human)
  )) THEN
    RETURN 'another holder';
  END IF;
  SELECT c.seq + cardinality(c.lines), c.tip INTO last_seq, last_tip FROM redgreen.commits c
    WHERE c.project = known.id AND c.feature = feature_name AND c.file = chain_file ORDER BY c.seq DESC LIMIT 1;
  IF coalesce(last_seq, 0) <> chain_seq OR coalesce(last_tip, repeat('0', 64)) <> chain_prev THEN
    RETURN 'another chain';
  END IF;
  INSERT INTO redgreen.commits (project, feature, version, file, seq, prev, lines, tip, marks, attached, clone, branch)
    VALUES (known.id, feature_name, after + 1, chain_file, chain_seq, chain_prev, new_lines, new_tip, marked, attached_files, from_clone, from_branch);
  INSERT INTO redgreen.features (project, name, version) VALUES (known.id, feature_name, after + 1)
    ON CONFLICT (project, name) DO UPDATE SET version = after + 1;
  PERFORM pg_notify('redgreen', encode(sha256(convert_to(project_name, 'UTF8')), 'hex'));
  RETURN 'added';
END $$;
`

export const FUNCTIONS = `${LOCK}${CHANGE_LEASES}${APPEND}
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA redgreen FROM PUBLIC;
`
