import { beforeAll, describe, expect, it } from 'vitest'
import { demoAnswers, type DemoAnswer } from '../../scripts/bench/demo-answers.ts'
import { costOf, goals } from '../../scripts/bench/tokens.ts'
import { startTask } from '../kit/assistant.ts'

/** Fields that the public contract names, so that they are there if they are empty. */
const ALWAYS_THERE =
  /^(task\.(files|dependsOn|acceptance)|alsoReady|waiting|documents|progress\.phases|messages|next\.arguments|command|tests|output|log|marked|gates\.findings|blocked)$/

describe('the answers of a whole feature', () => {
  let answers: DemoAnswer[] = []
  let accepted: DemoAnswer[] = []

  beforeAll(async () => {
    answers = await demoAnswers('spec-kit')
    accepted = answers.filter(({ code }) => code === undefined)
  })

  it(`cost at most ${goals.text} tokens as text and ${goals.structured} as structured content`, () => {
    const { text, structured } = costOf(answers)
    console.log(`tokens (o200k) of the demo: ${text} as text, ${structured} as structured content`)
    expect(accepted.length).toBeGreaterThan(40)
    expect(text).toBeLessThanOrEqual(goals.text)
    expect(structured).toBeLessThanOrEqual(goals.structured)
  })

  it('have no hash', () => {
    for (const { text, data } of answers)
      expect(`${text}\n${JSON.stringify(data)}`).not.toMatch(/[0-9a-f]{40}/)
  })

  it('name a command and a log only if something failed', () => {
    const passing = accepted.filter(({ tool }) => tool !== 'record_red')
    expect(passing.length).toBeGreaterThan(30)
    for (const { text } of passing) expect(text).not.toMatch(/Ran `|\/runs\/|````/)
  })

  it('have no empty field that the contract does not name', () => {
    const empty = new Set(accepted.flatMap(({ data }) => emptyFields(data)))
    expect([...empty].filter(field => !ALWAYS_THERE.test(field))).toEqual([])
  })

  it('say each fact once: the title and the mark are not messages too', () => {
    for (const { data } of accepted)
      for (const message of [data['messages'] ?? []].flat())
        expect(message).not.toMatch(/^→ Marked|^Progress: |^\[T\d{3}\] /)
  })

  it('describe the plan once: in the first answer, and again if a task is continued', () => {
    const started = accepted.filter(({ tool }) => tool === 'next_task')
    const described = started.filter(({ data }) => emptyFields(data).every(isOfTask))
    expect(described.map(({ data }) => idOf(data['task']))).toEqual(['T001', 'T009'])
    for (const { text } of described) expect(text).toContain('Read: specs/001-teatime/spec.md, ')
    expect(started.filter(({ text }) => text.includes('Read: '))).toHaveLength(2)
  })
})

describe('the answers of the other tools', () => {
  it('have no hash either, except the raw evidence', async () => {
    const { project, call } = await startTask('- [ ] T001 Create notes.txt\n')
    const answers = [
      await call('report_failure', { task: 'T001', error: 'no words', files: ['notes.txt'] }),
      await call('next_task', { task: 'T001' }),
    ]
    project.write('notes.txt', 'notes')
    for (const tool of ['record_green', 'mark_complete'])
      answers.push(await call(tool, { task: 'T001' }))
    answers.push(await call('run_validation'))
    for (const document of ['tasks', 'progress', 'validation', 'evidence'])
      answers.push(await call('read_document', { document }))
    expect(answers.map(({ code }) => code)).toEqual(answers.map(() => undefined))
    for (const { text, data } of answers)
      expect(`${text}\n${JSON.stringify(data)}`).not.toMatch(/[0-9a-f]{40}/)
    expect((await call('read_document', { document: 'evidence/T001' })).text).toMatch(HASH)
  })
})

const HASH = /"hash":"[0-9a-f]{64}"/

function isOfTask(field: string): boolean {
  return !/^(documents|waiting|progress\.phases)$/.test(field)
}

function idOf(task: unknown): unknown {
  return typeof task === 'object' && task !== null && 'id' in task ? task.id : undefined
}

/** The paths of empty texts, lists and objects. */
function emptyFields(value: unknown, path = ''): string[] {
  if (value === '') return [path]
  if (typeof value !== 'object' || value === null) return []
  const entries = Array.isArray(value)
    ? value.map((item): [string, unknown] => [path, item])
    : Object.entries(value).map(([name, item]): [string, unknown] => [
        path === '' ? name : `${path}.${name}`,
        item,
      ])
  return entries.length === 0 ? [path] : entries.flatMap(([name, item]) => emptyFields(item, name))
}
