import { FUNCTIONS } from './functions.ts'

/**
 * What the shared store has in a database, in the schema `redgreen`. Each text brings it from one version to the next; a text that was
 * released never changes. All decisions are made by functions that run with the rights of the owner. So the account of an agent needs no
 * right to change a table, and cannot leave out a check.
 */
const TABLES = `
-- The schema may exist already, for a role that may not create one.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'redgreen') THEN
    CREATE SCHEMA redgreen;
  END IF;
END $$;

CREATE TABLE redgreen.schema_version (version integer NOT NULL);

CREATE TABLE redgreen.projects (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE,
  lease_number integer NOT NULL DEFAULT 0,
  leases text NOT NULL DEFAULT '{}',
  -- Changes of leases up to this number are no longer in lease_changes.
  pruned integer NOT NULL DEFAULT 0
);

-- Who got a lease with which change. A decision is refused because of a lease that has ended meanwhile, too.
CREATE TABLE redgreen.lease_changes (
  project integer NOT NULL REFERENCES redgreen.projects,
  number integer NOT NULL,
  key text NOT NULL,
  holder text NOT NULL,
  token integer NOT NULL,
  by_human boolean NOT NULL,
  PRIMARY KEY (project, key, number)
);

CREATE TABLE redgreen.features (
  project integer NOT NULL REFERENCES redgreen.projects,
  name text NOT NULL,
  version integer NOT NULL,
  PRIMARY KEY (project, name)
);

-- The lines of all chains. Rows are only ever added.
CREATE TABLE redgreen.commits (
  project integer NOT NULL REFERENCES redgreen.projects,
  feature text NOT NULL,
  version integer NOT NULL,
  file text NOT NULL,
  seq integer NOT NULL,
  prev text NOT NULL,
  lines text[] NOT NULL,
  tip text NOT NULL,
  marks text,
  attached text,
  clone text NOT NULL,
  branch text NOT NULL,
  account text NOT NULL DEFAULT session_user,
  added timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (project, feature, version),
  UNIQUE (project, feature, file, seq)
);

CREATE FUNCTION redgreen.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'redgreen.commits can only be added to';
END $$;

CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON redgreen.commits
  FOR EACH STATEMENT EXECUTE FUNCTION redgreen.refuse_change();
ALTER TABLE redgreen.commits ENABLE ALWAYS TRIGGER only_added;
`

/** The texts in order; the number of a version is the number of texts that lead to it. */
export const MIGRATIONS: readonly string[] = [`${TABLES}${FUNCTIONS}`]
