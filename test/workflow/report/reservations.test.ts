import { describe, expect, it } from 'vitest'
import { loadContext } from '../../../src/workflow/context/load-context.ts'
import { nextTask } from '../../../src/workflow/next-task.ts'
import { outcomeReport } from '../../../src/workflow/report/outcome-report.ts'
import type { EventBody } from '../../../src/evidence/event.ts'
import { callAt } from '../../kit/call.ts'
import { recordedFeature } from '../../kit/recorded-feature.ts'

const PLAN = '## Core\n- [ ] T001 size in src/stack.js\n'
const START = { 'package.json': '{"scripts":{"start":"node server.js","test":"node --test"}}' }

function validation(failed: number, passed = true): EventBody {
  const counts = { passed: 9, failed, skipped: 0, errored: 0 }
  const gates = [{ name: 'tests', passed, findings: [] }]
  const settled = { turnedGreen: [], passedFiles: [] }
  return { kind: 'validation', passed, settings: 'none', tree: '', gates, counts, ...settled }
}

/** The report of a feature that is proven and validated. */
async function reportOf(failed: number, files: Record<string, string>): Promise<string> {
  const project = recordedFeature(PLAN, files)
  project.prove('T001')
  project.record(validation(failed))
  return outcomeReport(await loadContext(callAt(project.root)))
}

describe('the report of a validated feature', () => {
  it.each<[string, number, Record<string, string>, RegExp]>([
    ['that old tests fail', 38, {}, /^- ⚠ 38 tests fail, as before this feature\.$/],
    ['that one old test fails', 1, {}, /^- ⚠ 1 test fails, as before this feature\.$/],
    [
      'that the application was not started',
      0,
      START,
      /^- ⚠ The application was not started: `npm start` \(scripts\.start of package\.json\)/,
    ],
    [
      'that a server file was not started',
      0,
      { 'server.js': '' },
      /^- ⚠ The application was not started: `node server\.js`/,
    ],
  ])('says first %s', async (_what, failed, files, line) => {
    const report = await reportOf(failed, files)
    expect(report.split('\n')[2]).toMatch(line)
    expect(report).not.toContain('ready for review and deployment')
    expect(report).toContain('Before you deploy, read the warnings')
  })

  it.each([
    ['without anything to start', {}],
    ['whose settings say that there is nothing to start', START],
  ])('is ready for deployment %s', async (_what, files) => {
    const settings = { 'redgreen.config.json': '{"validation":{"start":false}}' }
    const report = await reportOf(0, 'package.json' in files ? { ...files, ...settings } : files)
    expect(report).toContain('ready for review and deployment!')
  })
})

describe('next_task after the last task', () => {
  it('names the human and the command if no validation attempt is left', async () => {
    const settings = { 'redgreen.config.json': '{"limits":{"validationAttempts":1}}' }
    const project = recordedFeature(PLAN, settings)
    project.prove('T001')
    expect((await nextTask(callAt(project.root), {})).next.tool).toBe('run_validation')
    project.record(validation(1, false))
    const { next } = await nextTask(callAt(project.root), {})
    expect(next).toMatchObject({ tool: null, say: expect.stringContaining('`redgreen allow-run`') })
  })
})
