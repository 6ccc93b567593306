import { describe, expect, it } from 'vitest'
import { connect } from '../kit/assistant.ts'
import { hostileClone, PRIVATE, SHIPPED } from '../kit/hostile-clone.ts'
import { projectAt } from '../kit/project.ts'

const ID = '0123456789ab'

const TOOLS: [string, Record<string, unknown>][] = [
  ...`spec plan tasks progress evidence validation runs/${ID} specs/001-stack/tasks.md ../outside/kept nothing`
    .split(' ')
    .map((document): [string, Record<string, unknown>] => ['read_document', { document }]),
  ['next_task', {}],
  ['record_red', { task: 'T001', tests: ['a.test.js'] }],
  ['record_green', { task: 'T001' }],
  ['mark_complete', { task: 'T001', refactor: 'nothing to do' }],
  ['run_validation', {}],
  ['report_failure', { task: 'T001', error: 'no' }],
]

const RESOURCES =
  `spec plan tasks progress validation evidence/T001 runs/${ID} screenshots/${ID}-1-home.png`
    .split(' ')
    .map(name => `redgreen://active/${name}`)

describe('a server in a fresh clone of a hostile repository', () => {
  it('serves and changes nothing outside of it, whatever the repository ships', async () => {
    const there = hostileClone(Object.keys(SHIPPED))
    const before = there.around()
    const { client, call } = await connect(there.clone, { env: there.env })
    const failures: string[] = []
    for (const shipped of Object.keys(SHIPPED)) {
      there.show(shipped)
      for (const [tool, input] of TOOLS) {
        if (tool === 'record_green' && !shipped.includes('src'))
          projectAt(there.clone).write('src/a.js', 'export const one = 1\n')
        const { text, data } = await call(tool, input)
        if (`${text}${JSON.stringify(data)}`.includes(PRIVATE)) failures.push(`${shipped}: ${tool}`)
        if (text.startsWith('[fault]')) failures.push(`${shipped}: ${tool}: ${text}`)
      }
      for (const uri of RESOURCES) {
        const read = await client.readResource({ uri }).catch(String)
        if (JSON.stringify(read).includes(PRIVATE)) failures.push(`${shipped}: ${uri}`)
      }
      expect([shipped, there.around()]).toEqual([shipped, before])
    }
    expect(failures).toEqual([])
  }, 300_000)
})
