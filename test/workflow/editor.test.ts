import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { chanceOf, freshSeed } from '../chaos/figures.ts'
import { connect, type Assistant } from '../kit/assistant.ts'
import { stackProject, TASKS, type Project } from '../kit/project.ts'

const COUNT = 12
const MIN_NOTES = 6
const ids = Array.from({ length: COUNT }, (_, index) => `T0${String(index + 1).padStart(2, '0')}`)
const PLAN = `## Setup\n${ids.map(id => `- [ ] ${id} [P] Create ${id}.txt\n`).join('')}\n## Notes\n`

/** A human who adds lines at random times. Their editor notices if the file has changed, and saves in place or by renaming. */
async function human(project: Project, chance: () => number, isOver: () => boolean) {
  const file = path.join(project.root, TASKS)
  const notes: string[] = []
  while (!isOver() || notes.length < MIN_NOTES) {
    await pause(30 + chance() * 120)
    const note = `\nnote ${notes.length}`
    const text = readFileSync(file, 'utf8') + note
    const isAtomic = chance() < 0.5
    if (isAtomic) writeFileSync(`${file}.swp`, text)
    if (readFileSync(file, 'utf8') + note !== text) continue
    if (isAtomic) renameSync(`${file}.swp`, file)
    else writeFileSync(file, text)
    notes.push(note)
  }
  return notes
}

async function work({ call }: Assistant, project: Project): Promise<void> {
  const isDone = () => ids.every(id => project.read(TASKS).includes(`[X] ${id}`))
  for (let tries = 0; tries < 300 && !isDone(); tries += 1) {
    const { data } = await call('next_task')
    const id = /"id":"(T\d+)"/.exec(JSON.stringify(data['task'] ?? ''))?.[1]
    if (id === undefined) continue
    project.write(`${id}.txt`, 'x')
    await call('record_green', { task: id })
    await call('mark_complete', { task: id })
  }
}

it('no line and no mark is lost while two servers and a human write the plan at random times', async () => {
  const seed = freshSeed()
  console.log('editor', { seed })
  const project = stackProject(PLAN)
  const servers = [await connect(project.root), await connect(project.root)]
  let isOver = false
  const saves = human(project, chanceOf(seed), () => isOver)
  await Promise.all(servers.map(server => work(server, project)))
  isOver = true
  const notes = await saves
  const text = project.read(TASKS)
  expect(notes.filter(note => !text.includes(`${note}\n`) && !text.endsWith(note))).toEqual([])
  expect(ids.filter(id => !text.includes(`[X] ${id}`))).toEqual([])
})
