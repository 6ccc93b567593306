import { describe, expect, test } from 'vitest'
import { taskMaster } from '../../../src/dialects/task-master/task-master.ts'
import { memoryWorkspace } from '../../kit/memory-workspace.ts'
import { PATH } from './fixture.ts'

const STATE = '.taskmaster/state.json'
const tags = (statuses: Record<string, string>) =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(statuses).map(([tag, status]) => [tag, { tasks: [{ id: 1, status }] }]),
    ),
  )
const BOTH = { [PATH]: tags({ master: 'pending', next: 'pending' }) }

function active(files: Record<string, string>, variables: Record<string, string> = {}) {
  const found = taskMaster.active(memoryWorkspace(files, { variables }))
  if ('found' in found) return found.found.dir
  return 'several' in found ? found.several.map(({ dir }) => dir) : found.none
}

function dirs(files: Record<string, string>): string[] {
  return taskMaster.features(memoryWorkspace(files)).map(({ dir }) => dir)
}

describe('the features', () => {
  test('are the tags of the file', () => {
    expect(dirs(BOTH)).toEqual([`${PATH}#master`, `${PATH}#next`])
  })

  test('are the tag master in a file without tags, also at its old place', () => {
    const flat = '{"meta": {}, "tasks": [{"id": 1, "dependencies": []}]}'
    expect(dirs({ [PATH]: flat })).toEqual([`${PATH}#master`])
    expect(dirs({ 'tasks/tasks.json': flat })).toEqual(['tasks/tasks.json#master'])
    expect(dirs({ [PATH]: flat, 'tasks/tasks.json': flat })).toEqual([`${PATH}#master`])
  })

  test('are not those of another program with a folder of tasks', () => {
    const files = { 'tasks/tasks.json': '{"tasks": [{"label": "build"}]}' }
    expect(dirs(files)).toEqual([])
    expect(taskMaster.detect(memoryWorkspace(files))).toBeUndefined()
  })

  test('may be in a project of a workspace with several', () => {
    expect(dirs({ [`apps/web/${PATH}`]: tags({ a: 'pending' }) })).toEqual([`apps/web/${PATH}#a`])
  })

  test('can be named by their place', () => {
    const reader = memoryWorkspace({ 'old/tasks.json': tags({ a: 'done', b: 'done' }) })
    const named = (name: string) => taskMaster.featureIn?.(reader, name)?.dir
    expect(named('old/tasks.json#b')).toBe('old/tasks.json#b')
    expect(named('old/tasks.json')).toBeUndefined()
    expect(named('other/tasks.json#b')).toBeUndefined()
  })
})

describe('the active tag', () => {
  test('is master, as in task-master, if nothing names another', () => {
    expect(active(BOTH)).toBe(`${PATH}#master`)
  })

  test.each([
    ['state.json', { [STATE]: '{"currentTag": "next"}' }, {}],
    ['config.json', { '.taskmaster/config.json': '{"global": {"defaultTag": "next"}}' }, {}],
    ['the environment', { [STATE]: '{"currentTag": "master"}' }, { TASKMASTER_TAG: 'next' }],
  ])('is the one that %s names', (_, files, variables) => {
    expect(active({ ...BOTH, ...files }, variables)).toBe(`${PATH}#next`)
  })

  test('is the only one, whatever state.json names', () => {
    const files = { [PATH]: tags({ next: 'pending' }), [STATE]: '{"currentTag": "gone"}' }
    expect(active(files)).toBe(`${PATH}#next`)
  })

  test('is not guessed if the named one does not exist', () => {
    expect(active({ ...BOTH, [STATE]: '{"currentTag": "gone"}' })).toEqual([
      `${PATH}#master`,
      `${PATH}#next`,
    ])
  })

  test('is finished if its tasks are done or dropped', () => {
    const reader = (status: string) => memoryWorkspace({ [PATH]: tags({ master: status }) })
    expect(taskMaster.active(reader('cancelled'))).toMatchObject({ isFinished: true })
    expect(taskMaster.active(reader('review'))).toMatchObject({ isFinished: false })
  })

  test('of several projects is the only one with open tasks', () => {
    const [web, api] = [`apps/web/${PATH}`, `apps/api/${PATH}`]
    const files = { [web]: tags({ a: 'done' }), [api]: tags({ b: 'pending' }) }
    expect(active(files)).toBe(`${api}#b`)
    expect(active({ ...files, [web]: tags({ a: 'pending' }) })).toEqual([`${api}#b`, `${web}#a`])
  })

  test('of a file that cannot be read is master, so that reading it reports the problem', () => {
    expect(active({ [PATH]: '{' })).toBe(`${PATH}#master`)
  })

  test('does not exist before task-master has written tasks', () => {
    const files = { '.taskmaster/config.json': '{}' }
    expect(taskMaster.detect(memoryWorkspace(files))).toBe('.taskmaster/config.json exists')
    expect(active(files)).toContain('There is no .taskmaster/tasks/tasks.json')
  })
})
