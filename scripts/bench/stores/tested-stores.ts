import { execFileSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { POSTGRES, TestPostgres } from '../../../test/kit/postgres.ts'

/** A store that is measured. */
export interface MeasuredStore {
  name: string
  /** Clients work in one clone, or each in its own. */
  hasOneClone: boolean
  /** The settings of all clones of a new project. */
  newProject: () => Promise<object>
}

/** The stores that this machine has, and why others are missing. */
export async function openStores(): Promise<{
  stores: MeasuredStore[]
  missing: string[]
  close: () => Promise<void>
}> {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'redgreen-remote-')))
  // As an installation has it: what is committed is on disk.
  const server = POSTGRES === undefined ? undefined : await TestPostgres.start({ fsync: 'on' })
  let projects = 0
  const files = { name: 'files', hasOneClone: true, newProject: async () => ({}) }
  const git = {
    name: 'git',
    hasOneClone: false,
    async newProject() {
      const remote = path.join(folder, `${(projects += 1)}.git`)
      execFileSync('git', ['init', '-q', '--bare', remote])
      return { shared: { store: 'git', remote, project: 'bench' } }
    },
  }
  const postgres = server && {
    name: 'PostgreSQL',
    hasOneClone: false,
    async newProject() {
      const url = await server.database()
      return { shared: { store: 'postgres', url, project: 'bench' } }
    },
  }
  return {
    stores: [files, ...(postgres ? [postgres] : []), git],
    missing: postgres ? [] : ['PostgreSQL is missing: it is not installed.'],
    async close() {
      await server?.end()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
