import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
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
import { describe, expect, it, onTestFinished } from 'vitest'
import { clearChainCache } from '../../src/store/chain-file.ts'
import { featuresRecorded } from '../../src/store/ledger.ts'
import { factsAt } from '../../src/hook/facts.ts'
import { appendEvents } from '../../src/store/append-events.ts'
import { addRunOutputs } from '../../src/store/run-outputs.ts'
import { savePlanRecord } from '../../src/store/plan-records.ts'
import { noteServedPage, servedPage } from '../../src/store/served-page.ts'
import { stateOf, type State } from '../../src/store/state.ts'
import type { Call } from '../../src/workflow/context/call.ts'
import { mapErrors } from '../../src/workflow/context/error-mapping.ts'
import { Refusal } from '../../src/workflow/context/refusal.ts'
import { diagnose } from '../../src/workflow/diagnosis/index.ts'
import { allowRun } from '../../src/workflow/human/allow-run.ts'
import { approve } from '../../src/workflow/human/approve.ts'
import { confirmPhase } from '../../src/workflow/human/confirm-phase.ts'
import { waive } from '../../src/workflow/human/waive.ts'
import { pushSnapshots } from '../../src/workflow/push-snapshots.ts'
import { OutputCollector } from '../../src/runner/output.ts'
import { newRunLog } from '../../src/store/run-logs.ts'
import { writeFile, writeUnsynced } from '../../src/store/files.ts'
import { markComplete } from '../../src/workflow/mark-complete.ts'
import { nextTask } from '../../src/workflow/next-task.ts'
import { overview } from '../../src/workflow/overview.ts'
import { readDocument } from '../../src/workflow/read-document.ts'
import { recordGreen } from '../../src/workflow/record-green.ts'
import { recordRed } from '../../src/workflow/record-red.ts'
import { reportFailure } from '../../src/workflow/report-failure.ts'
import { runValidation } from '../../src/workflow/run-validation.ts'
import {
  createScreenshots,
  readScreenshot,
} from '../../src/workflow/validation/application/screenshots.ts'
import { verify } from '../../src/workflow/verify/verify.ts'
import { callAt } from '../kit/call.ts'
import { humanAt } from '../kit/human.ts'
import { stackProject, type Project } from '../kit/project.ts'
import { runsSlowTests } from '../kit/slow.ts'

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
  'the file of another feature': place => {
    const other = otherPlace(place)
    if (other !== undefined) cpSync(other, place, { recursive: true })
  },
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
  'read_document of a run': call => readDocument(call, { document: `runs/${RUN}` }),
  approve: ({ root }) => approve(humanAt(root).call),
  waive: ({ root }) => waive(humanAt(root).call, { tasks: ['T002'], reason: 'no' }),
  'allow-run': ({ root }) => allowRun(humanAt(root).call),
  'confirm-phase': ({ root }) => confirmPhase(humanAt(root).call),
  'push-snapshots': pushSnapshots,
  'a screenshot': async call => readScreenshot(stateOf(call), `${RUN}-1-home-page.png`),
  'the live page': async call => servedPage(stateOf(call)),
  'a hook': async ({ root }) => factsAt(root)?.countStop('head'),
}

const RUN = '0123456789ab'
const FEATURE = '001-stack'
const OTHER = '002-other'

/** The damages that are tried without `REDGREEN_SLOW=1`. */
const QUICK = ['a link to a folder outside', 'a pipe', 'garbage', 'the file of another feature']

/** Where the server keeps files: in the workspace, and in git's own folder, where no repository can ship one. */
const PLACES: [root: string, git: boolean, damages: string[]][] = [
  ['.redgreen', false, runsSlowTests ? Object.keys(DAMAGES) : QUICK],
  ['.git/redgreen', true, runsSlowTests ? QUICK : ['garbage']],
]

describe.each(PLACES)('in the place of a file or folder of %s', (root, git, damages) => {
  it.each(damages)(
    '%s is refused by its name or ignored, and no step waits for it or writes elsewhere',
    async damage => {
      const project = await begun({ git })
      const own = path.join(project.root, root)
      const places = placesOf(own)
      const outside = outsideFolder()
      const before = contentOf(outside)
      const restore = stateKeeper(project)
      const usual = await usualRefusals(project, restore)
      const odd: string[] = []
      for (const [at, place] of [...places, lockIn(project, root)].entries()) {
        restore()
        // A folder in the place of a folder is an empty one.
        if (damage === 'a folder' && isFolder(path.join(own, place))) continue
        replace(path.join(own, place), damage, outside)
        for (const step of stepsAt(at + damages.indexOf(damage))) {
          const refusal = await refusalOf(project, step)
          if (refusal !== '' && refusal !== usual[step] && !isRight(refusal, place))
            odd.push(`${step} with ${place}: ${refusal}`)
        }
        expect(contentOf(outside)).toEqual(before)
      }
      expect(odd).toEqual([])
    },
    600_000,
  )
})

describe('a damaged ledger', () => {
  it.each([
    ['a folder', 'must be a file'],
    ['a pipe', 'must be a file'],
    ['a link to a file outside', 'symbolic link'],
  ])('%s as a chain of the ledger is not the same as no chain', async (damage, why) => {
    const project = await begun()
    const own =
      placesOf(path.join(project.root, '.redgreen')).find(name => name.endsWith('.jsonl')) ?? ''
    replace(path.join(project.root, '.redgreen', own), damage, outsideFolder())
    for (const step of ['status', 'verify', 'next_task']) {
      const refusal = await refusalOf(project, step)
      expect(refusal).toContain(path.basename(own))
      expect(refusal).toContain(why)
    }
  })

  it('a file in the place of the folder of a ledger is named', async () => {
    const project = await begun()
    replace(path.join(project.root, '.redgreen/ledger/001-stack'), 'garbage', outsideFolder())
    expect(await refusalOf(project, 'status')).toMatch(/001-stack.*must be a folder/)
    expect(await refusalOf(project, 'next_task')).toMatch(/001-stack.*must be a folder/)
  })

  it('a file beside the ledgers of the features is nothing to worry about', async () => {
    const project = await begun()
    project.write('.redgreen/ledger/README.md', 'Recorded by redgreen.\n')
    expect(featuresRecorded(stateOf({ root: project.root }))).toEqual([FEATURE, OTHER])
    expect(await refusalOf(project, 'next_task')).toBe('')
  })

  it('the ledger of another feature is named by verify, and nothing of it counts', async () => {
    const project = await begun()
    const chains = placesOf(path.join(project.root, '.redgreen')).filter(name =>
      name.endsWith('.jsonl'),
    )
    const [own = '', other = ''] = [FEATURE, OTHER].map(feature =>
      chains.find(name => name.includes(feature)),
    )
    project.write(`.redgreen/${own}`, project.read(`.redgreen/${other}`))
    clearChainCache()
    const [result] = await verify(callAt(project.root))
    expect(result?.passed).toBe(false)
    expect(result?.findings).toContainEqual(
      expect.objectContaining({
        path: `.redgreen/${own}`,
        text: expect.stringContaining('belongs to another feature'),
      }),
    )
  })
})

/** Names what is damaged (of a log, its run), or says what an emptied ledger leaves unproven. */
function isRight(refusal: string, place: string): boolean {
  if (refusal.startsWith('fault:')) return false
  const isUnproven = place.startsWith('ledger') && refusal.includes('ticked in the file but not')
  return refusal.includes(path.parse(place).name) || isUnproven
}

function isFolder(place: string): boolean {
  return lstatSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false
}

/** A project whose first task is done and whose second one is in work. Without git, all files are below `.redgreen`. */
async function begun(options = { git: false }): Promise<Project> {
  const project = stackProject(PLAN, {}, options)
  const call = callAt(project.root)
  await nextTask(call, {})
  project.write('one.txt', 'content')
  await recordGreen(call, { task: 'T001' })
  await markComplete(call, { task: 'T001' })
  await nextTask(call, {})
  const state = stateOf(project)
  writeEveryKind(state)
  rmSync(path.join(state.shared, 'lock.owner'))
  writeUnsynced(path.join(state.shared, 'lock.owner'), '{}')
  return project
}

/** The files that the server writes only with long lists, in a run, in a validation, for a page or in a hook. */
function writeEveryKind(state: State): void {
  for (const [feature, count] of [
    [FEATURE, 400],
    [OTHER, 500],
  ] as const) {
    appendEvents(state, feature, [{ kind: 'ids', given: manyIds(count) }], { by: 'test' })
    writeFile(path.join(state.folder, 'reports', `${feature}.md`), '# Report\n')
  }
  savePlanRecord(state, OTHER, { tasks: [], validation: [] })
  new OutputCollector(newRunLog(state, RUN), undefined).finish()
  writeUnsynced(path.join(state.local, 'live/run-1.json'), '{}\n')
  addRunOutputs(state, ['data/out.csv'])
  createScreenshots(state, RUN).keep('Home page', Buffer.from('png'))
  noteServedPage(state, 'http://127.0.0.1:1/')
  factsAt(state.root)?.countStop('head')
}

/** More than a line of the ledger holds. */
function manyIds(length: number) {
  return Array.from({ length }, (_, at) => ({ id: `row-${at}`, title: 'A row', group: '' }))
}

/** Where the lock would be. It is not there otherwise, because each step would wait for its holder. */
function lockIn(project: Project, root: string): string {
  return path.relative(path.join(project.root, root), path.join(stateOf(project).shared, 'lock'))
}

/** The files and folders of the server, relative to its folder; of the records of one folder, the last. */
function placesOf(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true }).map(String).toSorted()
  return names.filter((name, at) => !/\/\d+$/.test(name) || !/\/\d+$/.test(names[at + 2] ?? ''))
}

/** Restores everything that the server keeps, as it is now. */
function stateKeeper({ root }: Project): () => void {
  const saved = temporaryFolder()
  const roots = PLACES.map(([name]) => name).filter(name => existsSync(path.join(root, name)))
  for (const name of roots)
    cpSync(path.join(root, name), path.join(saved, name), { recursive: true })
  return () => {
    for (const name of roots) {
      rmSync(path.join(root, name), { recursive: true, force: true })
      cpSync(path.join(saved, name), path.join(root, name), { recursive: true })
    }
    clearChainCache()
  }
}

/** What each step answers if nothing is damaged. */
async function usualRefusals(
  project: Project,
  restore: () => void,
): Promise<Record<string, string>> {
  const usual: Record<string, string> = {}
  for (const step of Object.keys(STEPS)) {
    restore()
    usual[step] = await refusalOf(project, step)
  }
  return usual
}

/** Every step takes its time, so each place gets those that everybody calls and, in turn, one of the others. */
function stepsAt(at: number): string[] {
  if (runsSlowTests) return Object.keys(STEPS)
  const others = Object.keys(STEPS).filter(name => !ALWAYS.includes(name))
  return [...ALWAYS, others[at % others.length] ?? '']
}

const ALWAYS = ['verify', 'next_task']

function replace(place: string, damage: string, outside: string): void {
  rmSync(place, { recursive: true, force: true })
  DAMAGES[damage]?.(place, outside)
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

/** What another feature has in this place; of files that no feature owns, the next one of the same kind. */
function otherPlace(place: string): string | undefined {
  const counterpart = place.replaceAll(FEATURE, OTHER)
  if (counterpart !== place && existsSync(counterpart)) return counterpart
  const folder = path.dirname(counterpart)
  const alike = existsSync(folder)
    ? readdirSync(folder).find(name => path.extname(name) === path.extname(place))
    : undefined
  return alike === undefined ? undefined : path.join(folder, alike)
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
