import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import initSqlJs from 'sql.js/dist/sql-wasm-inline.js'
import { describe, expect, it } from 'vitest'
import { connect, type Answer } from '../../kit/assistant.ts'
import { makeProject } from '../../kit/project.ts'

const DIR = '.specify/specs/f-7-retry'

describe('the tasks of SpecFlow', () => {
  it('have to be approved by a human, whatever the phase in the database', async () => {
    const answer = await next('tasks', undefined)
    expect(answer.code).toBe('not_approved')
    expect(answer.text).toContain('Nobody has approved the tasks of F-7.')
  })

  it('are approved by the phase if the settings say so', async () => {
    expect((await next('tasks', 'phase')).data).toHaveProperty('task.id', 'T-1.1')
    expect((await next('implement', 'phase')).data).toHaveProperty('task.id', 'T-1.1')
  })

  it('are not approved by an earlier phase, nor by the pointer file of the playbook', async () => {
    expect((await next('plan', 'phase')).text).toContain('specflow tasks F-7')
    expect((await next(undefined, 'phase')).code).toBe('not_approved')
  })
})

/** Asks for the first task of a workspace in which SpecFlow's database has the feature in this phase. */
async function next(phase: string | undefined, required: string | undefined): Promise<Answer> {
  const project = makeProject({
    [`${DIR}/spec.md`]: '# Spec\n',
    [`${DIR}/plan.md`]: '# Plan\n',
    [`${DIR}/tasks.md`]: '- [ ] **T-1.1** Counter [T]\n  - File: `src/counter.js`\n',
    '.maestro/CURRENT_FEATURE.md': '- **Feature ID:** F-7\n- **Phase:** tasks\n',
    ...(required !== undefined && {
      'redgreen.config.json': JSON.stringify({ approval: { required } }),
    }),
  })
  if (phase !== undefined) {
    const { Database } = await initSqlJs()
    const database = new Database(new Uint8Array())
    database.exec('CREATE TABLE features (id TEXT, status TEXT, phase TEXT, spec_path TEXT)')
    database.exec(`INSERT INTO features VALUES ('F-7', 'pending', '${phase}', '${DIR}')`)
    mkdirSync(path.join(project.root, '.specflow'))
    writeFileSync(path.join(project.root, '.specflow/features.db'), database.export())
    database.close()
  }
  const assistant = await connect(project.root)
  return assistant.call('next_task')
}
