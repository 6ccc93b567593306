import { posix } from 'node:path'
import {
  array,
  boolean,
  constantFrom,
  nat,
  oneof,
  record,
  stringMatching,
  type Arbitrary,
} from 'fast-check'
import { bmad } from '../../src/dialects/bmad/bmad.ts'
import { checklist } from '../../src/dialects/checklist/checklist.ts'
import { backlog } from '../../src/dialects/backlog/backlog.ts'
import { conductor } from '../../src/dialects/conductor/conductor.ts'
import type { Candidate, Dialect } from '../../src/dialects/dialect.ts'
import { jsonPlan } from '../../src/dialects/json-plan/json-plan.ts'
import { kiro } from '../../src/dialects/kiro/kiro.ts'
import { openspec } from '../../src/dialects/openspec/openspec.ts'
import { specKit } from '../../src/dialects/spec-kit/spec-kit.ts'
import { specWorkflow } from '../../src/dialects/spec-workflow/spec-workflow.ts'
import { specflow } from '../../src/dialects/specflow/specflow.ts'
import { taskMaster } from '../../src/dialects/task-master/task-master.ts'
import { trae } from '../../src/dialects/trae/trae.ts'

const TRACK = 'conductor/tracks/made_20260301'
const CHECKLIST = 'docs/superpowers/plans/2026-03-01-made.md'
const STORAGE = 'storage-conductor/storages/storage-made-001'
const STORY = '_bmad-output/implementation-artifacts/1-1-made.md'
const MANY = { minLength: 1, maxLength: 4 }
const boxes = constantFrom('[ ]', '[x]', '[X]', '[~]', '[-]', '[/]')
const words = constantFrom(
  '☐',
  '☑',
  '✅',
  '⬜',
  'pending',
  'completed',
  '✅ DONE',
  '🔄',
  '⏭️ skip',
  '-',
)
const statuses = constantFrom('pending', 'in-progress', 'done', 'review', 'deferred', 'cancelled')
const days = constantFrom('', '-', '2026-01-02')
/** Titles without words that have a meaning in a dialect. */
const titles = stringMatching(/^[A-Z][a-zäß界🦉]{1,6}( [a-z]{1,6}){0,2}$/u)

/** Generators of workspaces with a plan in any state, one or two for each dialect. */
export const arbitraryPlans: Record<string, ArbitraryPlan> = {
  'spec-kit': stored(specKit, 'specs/001-made/tasks.md', specKitFiles()),
  specflow: stored(specflow, '.specify/specs/f-1-made/tasks.md', specflowFiles()),
  checklist: stored(checklist, CHECKLIST, oneof(checklistFiles(), stepFiles(), stageFiles())),
  kiro: stored(kiro, '.kiro/specs/made/tasks.md', numberedFiles('.kiro/specs/made')),
  openspec: stored(
    openspec,
    'openspec/changes/made/tasks.md',
    numberedFiles('openspec/changes/made'),
  ),
  'spec-workflow': stored(
    specWorkflow,
    '.spec-workflow/specs/made/tasks.md',
    numberedFiles('.spec-workflow/specs/made'),
  ),
  trae: stored(trae, '.trae/specs/made/tasks.md', traeFiles()),
  'task-master': stored(taskMaster, '.taskmaster/tasks/tasks.json', taskMasterFiles(), {
    id: 'master',
    dir: '.taskmaster/tasks/tasks.json#master',
  }),
  backlog: stored(backlog, 'backlog/tasks', backlogFiles(), { dir: 'backlog/tasks' }),
  bmad: stored(bmad, STORY, storyFiles(), { id: '1-1-made', dir: STORY }),
  'json-plan': stored(jsonPlan, 'docs/plans/2026-06-01-made.json', jsonFiles()),
  'conductor with boxes': stored(conductor, `${TRACK}/plan.md`, trackFiles()),
  'conductor with a table': stored(conductor, `${STORAGE}/plan.md`, storageFiles()),
}

interface ArbitraryPlan {
  dialect: Dialect
  candidate: Candidate
  files: Arbitrary<Files>
}

type Files = Record<string, string>

/** The same files with different line endings, byte order mark and indentation. */
function stored(
  dialect: Dialect,
  tasks: string,
  files: Arbitrary<Files>,
  place: Partial<Candidate> = {},
): ArbitraryPlan {
  const shape = record({ crlf: boolean(), mark: boolean(), cut: boolean(), tabs: boolean() })
  const dir = dialect === jsonPlan || dialect === checklist ? tasks : posix.dirname(tasks)
  return {
    dialect,
    candidate: { id: posix.basename(dir), dir, tasks, ...place },
    files: record({ files, shape }).map(({ files, shape }) =>
      Object.fromEntries(Object.entries(files).map(([path, text]) => [path, saved(text, shape)])),
    ),
  }
}

interface Shape {
  crlf: boolean
  mark: boolean
  cut: boolean
  tabs: boolean
}

function saved(text: string, { crlf, mark, cut, tabs }: Shape): string {
  const indented = tabs ? text.replaceAll(/^ +/gm, '\t') : text
  const ended = cut ? indented.trimEnd() : indented
  return `${mark ? '\u{feff}' : ''}${crlf ? ended.replaceAll('\n', '\r\n') : ended}`
}

function specKitFiles(): Arbitrary<Files> {
  const task = record({ box: boxes, title: titles, part: boolean(), tick: boolean() })
  const plan = record({ ticks: boolean(), phases: array(array(task, MANY), MANY) })
  return plan.map(({ ticks, phases }) => {
    let number = 0
    const lines = phases.flatMap((tasks, at) => [
      '',
      `## Phase ${at + 1}: Work`,
      '```',
      '- [ ] T900 no task',
      '```',
      ...tasks.flatMap(({ box, title, part, tick }) => {
        number += 1
        const id = `T${String(number).padStart(3, '0')}`
        if (ticks) return [`### ${id}: ${title}${tick ? ' ✅' : ''}`, '', `Text of ${id}.`]
        return [`- ${box} ${id} ${title}`, ...(part ? ['    - [ ] accepted'] : [])]
      }),
    ])
    return { 'specs/001-made/tasks.md': text(['# Tasks: Made', ...lines]) }
  })
}

/** Groups with nested or flat parts, optional tasks, bold numbers, and boxes inside a task. */
function numberedFiles(dir: string): Arbitrary<Files> {
  const part = record({ box: boxes, title: titles, star: boolean(), note: boolean() })
  const group = record({ box: boxes, title: titles, parts: array(part, { maxLength: 3 }) })
  const plan = record({ nested: boolean(), bold: boolean(), bullet: constantFrom('-', '*', '+') })
  return record({ plan, groups: array(group, MANY) }).map(({ plan, groups }) => {
    const indent = plan.nested ? '  ' : ''
    const number = (id: string) => (plan.bold ? `**${id}**:` : id)
    const lines = groups.flatMap(({ box, title, parts }, at) => [
      '',
      `${plan.bullet} ${box} ${number(`${at + 1}.`)} ${title}`,
      '  - _Requirements: 1.1_',
      ...parts.flatMap((one, part) => [
        `${indent}${plan.bullet} ${one.box}${one.star ? '*' : ''} ${number(`${at + 1}.${part + 1}`)} ${one.title}`,
        ...(one.note ? [`${indent}  - [ ] checked`] : []),
      ]),
    ])
    return { [`${dir}/tasks.md`]: text(['# Implementation Plan', ...lines]) }
  })
}

/** Tasks with sub-tasks, and the section that says which of them wait. */
function traeFiles(): Arbitrary<Files> {
  const task = record({
    box: boxes,
    title: titles,
    parts: array(record({ box: boxes, title: titles }), { maxLength: 3 }),
    waits: boolean(),
  })
  return array(task, MANY).map(tasks => {
    const lines = tasks.flatMap(({ box, title, parts }, at) => [
      `- ${box} Task ${at + 1}: ${title}`,
      ...parts.map((one, part) => `  - ${one.box} SubTask ${at + 1}.${part + 1}: ${one.title}`),
    ])
    const waiting = tasks.flatMap(({ waits }, at) =>
      waits && at > 0 ? [`- [Task ${at + 1}] depends on [Task ${at}]`] : [],
    )
    const all = ['# Tasks', '', ...lines, '', '# Task Dependencies', '', ...waiting]
    return { '.trae/specs/made/tasks.md': text(all) }
  })
}

/** Boxes in boxes below headings, some of which have a box of their own. */
function checklistFiles(): Arbitrary<Files> {
  const bullet = constantFrom('-', '*', '+', '1.')
  const box = record({ bullet, box: boxes, title: titles, depth: nat(2), note: boolean() })
  const group = record({
    title: titles,
    box: constantFrom('', '[ ] ', '[x] '),
    list: array(box, MANY),
  })
  return array(group, MANY).map(groups => {
    const lines = groups.flatMap(({ title, box, list }) => [
      '',
      `## ${box}${title}`,
      '```',
      '- [ ] no task',
      '```',
      ...list.flatMap(({ bullet, box, title, depth, note }, at) => {
        const indent = '   '.repeat(Math.min(depth, at))
        const below = note ? [`${indent}   in \`src/a.js\``] : []
        return [`${indent}${bullet} ${box} ${title}`, ...below]
      }),
    ])
    return { [CHECKLIST]: text(['# Made', ...lines]) }
  })
}

/** Tasks with the boxes of their steps, and boxes after them. */
function stepFiles(): Arbitrary<Files> {
  const task = record({ title: titles, steps: array(boxes, { maxLength: 3 }) })
  return record({ tasks: array(task, MANY), last: boxes }).map(({ tasks, last }) => {
    const lines = tasks.flatMap(({ title, steps }, at) => [
      '',
      `### Task ${at + 1}: ${title}`,
      '',
      '- Test: `tests/a.test.js`',
      ...steps.map((box, step) => `- ${box} **Step ${step + 1}: ${title}**`),
    ])
    return { [CHECKLIST]: text(['# Made', ...lines, '', '## Last', `- ${last} Run all tests`]) }
  })
}

/** Stages with a status, and boxes of their criteria. */
function stageFiles(): Arbitrary<Files> {
  const status = constantFrom(
    '**Status**: Not Started',
    '- **Status:** ⏳ Pending',
    'Status: In Progress',
    '**Status**: Complete ✅',
    'Status: done',
  )
  const stage = record({ title: titles, status, criteria: array(boxes, { maxLength: 2 }) })
  return array(stage, MANY).map(stages => {
    const lines = stages.flatMap(({ title, status, criteria }, at) => [
      '',
      `## Stage ${at + 1}: ${title}`,
      '',
      status,
      '',
      '**Success Criteria**:',
      '',
      ...criteria.map(box => `- ${box} ${title}`),
    ])
    return { [CHECKLIST]: text(['# Made', ...lines]) }
  })
}

function specflowFiles(): Arbitrary<Files> {
  const row = record({ word: words, started: days, done: days, pad: nat(2), listed: boolean() })
  const task = record({ box: boxes, title: titles, row })
  const sums = record({ count: nat(3), word: words, status: constantFrom('pending', 'completed') })
  const plan = record({
    boxed: boolean(),
    table: boolean(),
    front: boolean(),
    sums,
    groups: array(array(task, MANY), MANY),
  })
  return plan.map(({ boxed, table, front, sums, groups }) => {
    const all = groups.flatMap((tasks, group) =>
      tasks.map((one, at) => ({ ...one, id: `T-${group + 1}.${at + 1}`, group })),
    )
    const rows = all.flatMap(({ id, row: { word, started, done, pad, listed } }) =>
      listed ? [`| ${id} | ${word}${' '.repeat(pad)} | ${started} | ${done} | |`] : [],
    )
    const lists = groups.flatMap((_, group) => [
      '',
      `## Group ${group + 1}: Part`,
      ...all
        .filter(one => one.group === group)
        .map(({ id, box, title }) =>
          boxed ? `- ${box} **${id}** ${title}` : `### ${id}: ${title}`,
        ),
    ])
    return {
      '.specify/specs/f-1-made/tasks.md': text([
        ...(front ? ['---', `status: "${sums.status}"`, `completed: ${sums.count}`, '---'] : []),
        '# Tasks',
        ...(table
          ? ['', '| Task | Status | Started | Completed | Notes |', '|-|-|-|-|-|', ...rows]
          : []),
        ...lists,
        '',
        '| Group | Completed | Status |',
        '|---|---|---|',
        ...groups.map(
          (tasks, at) => `| Group ${at + 1} | ${sums.count}/${tasks.length} | ${sums.word} |`,
        ),
      ]),
    }
  })
}

function jsonFiles(): Arbitrary<Files> {
  const task = record({ name: titles, passes: boolean(), dod: array(titles, { maxLength: 2 }) })
  const plan = record({
    tasks: array(task, MANY),
    indent: constantFrom(0, 2, '\t'),
    escaped: boolean(),
  })
  return plan.map(({ tasks, indent, escaped }) => {
    const entries = tasks.map((one, at) => ({ id: at + 1, ...one, dependencies: [] }))
    const made = JSON.stringify({ title: 'Made', status: 'APPROVED', tasks: entries }, null, indent)
    const plain = made.replaceAll(
      /[^\0-~]/g,
      sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    return { 'docs/plans/2026-06-01-made.json': `${escaped ? plain : made}\n` }
  })
}

/** A story with boxes in boxes, with and without numbers. */
function storyFiles(): Arbitrary<Files> {
  const task = record({ box: boxes, title: titles, parts: array(boxes, { maxLength: 3 }) })
  const plan = record({ tasks: array(task, MANY), isNumbered: boolean(), hasHeadings: boolean() })
  return plan.map(({ tasks, isNumbered, hasHeadings }) => ({
    [STORY]: text([
      '# Story 1.1: Made',
      '',
      'Status: ready-for-dev',
      '',
      '## Tasks / Subtasks',
      '',
      ...tasks.flatMap(({ box, title, parts }, at) => [
        ...(hasHeadings ? ['', `### Task ${at + 1}: ${title}`, ''] : []),
        `- ${box} ${isNumbered ? `Task ${at + 1}: ` : ''}${title} (AC: #1)`,
        ...parts.map(part => `  - ${part} Part of it`),
      ]),
    ]),
    '_bmad-output/implementation-artifacts/sprint-status.yaml':
      'development_status: {1-1-made: ready-for-dev}\n',
  }))
}

/** Files with a parent in any order, with and without criteria, dates and a status. */
function backlogFiles(): Arbitrary<Files> {
  const task = record({
    title: titles,
    status: constantFrom('', 'To Do', "'In Progress'", '"Done"', 'Done', 'Later'),
    parent: nat(3),
    date: constantFrom('', "created_date: '2026-01-02'", "updated_date: '2026-01-02 03:04'"),
    criteria: array(boxes, { maxLength: 3 }),
    isMarked: boolean(),
  })
  return array(task, MANY).map(tasks =>
    Object.fromEntries(
      tasks.map(({ title, status, parent, date, criteria, isMarked }, at) => [
        `backlog/tasks/task-${at + 1} - ${title}.md`,
        text([
          '---',
          `id: TASK-${at + 1}`,
          `title: ${title}`,
          ...(status === '' ? [] : [`status: ${status}`]),
          ...(date === '' ? [] : [date]),
          ...(parent === 0 ? [] : [`parent_task_id: task-${parent}`]),
          '---',
          '',
          '## Acceptance Criteria',
          ...(isMarked ? ['<!-- AC:BEGIN -->'] : []),
          ...criteria.map((box, number) => `- ${box} #${number + 1} It holds`),
          ...(isMarked ? ['<!-- AC:END -->'] : []),
        ]),
      ]),
    ),
  )
}

/** Tasks with sub-tasks, in any status or without one, with and without tags. */
function taskMasterFiles(): Arbitrary<Files> {
  const part = record({ title: titles, status: statuses }, { requiredKeys: ['title'] })
  const task = record(
    { title: titles, status: statuses, details: titles, subtasks: array(part, { maxLength: 3 }) },
    { requiredKeys: ['title', 'subtasks'] },
  )
  const plan = record({
    tasks: array(task, MANY),
    indent: constantFrom(0, 2, '\t'),
    tagged: boolean(),
  })
  return plan.map(({ tasks, indent, tagged }) => {
    const numbered = <T extends object>(all: readonly T[]) =>
      all.map((one, at) => ({ id: at + 1, ...one }))
    const entries = tasks.map(one => ({ ...one, subtasks: numbered(one.subtasks) }))
    const list = { tasks: numbered(entries), metadata: { updated: '2026-01-01' } }
    const made = tagged ? { other: { tasks: [] }, master: list } : list
    return { '.taskmaster/tasks/tasks.json': `${JSON.stringify(made, null, indent)}\n` }
  })
}

function phasesOf(linesBelowHeading: (at: number) => string[]): Arbitrary<string> {
  const task = record({ box: boxes, title: titles, parts: array(boxes, { maxLength: 3 }) })
  return array(array(task, MANY), MANY).map(phases =>
    text([
      '# Plan: Made',
      ...phases.flatMap((tasks, at) => [
        '',
        `## Phase ${at + 1}: Work`,
        ...linesBelowHeading(at),
        ...tasks.flatMap(({ box, title, parts }) => [
          `- ${box} Task: ${title}`,
          ...parts.map(part => `    - ${part} Part of it`),
        ]),
      ]),
    ]),
  )
}

function trackFiles(): Arbitrary<Files> {
  return phasesOf(() => []).map(plan => ({
    [`${TRACK}/plan.md`]: plan,
    [`${TRACK}/metadata.json`]: '{"status": "new", "updated_at": "2026-03-01T10:00:00Z"}\n',
    'conductor/tracks.md':
      '# Tracks\n\n- [ ] **Track: Made**\n*Link: [./tracks/made_20260301/](./tracks/made_20260301/)*\n',
  }))
}

function storageFiles(): Arbitrary<Files> {
  return phasesOf(at => (at === 0 ? ['**Status**: Planning'] : [])).map(plan => ({
    [`${STORAGE}/plan.md`]: plan,
    [`${STORAGE}/metadata.json`]: '{\n  "status": "Planning",\n  "updated": "2026-03-01"\n}\n',
    'storage-conductor/tracks.md': text([
      '| Storage ID | Title | Status | Updated Date |',
      '|---|---|---|---|',
      '| storage-made-001 | Made | Planning | 2026-03-01 |',
      '',
      '## Statistics',
      '- **Planning**: 1',
    ]),
  }))
}

function text(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`
}
