import { describe, expect, test } from 'vitest'
import type { Plan } from '../../../src/plan/plan.ts'
import { brokenBy } from '../../../scripts/corpus/round-trip.ts'
import { specKit } from '../../../src/dialects/spec-kit/spec-kit.ts'
import { CANDIDATE, readText } from '../../kit/memory-workspace.ts'
import { BOX_STYLES } from './styles/boxes.ts'
import { HEADING_STYLES } from './styles/headings.ts'
import { ID_STYLES } from './styles/ids.ts'
import { LANGUAGE_STYLES } from './styles/languages.ts'
import { SECTION_STYLES } from './styles/sections.ts'
import type { Style } from './styles/style.ts'

const STYLES: readonly Style[] = [
  ...ID_STYLES,
  ...BOX_STYLES,
  ...HEADING_STYLES,
  ...SECTION_STYLES,
  ...LANGUAGE_STYLES,
]

describe.each(STYLES)('a plan with $name', ({ text, reads }) => {
  test('is read as a person reads it', () => {
    expect(summary(readText(text))).toEqual(reads)
  })

  test('has tasks that are marked and unmarked to the byte', () => {
    const ground = { dialect: specKit, candidate: CANDIDATE, files: { [CANDIDATE.tasks]: text } }
    const plan = readText(text)
    const marked = plan.tasks.filter(({ markers }) => markers.length > 0)
    expect(marked.flatMap(task => brokenBy(ground, plan, task) ?? [])).toEqual([])
  })
})

function summary({ phases, tasks, problems }: Plan): string[] {
  const byId = new Map(tasks.map(task => [task.id, task]))
  return [
    ...phases.flatMap(({ name, tasks: ids }) => [
      name,
      ...ids.map(id => {
        const task = byId.get(id)
        const parallel = task?.parallel === true ? ' [P]' : ''
        return `${task?.location.line} ${id}${parallel} ${task?.markers[0]?.state ?? '-'}`
      }),
    ]),
    ...problems
      .filter(({ path }) => path === CANDIDATE.tasks)
      .map(({ line }) => `! ${line}`)
      .toSorted((a, b) => Number(a.slice(2)) - Number(b.slice(2))),
  ]
}
