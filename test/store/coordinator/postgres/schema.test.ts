import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { parseAddress } from '../../../../src/store/coordinator/postgres/address.ts'
import { DatabaseClock } from '../../../../src/store/coordinator/postgres/clock.ts'
import { Database } from '../../../../src/store/coordinator/postgres/database.ts'
import { prepareSchema } from '../../../../src/store/coordinator/postgres/migrate.ts'
import { MIGRATIONS } from '../../../../src/store/coordinator/postgres/schema.ts'
import { Transaction } from '../../../../src/store/coordinator/postgres/transaction.ts'
import { PASSWORD, POSTGRES, TestPostgres } from '../../../kit/postgres.ts'
import { give, ME, openStore, THEM } from '../../../kit/postgres-store.ts'
import { TestChain } from '../../../kit/shared-lines.ts'

let server: TestPostgres

const nameIn = (url: string) => url.slice(url.lastIndexOf('/') + 1)

async function beginning(url: string) {
  const database = await connections(url)
  return Transaction.open({ name: 'it', clone: 'one', database, clock: new DatabaseClock() })
}

async function connections(url: string): Promise<Database> {
  const database = await Database.open(parseAddress(url, undefined))
  onTestFinished(() => database.close())
  return database
}

describe.skipIf(POSTGRES === undefined)('the tables of a store in PostgreSQL', () => {
  beforeAll(async () => {
    server = await TestPostgres.start()
    await server.sql('postgres', `CREATE ROLE agent LOGIN PASSWORD '${PASSWORD}'`)
  }, 120_000)
  afterAll(() => server.end())

  it('are created once by servers that start at the same time', async () => {
    const url = await server.database()
    await Promise.all(Array.from({ length: 6 }, () => openStore(url)))
    expect(await server.sql(nameIn(url), 'SELECT * FROM redgreen.schema_version')).toEqual([
      { version: MIGRATIONS.length },
    ])
  })

  it('of a newer version are refused, by a server that was running before too', async () => {
    const url = await server.database()
    const store = await openStore(url)
    await server.sql(nameIn(url), 'UPDATE redgreen.schema_version SET version = 99')
    const update =
      'its tables are of version 99, and this redgreen-mcp knows only version 1; update'
    await expect(openStore(url)).rejects.toThrow(update)
    await expect(store.leases()).rejects.toThrow(update)
    await expect(store.readSince('stack', 0)).rejects.toThrow(update)
    await expect(store.append('stack', new TestChain().addition(0, 'a'))).rejects.toThrow(update)
    await server.sql(nameIn(url), 'UPDATE redgreen.schema_version SET version = 1')
    expect(await store.features()).toEqual([])
  })

  it('of an older version are changed, and a server that knows only those is then refused', async () => {
    const url = await server.database()
    const store = await openStore(url)
    await store.append('stack', new TestChain().addition(0, 'a'))
    const next = [...MIGRATIONS, 'ALTER TABLE redgreen.commits ADD COLUMN more text']
    const database = await connections(url)
    await Promise.all([prepareSchema(database, next), prepareSchema(database, next)])
    await expect(store.readSince('stack', 0)).rejects.toThrow('update redgreen-mcp')
    expect(await server.sql(nameIn(url), 'SELECT tip, more FROM redgreen.commits')).toHaveLength(1)
  })

  it('stay as they are if a change fails', async () => {
    const url = await server.database()
    await openStore(url)
    const next = [...MIGRATIONS, 'CREATE TABLE redgreen.half (); SELECT 1/0']
    await expect(prepareSchema(await connections(url), next)).rejects.toThrow('division by zero')
    expect((await openStore(url)).project).toContain('owner/stack')
  })

  it('are not created by a role that may not; the message has the command that allows it', async () => {
    const name = nameIn(await server.database())
    const agent = server.url(name, { user: 'agent' })
    await expect(openStore(agent)).rejects.toThrow(`"GRANT CREATE ON DATABASE ${name} TO agent"`)
    await server.sql(name, `GRANT CREATE ON DATABASE ${name} TO agent`)
    await openStore(agent)
    await expect(openStore(server.url(name))).rejects.toThrow('lacks rights')
    const other = nameIn(await server.database())
    await server.sql(other, 'CREATE SCHEMA redgreen AUTHORIZATION agent')
    await give(await openStore(server.url(other, { user: 'agent' })), ME)
  })

  it('are used by a role that only has the rights of the documentation', async () => {
    const url = await server.database()
    await openStore(url)
    const agent = server.url(nameIn(url), { user: 'agent' })
    await expect(openStore(agent)).rejects.toThrow(
      'the role agent lacks rights in the schema redgreen',
    )
    const [usage = '', select = '', execute = ''] = RIGHTS
    await server.sql(nameIn(url), usage + select)
    await expect(give(await openStore(agent), ME)).rejects.toThrow('lacks rights')
    await server.sql(nameIn(url), execute)
    const store = await openStore(agent)
    await give(store, ME)
    const fence = { feature: 'stack', task: 'T1', by: ME, table: await store.leases() }
    expect(await store.append('stack', { ...new TestChain().addition(0, 'a'), fence })).toBe(1)
    expect((await store.readSince('stack', 0)).commits).toHaveLength(1)
    for (const statement of [...CHANGES, ...FORGED]) {
      await expect(run(agent, statement)).rejects.toThrow('lacks rights')
    }
    const next = [...MIGRATIONS, 'SELECT 1']
    await expect(prepareSchema(await connections(agent), next)).rejects.toThrow(
      'its tables are of version 1, and the role agent may not change them',
    )
  })

  it('have rights that the documentation names', () => {
    const page = readFileSync('docs/shared-store.md', 'utf8')
    for (const right of RIGHTS) expect(page).toContain(right.replace('agent', 'redgreen_agents'))
  })

  it('keep every line, also if their owner or an administrator tries to change one', async () => {
    const url = await server.database()
    const store = await openStore(url)
    await store.append('stack', new TestChain().addition(0, 'a'))
    for (const statement of CHANGES) {
      await expect(run(url, statement)).rejects.toThrow('can only be added to')
      const always = `SET session_replication_role = replica; ${statement}`
      await expect(server.sql(nameIn(url), always)).rejects.toThrow('can only be added to')
    }
    expect((await store.readSince('stack', 0)).commits).toHaveLength(1)
  })

  it('work whatever a role or a database has as defaults', async () => {
    const url = await server.database()
    const name = nameIn(url)
    const defaults = {
      default_transaction_read_only: 'on',
      default_transaction_isolation: 'serializable',
      synchronous_commit: 'off',
      search_path: 'evil',
      standard_conforming_strings: 'off',
      datestyle: 'German',
    }
    for (const [setting, value] of Object.entries(defaults))
      await server.sql('postgres', `ALTER DATABASE ${name} SET ${setting} = '${value}'`)
    await server.sql('postgres', `ALTER DATABASE ${name} SET bytea_output = 'escape'`)
    const project = String.raw`it's \ "ä"`
    const [store, other] = [await openStore(url, { project }), await openStore(url, { project })]
    await Promise.all([give(store, ME, 'T1'), store.leases()])
    await Promise.all([store, other].map(one => one.withTurn(turn => give(turn, THEM, 'T2'))))
    const { connection } = await beginning(url)
    const { rows } = await connection.query('SHOW synchronous_commit')
    expect(rows).toEqual([{ synchronous_commit: 'on' }])
    connection.release()
    expect((await other.leases()).number).toBe(3)
    expect(await store.append('stack', new TestChain().addition(0, 'a'))).toBe(1)
  })

  it('are unchanged after a failed statement, and the end of the transaction says so', async () => {
    const url = await server.database()
    await openStore(url)
    const { connection, transaction } = await beginning(url)
    await expect(connection.query('SELECT 1/0')).rejects.toThrow('division by zero')
    await expect(transaction.commit()).rejects.toThrow('the database undid the changes')
    connection.release()
  })

  it('with something that redgreen did not write are refused', async () => {
    const url = await server.database()
    const store = await openStore(url)
    await store.append('stack', new TestChain().addition(0, 'a'))
    await server.sql(nameIn(url), `UPDATE redgreen.projects SET leases = '{"x": 1}'`)
    await expect(store.leases()).rejects.toThrow('did not write')
    const path = `INSERT INTO redgreen.commits (project, feature, version, file, seq, prev, lines, tip, clone, branch)
      VALUES (1, 'stack', 2, '../../x.jsonl', 0, '', '{}', '', '', '')`
    await server.sql(nameIn(url), path)
    await expect(store.readSince('stack', 0)).rejects.toThrow('did not write')
  })
})

const CHANGES = [
  `UPDATE redgreen.commits SET tip = ''`,
  'DELETE FROM redgreen.commits',
  'TRUNCATE redgreen.commits',
]

const FORGED = [
  'UPDATE redgreen.projects SET lease_number = 0',
  `INSERT INTO redgreen.projects (name) VALUES ('x')`,
  'DELETE FROM redgreen.lease_changes',
  'UPDATE redgreen.features SET version = 0',
]

/** As in docs/shared-store.md. */
const RIGHTS = [
  'GRANT USAGE ON SCHEMA redgreen TO agent;',
  'GRANT SELECT ON ALL TABLES IN SCHEMA redgreen TO agent;',
  'GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA redgreen TO agent;',
]

async function run(url: string, statement: string): Promise<void> {
  await (await connections(url)).read(statement, [])
}
