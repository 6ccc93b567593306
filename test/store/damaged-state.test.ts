import { execFileSync } from 'node:child_process'
import {
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, it, onTestFinished } from 'vitest'
import { clearChainCache } from '../../src/store/chain-file.ts'
import { featuresRecorded } from '../../src/store/ledger.ts'
import { stateOf } from '../../src/store/state.ts'
import type { Call } from '../../src/workflow/context/call.ts'
import { mapErrors } from '../../src/workflow/context/error-mapping.ts'
import { Refusal } from '../../src/workflow/context/refusal.ts'
import { diagnose } from '../../src/workflow/diagnosis.ts'
import { markComplete } from '../../src/workflow/mark-complete.ts'
import { nextTask } from '../../src/workflow/next-task.ts'
import { overview } from '../../src/workflow/overview.ts'
import { readDocument } from '../../src/workflow/read-document.ts'
import { recordGreen } from '../../src/workflow/record-green.ts'
import { recordRed } from '../../src/workflow/record-red.ts'
import { reportFailure } from '../../src/workflow/report-failure.ts'
import { runValidation } from '../../src/workflow/run-validation.ts'
import { verify } from '../../src/workflow/verify/verify.ts'
import { callAt } from '../kit/call.ts'
import { stackProject, type Project } from '../kit/project.ts'

const PLAN = '## Setup\n- [ ] T001 Create one.txt\n- [ ] T002 Create two.txt\n'

/** What may stand in the place of a file or folder of the server. `outside` has a file and a folder that are not ours. */
const DAMAGES: Record<string, (place: string, outside: string) => void> = {
  'a link to a file outside': (place, outside) => symlinkSync(path.join(outside, 'file'), place),
  'a link to a folder outside': (place, outside) =>
    symlinkSync(path.join(outside, 'folder'), place),
  'a folder': place => mkdirSync(path.join(place, 'inner'), { recursive: true }),
  'a pipe': place => execFileSync('mkfifo', [place]),
  garbage: place => writeFileSync(place, '\0\u0001{"format":1\n[[[\n'),
  nothing: place => writeFileSync(place, ''),
  'the file of a newer version': place =>
    writeFileSync(place, '{"format":99,"kind":"from-the-future","seq":1}\n'),
}

const STEPS: Record<string, (call: Call) => Promise<unknown>> = {
  status: overview,
  verify: call => verify(call),
  next_task: call => nextTask(call, {}),
  doctor: diagnose,
  read_document: call => readDocument(call, { document: 'evidence' }),
  record_red: call => recordRed(call, { task: 'T002', tests: ['a.test.js'] }),
  record_green: call => recordGreen(call, { task: 'T002' }),
  mark_complete: call => markComplete(call, { task: 'T002' }),
  report_failure: call => reportFailure(call, { task: 'T002', error: 'no' }),
  run_validation: runValidation,
}

describe('in the place of a file or folder below .redgreen', () => {
  it.each(Object.keys(DAMAGES))(
    '%s is refused by its name or ignored, and no step waits for it or writes elsewhere',
    async damage => {
      const project = await begun()
      const places = placesOf(project)
      expect(places.length).toBeGreaterThan(8)
      const outside = outsideFolder()
      const before = contentOf(outside)
      const saved = path.join(temporaryFolder(), 'saved')
      cpSync(path.join(project.root, '.redgreen'), saved, { recursive: true })
      const faults: string[] = []
      for (const [at, place] of places.entries()) {
        rmSync(path.join(project.root, '.redgreen'), { recursive: true, force: true })
        cpSync(saved, path.join(project.root, '.redgreen'), { recursive: true })
        replace(project, place, damage, outside)
        for (const step of stepsAt(at)) {
          const refusal = await refusalOf(project, step)
          if (refusal.startsWith('fault:')) faults.push(`${step} with ${place}: ${refusal}`)
        }
        expect(contentOf(outside)).toEqual(before)
      }
      expect(faults).toEqual([])
    },
  )

  it.each([
    ['a folder', 'has to be a file'],
    ['a pipe', 'has to be a file'],
    ['a link to a file outside', 'symbolic link'],
  ])('%s as a chain of the ledger is not the same as no chain', async (damage, why) => {
    const project = await begun()
    const own = placesOf(project).find(name => name.endsWith('.jsonl')) ?? ''
    replace(project, own, damage, outsideFolder())
    for (const step of ['status', 'verify', 'next_task']) {
      const refusal = await refusalOf(project, step)
      expect(refusal).toContain(path.basename(own))
      expect(refusal).toContain(why)
    }
  })

  it('a file in the place of the folder of a ledger is named', async () => {
    const project = await begun()
    replace(project, 'ledger/001-stack', 'garbage', outsideFolder())
    expect(await refusalOf(project, 'status')).toMatch(/001-stack.*has to be a folder/)
    expect(await refusalOf(project, 'next_task')).toMatch(/001-stack.*has to be a folder/)
  })

  it('a file beside the ledgers of the features is nothing to worry about', async () => {
    const project = await begun()
    project.write('.redgreen/ledger/README.md', 'Recorded by redgreen.\n')
    expect(featuresRecorded(stateOf({ root: project.root }))).toEqual(['001-stack'])
    expect(await refusalOf(project, 'next_task')).toBe('')
  })

  it('the ledger of another feature is named by verify', async () => {
    const project = await begun()
    const own = placesOf(project).find(name => name.endsWith('.jsonl')) ?? ''
    const text = project.read(`.redgreen/${own}`)
    project.write(`.redgreen/${own}`, text.replaceAll('001-stack', '002-other'))
    clearChainCache()
    const [result] = await verify(callAt(project.root))
    expect(result?.passed).toBe(false)
    expect(result?.findings.map(({ path }) => path)).toContain(`.redgreen/${own}`)
  })
})

/** A project whose first task is done and whose second one is in work, without git, so that all files are below `.redgreen`. */
async function begun(): Promise<Project> {
  const project = stackProject(PLAN, {}, { git: false })
  const call = callAt(project.root)
  await nextTask(call, {})
  project.write('one.txt', 'content')
  await recordGreen(call, { task: 'T001' })
  await markComplete(call, { task: 'T001' })
  await nextTask(call, {})
  project.write('.redgreen/local/runs/0123456789ab.log', 'output\n')
  project.write('.redgreen/local/live/run-1.json', '{}\n')
  return project
}

/** The files and folders below `.redgreen`, relative to it; of the records of one folder, the last. */
function placesOf({ root }: Project): string[] {
  const names = readdirSync(path.join(root, '.redgreen'), { recursive: true }).map(String)
  return names
    .filter(name => !/\/lock\b/.test(name))
    .filter((name, at) => !/\/\d+$/.test(name) || !/\/\d+$/.test(names[at + 1] ?? ''))
    .toSorted()
}

/** Every step takes its time, so each place gets the ones that read everything and, in turn, two of the others. */
function stepsAt(at: number): string[] {
  const all = Object.keys(STEPS)
  const [always, others] = [all.slice(0, 3), all.slice(3)]
  const inTurn = [0, 1].map(more => others[(2 * at + more) % others.length] ?? '')
  return process.env['REDGREEN_SLOW'] === '1' ? all : [...always, ...inTurn]
}

function replace({ root }: Project, place: string, damage: string, outside: string): void {
  const file = path.join(root, '.redgreen', place)
  rmSync(file, { recursive: true })
  DAMAGES[damage]?.(file, outside)
  clearChainCache()
}

/** What a step answers: the empty text if it succeeds, the text of its refusal, or `fault: …`. */
async function refusalOf({ root }: Project, step: string): Promise<string> {
  const call = callAt(root)
  try {
    await mapErrors(call, async () => STEPS[step]?.(call))
    return ''
  } catch (error) {
    if (error instanceof Refusal) return error.message
    return `fault: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
  }
}

function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'redgreen-outside-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function outsideFolder(): string {
  const folder = temporaryFolder()
  writeFileSync(path.join(folder, 'file'), 'mine')
  mkdirSync(path.join(folder, 'folder'))
  for (const name of ['1', '2', 'a.jsonl', 'a.json'])
    writeFileSync(path.join(folder, 'folder', name), 'mine')
  return folder
}

function contentOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true }).map(String).toSorted()
  return Object.fromEntries(
    names.map(name => {
      const place = path.join(folder, name)
      return [name, lstatSync(place).isFile() ? readFileSync(place, 'utf8') : 'folder']
    }),
  )
}
