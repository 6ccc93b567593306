import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { labelsOf, missesOf } from '../../../scripts/corpus/labels.ts'
import { corpusFolder, memoryWorkspace, textOf } from '../../kit/memory-workspace.ts'
import { conductor } from '../../../src/dialects/conductor/conductor.ts'
import { metadataOf } from '../../../src/dialects/conductor/metadata.ts'
import { registryOf } from '../../../src/dialects/conductor/registry.ts'
import { Unreadable, type Candidate, type WorkspaceReader } from '../../../src/dialects/dialect.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import { applied, AT, type Files } from './fixture.ts'

const found = corpusFolder(join(import.meta.dirname, '..', '..', '..'))
const corpus = found ?? ''
const entry = z.object({ file: z.string(), path: z.string() })

describe.skipIf(found === undefined)('every real file of conductor', () => {
  const files = found === undefined ? [] : realFiles()
  const plans = files.filter(({ path }) => path.endsWith('/plan.md'))

  test.each(files)('$file is read or refused without a crash', ({ file, path }) => {
    const text = textOf(corpus, file)
    const everywhere = {
      'conductor/tracks.md': text,
      'conductor/tracks/a/plan.md': text,
      'conductor/tracks/a/metadata.json': text,
    }
    for (const files of [{ [path]: text }, everywhere]) {
      const reader = memoryWorkspace(files)
      expect(conductor.active(reader)).toBeTypeOf('object')
      for (const candidate of conductor.features(reader))
        expect(isPlanOrRefused(reader, candidate)).toBe(true)
    }
  })

  test.each(plans)(
    'every task and phase of $file can be started and finished',
    ({ file, path }) => {
      let files: Files = { [path]: textOf(corpus, file) }
      const original = readOne(files)
      for (const task of original.tasks) {
        const plan = readOne(files)
        const current = plan.tasks.find(({ id }) => id === task.id)
        if (current === undefined) throw new Error(`no task ${task.id}`)
        files = applied(files, conductor.start?.(memoryWorkspace(files), plan, current, AT) ?? [])
        const started = readOne(files)
        const same = started.tasks.find(({ id }) => id === task.id) ?? current
        files = applied(files, conductor.finish(memoryWorkspace(files), started, same, AT))
      }
      for (const phase of original.phases)
        files = applied(
          files,
          conductor.finishPhase?.(memoryWorkspace(files), readOne(files), phase, AT) ?? [],
        )
      const after = readOne(files)
      expect(after.tasks.map(({ id, title }) => `${id} ${title}`)).toEqual(
        original.tasks.map(({ id, title }) => `${id} ${title}`),
      )
      expect(after.phases.map(({ name }) => name)).toEqual(original.phases.map(({ name }) => name))
      expect(after.tasks.every(({ markers }) => markers[0]?.state === 'done')).toBe(true)
    },
  )

  test('at least 95 % of the labels of plans and registries are read correctly', () => {
    const compared = labelsOf(corpus, ['conductor']).flatMap(label => {
      const path = files.find(({ file }) => file === label.file)?.path ?? ''
      const text = textOf(corpus, label.file)
      if (path.endsWith('/plan.md'))
        return [{ fields: 6, wrong: missesOf(label, readOne({ [path]: text })).size }]
      if (!path.includes('/tracks.md') && !path.includes('/tracks@')) return []
      const tracks =
        registryOf(memoryWorkspace({ 'conductor/tracks.md': text }), 'conductor')?.tracks ?? []
      const count = (state: string) => tracks.filter(track => track.state === state).length
      const wanted = [label.tasks, label.done, label.open, label.inProgress]
      const read = [tracks.length, count('done'), count('open'), count('doing')]
      return [{ fields: 4, wrong: wanted.filter((value, at) => value !== read[at]).length }]
    })
    const fields = compared.reduce((sum, one) => sum + one.fields, 0)
    const wrong = compared.reduce((sum, one) => sum + one.wrong, 0)
    expect(compared.length).toBeGreaterThan(12)
    expect(1 - wrong / fields).toBeGreaterThanOrEqual(0.95)
  })

  test('the metadata is read, and an invalid file is reported with its line', () => {
    for (const { file, path } of files.filter(({ path }) => path.endsWith('metadata.json'))) {
      const folder = path.slice(0, -'/metadata.json'.length)
      const { status, problem } = metadataOf(
        memoryWorkspace({ [path]: textOf(corpus, file) }),
        folder,
      )
      expect([status?.text ?? problem?.line, file]).not.toEqual([undefined, file])
    }
  })
})

function realFiles(): z.infer<typeof entry>[] {
  const lines = readFileSync(join(corpus, 'manifest.jsonl'), 'utf8').trim().split('\n')
  const all = lines.map(line => entry.parse(JSON.parse(line)))
  return all.filter(({ file }) => file.startsWith('conductor/'))
}

function readOne(files: Files): Plan {
  const reader = memoryWorkspace(files)
  const [candidate] = conductor.features(reader)
  if (candidate === undefined) throw new Error(`no feature in ${Object.keys(files).join(' ')}`)
  return conductor.read(reader, candidate)
}

function isPlanOrRefused(reader: WorkspaceReader, candidate: Candidate): boolean {
  try {
    return conductor.read(reader, candidate).tasks.length > 0
  } catch (error) {
    return error instanceof Unreadable
  }
}
