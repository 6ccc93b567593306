import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { describe, expect, it } from 'vitest'
import { readDocument } from '../../../src/workflow/read-document.ts'
import { callAt } from '../../kit/call.ts'
import { TASKS } from '../../kit/project.ts'
import { recordedFeature } from '../../kit/recorded-feature.ts'

const IDS = Array.from({ length: 12 }, (_, at) => `T${101 + at}`)
const LINES = IDS.map(id => `- [ ] ${id} Add the function of ${id} in src/${id}.js`)
const PLAN = `## Core\n${LINES.join('\n')}\n- [ ] T200 Describe it in docs/api.md\n`
const COUNTS = { passed: 1, failed: 2, skipped: 0, errored: 0 }

function twelveTasks() {
  const feature = recordedFeature(PLAN)
  for (const id of IDS) feature.prove(id, { red: { counts: COUNTS } })
  const read = async (document: string) =>
    (await readDocument(callAt(feature.root), { document })).text
  return { feature, read }
}

describe('the document `evidence`', () => {
  it('has two lines for each task, and fewer than 1,200 tokens after twelve of them', async () => {
    const { read } = twelveTasks()
    const text = await read('evidence')
    const lines = text.trimEnd().split('\n')
    expect(lines).toHaveLength(2 * IDS.length + 2)
    expect(lines.slice(0, 2)).toEqual([
      expect.stringMatching(
        /^T101 Add the function of T101 in src\/T101\.js: done \d{4}-\d\d-\d\d \d\d:\d\d by session 1, proven as build$/,
      ),
      '  RED 1 passed, 2 failed ("T101"). GREEN 0 passed, 0 failed.',
    ])
    expect(lines.at(-2)).toBe('Without evidence: 1 of 13 tasks.')
    const tokens = encode(text).length
    const raw = encode(await read('raw-evidence')).length
    console.log(`tokens (o200k) of the evidence of twelve tasks: ${tokens}, first raw page ${raw}`)
    expect(tokens).toBeLessThan(1200)
    expect(tokens).toBeLessThan(raw / 5)
  })

  it('has no hash, and says where the raw events are', async () => {
    const { read } = twelveTasks()
    const text = await read('evidence')
    expect(text).not.toMatch(/[0-9a-f]{12}/)
    expect(text).toContain('evidence/TASK (one task) and raw-evidence (all)')
    const events = (await read('evidence/T101')).trimEnd().split('\n')
    expect(events.map(line => JSON.parse(line))).toMatchObject(
      ['start', 'red', 'green', 'done'].map(kind => ({ kind, task: 'T101' })),
    )
    // Its first page.
    expect((await read('raw-evidence')).match(/"kind":"done"/g)?.length).toBeGreaterThan(5)
  })

  it('says that a proof no longer counts, and why', async () => {
    const { feature, read } = twelveTasks()
    const plan = feature.read(TASKS).replace('[X] T101', '[ ] T101').replace('of T102', 'of Y')
    feature.write(TASKS, plan)
    const text = await read('evidence')
    expect(text).toMatch(/^T101 .*: done .* \(no longer counts: its mark was removed\)$/m)
    expect(text).toMatch(/^T102 .*: done .* \(no longer counts: the task was rewritten\)$/m)
    expect(text).toMatch(/^T103 .* proven as build$/m)
  })

  it('names the human who waived a task, and the gates of a validation that failed', async () => {
    const { feature, read } = twelveTasks()
    const human = { person: 'Ada', reason: 'seen\nby hand', channel: 'terminal' as const }
    feature.record(
      { kind: 'waived', task: 'T200', ...human },
      {
        kind: 'validation',
        passed: false,
        settings: 'none',
        tree: 'x',
        gates: [{ name: 'lint', passed: false, findings: ['x'] }],
        turnedGreen: [],
        passedFiles: [],
      },
    )
    const text = await read('evidence')
    expect(text).toMatch(
      /^T200 Describe it in docs\/api\.md: waived \d{4}-.* by Ada: seen by hand$/m,
    )
    expect(text).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d validation: failed: lint$/m)
  })
})
