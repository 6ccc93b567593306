import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { GENESIS, sealLine } from '../../../src/evidence/chain.ts'
import { cloneId } from '../../../src/store/coordinator/clone-id.ts'
import type { PostgresCoordinator } from '../../../src/store/coordinator/postgres/postgres-coordinator.ts'
import { checkedOut } from '../../../src/store/git-folder.ts'
import { parseJson } from '../../../src/plan/parse-json.ts'
import { stateOf } from '../../../src/store/state.ts'
import { POSTGRES, TestPostgres } from '../../kit/postgres.ts'
import { nextProject, openStore } from '../../kit/postgres-store.ts'
import { parseRange } from '../../../src/workflow/verify/accepted-missing.ts'
import { recordedFeature, type RecordedFeature } from '../../kit/recorded-feature.ts'
import { checkedBy } from '../../kit/witness.ts'

const PLAN = '## Phase 1: Core\n- [ ] T001 one\n- [ ] T002 two\n'
const KEY = '001-stack'
const HONEST = { findings: [], notes: [] }

let server: TestPostgres
let database: string
let url: string
let store: PostgresCoordinator
let project: RecordedFeature

const ledgerOf = ({ root }: RecordedFeature) => path.join(root, '.redgreen/ledger', KEY)
const linesIn = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n')
const chainsOf = (one: RecordedFeature) =>
  readdirSync(ledgerOf(one)).map(name => path.join(ledgerOf(one), name))
const write = (file: string, lines: readonly string[]) =>
  writeFileSync(file, lines.map(line => `${line}\n`).join(''))

/** Adds to the database what is new in a ledger, a commit for each line. */
async function share(one: RecordedFeature, branch = 'work'): Promise<void> {
  for (const file of chainsOf(one)) {
    const known = (await store.readSince(KEY, 0)).commits
    const name = path.basename(file)
    const length = known.filter(commit => commit.file === name).length
    for (const [at, line] of linesIn(file).entries()) {
      if (at < length) continue
      const { prev, hash } = Object(parseJson(line))
      const { version } = await store.readSince(KEY, 0)
      const place = { format: 1, file: name, offset: 0, prev, seq: at, branch } as const
      await store.append(KEY, { after: version, commit: { ...place, lines: [line], tip: hash } })
    }
  }
}

describe.skipIf(POSTGRES === undefined)('a ledger, compared with the database of its store', () => {
  beforeAll(async () => {
    server = await TestPostgres.start()
    database = await server.database()
  }, 120_000)
  afterAll(() => server.end())
  beforeEach(async () => {
    const name = nextProject()
    store = await openStore(database, { project: name })
    url = `${database}?project=${name}`
    project = recordedFeature(PLAN, { '.redgreen/.gitignore': 'local/\n' })
    project.prove('T001')
    await share(project)
  })

  it('has no finding if it is honest', async () => {
    expect(await checkedBy(project, { url })).toEqual(HONEST)
  })

  it('has a finding if it was rewritten with valid hashes', async () => {
    const [file = ''] = chainsOf(project)
    let prev = GENESIS
    const forged = linesIn(file).map((line, at) => {
      const { hash: _, ...body } = Object(parseJson(line))
      const sealed = sealLine({ ...body, by: 'forger' }, { seq: at + 1, prev })
      prev = Object(parseJson(sealed)).hash
      return sealed
    })
    write(file, forged)
    const { findings } = await checkedBy(project, { url })
    expect(findings.join('\n')).toContain('is not the one that the database got at')
  })

  it('has a finding if it has lines that the database does not have', async () => {
    project.prove('T002')
    const { findings } = await checkedBy(project, { url })
    expect(findings.join('\n')).toMatch(/The database does not have 4 events of this ledger/)
  })

  it('has a finding if a chain is missing without which the same clone went on', async () => {
    const [first = ''] = chainsOf(project)
    write(first, linesIn(first).slice(0, 1))
    project.prove('T002')
    write(first, [])
    rmSync(first)
    await share(project)
    const { findings } = await checkedBy(project, { url })
    expect(findings.join('\n')).toMatch(
      /The database got \d events .* that this ledger does not have/,
    )
  })

  it('has a note if lines at its end are missing, which another clone may have added', async () => {
    const [file = ''] = chainsOf(project)
    write(file, linesIn(file).slice(0, -1))
    const { findings, notes } = await checkedBy(project, { url })
    expect(notes.join('\n')).toContain('The database got 1 event')
    expect(findings.join('\n')).not.toContain('database')
  })

  it('has a finding if lines of this clone and branch are missing at its end', async () => {
    const name = nextProject()
    const state = stateOf(project)
    store = await openStore(database, { project: name, clone: cloneId(state) })
    await share(project, checkedOut(project.root))
    const [file = ''] = chainsOf(project)
    write(file, linesIn(file).slice(0, -1))
    const { findings } = await checkedBy(project, { url: `${database}?project=${name}` })
    expect(findings.join('\n')).toContain('although the ledger of this branch had them')
  })

  it('has a note instead of that finding if the person who verifies names the events that are lost', async () => {
    const name = nextProject()
    store = await openStore(database, { project: name, clone: cloneId(stateOf(project)) })
    await share(project, checkedOut(project.root))
    const [file = ''] = chainsOf(project)
    const lines = linesIn(file)
    write(file, lines.slice(0, -2))
    const place = { url: `${database}?project=${name}` }
    const missing = (findings: string[]) =>
      findings.filter(text => text.includes('The database got'))
    const { findings } = await checkedBy(project, place)
    const option = /accept-missing (\S+);/.exec(findings.join('\n'))?.[1] ?? ''
    expect(option).toBe(`${path.basename(file, '.jsonl')}:${lines.length - 1}-${lines.length}`)
    const accepted = [parseRange(option)].flatMap(range => range ?? [])
    const after = await checkedBy(project, { ...place, accepted })
    expect(missing(after.findings)).toEqual([])
    expect(missing(after.notes)).toEqual([
      expect.stringMatching(/got 2 events .* --accept-missing names them/),
    ])
    // What is cut off later is a finding again.
    write(file, lines.slice(0, -3))
    const more = missing((await checkedBy(project, { ...place, accepted })).findings)
    expect(more).toEqual([expect.stringContaining('The database got 1 event')])
  })

  it('shows nothing if the database cannot be asked, and says why', async () => {
    const without = await checkedBy(project, { url: database })
    expect(without.findings).toEqual([expect.stringContaining('Name the project')])
    const none = await checkedBy(project, { url: `${database}?project=none` })
    expect(none.findings).toEqual([expect.stringContaining('no lines of the project none')])
    const wrong = server.url('db1', { password: 'hunter2' })
    const refused = await checkedBy(project, { url: `${wrong}?project=x` })
    expect(refused.findings).toEqual([expect.stringContaining('does not accept the role')])
    expect(refused.findings.join()).not.toContain('hunter2')
  })

  it('shows nothing if the tables themselves were changed', async () => {
    await server.sql(
      'db1',
      `ALTER TABLE redgreen.commits DISABLE TRIGGER only_added;
       UPDATE redgreen.commits SET lines = ARRAY[replace(lines[1], 'T001', 'T002')];
       ALTER TABLE redgreen.commits ENABLE ALWAYS TRIGGER only_added`,
    )
    const { findings } = await checkedBy(project, { url })
    expect(findings.join('\n')).toContain('is damaged: its hash does not fit its content')
  })
})
