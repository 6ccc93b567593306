import { existsSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { isOnPath } from '../../src/runner/program.ts'
import { verify } from '../../src/workflow/verify/verify.ts'
import { connect } from '../kit/assistant.ts'
import { callAt } from '../kit/call.ts'
import { makeProject, type Project } from '../kit/project.ts'
import { runsSlowTests } from '../kit/slow.ts'
import { nodeModulesWith } from '../runner/scenarios/installed.ts'
import { compiled } from './languages/compiled.ts'
import { interpreted } from './languages/interpreted.ts'
import type { Language } from './languages/language.ts'

/** Why it cannot be tried here; `undefined` if it can. */
function obstacleOf({ slow, programs, paths = [], module }: Language): string | undefined {
  if (slow && !runsSlowTests) return 'runs with REDGREEN_SLOW=1'
  const missing = programs.find(program => !isOnPath(program))
  if (missing !== undefined) return `${missing} is not installed`
  const absent = paths.find(file => !existsSync(file))
  if (absent !== undefined) return `${absent} is missing, and tests download nothing`
  return module === undefined || nodeModulesWith(module) ? undefined : `${module} is not installed`
}

function project({ files, module }: Language): Project {
  const made = makeProject({
    '.gitignore': 'node_modules\n__pycache__\n',
    'specs/001-stack/spec.md': '# Stack\n\nA stack of numbers.\n',
    'specs/001-stack/plan.md': '# Plan\n\nOnly the language.\n',
    'specs/001-stack/tasks.md':
      '## Phase 1: Core\n- [ ] T001 Return the size of a stack\n- [ ] T002 Push onto a stack\n',
    ...files,
  })
  const modules = module === undefined ? undefined : nodeModulesWith(module)
  if (modules !== undefined) symlinkSync(modules, path.join(made.root, 'node_modules'))
  return made
}

const OK = { code: undefined }

describe('two tasks from start to end', () => {
  it.for([...compiled, ...interpreted])(
    'with $name',
    { timeout: 240_000 },
    async (language, { skip }) => {
      const obstacle = obstacleOf(language)
      if (obstacle !== undefined) skip(obstacle)
      const made = project(language)
      const { root } = made
      const write = (files: Record<string, string>, more = '') => {
        for (const [file, text] of Object.entries(files)) made.write(file, text + more)
      }
      const { call } = await connect(root)
      const green = (task: string) => call('record_green', { task })

      await call('next_task')
      write(language.size)
      const size = { task: 'T001', tests: Object.keys(language.size) }
      expect(await call('record_red', size)).toMatchObject(OK)
      expect(await green('T001')).toMatchObject({ code: 'nothing_changed' })
      write(language.one)
      write(language.weak)
      expect(await green('T001')).toMatchObject({ code: 'tests_changed' })
      write(language.size)
      write(language.one)
      expect(await green('T001')).toMatchObject(OK)
      expect(await call('mark_complete', { task: 'T001' })).toMatchObject(OK)

      await call('next_task')
      write(language.two)
      write(language.push)
      const push = { task: 'T002', tests: Object.keys(language.push) }
      expect(await call('record_red', push)).toMatchObject({ code: 'red_passes' })
      expect(await call('record_red', { ...push, late: true })).toMatchObject(OK)
      write(language.push, `\n${language.comment} Tidied.\n`)
      expect(await green('T002')).toMatchObject(OK)
      expect(await call('mark_complete', { task: 'T002' })).toMatchObject(OK)
      expect((await call('run_validation')).data).toMatchObject({ passed: true })

      const [seen] = await verify(callAt(root), { replay: () => undefined })
      expect(seen).toMatchObject({
        passed: true,
        done: 2,
        late: 1,
        replayed: 4,
      })
    },
  )
})
