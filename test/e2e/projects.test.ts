import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { isOnPath } from '../../src/runner/program.ts'
import { verify } from '../../src/workflow/verify/verify.ts'
import { connect } from '../kit/assistant.ts'
import { callAt } from '../kit/call.ts'
import { makeProject } from '../kit/project.ts'
import { runsSlowTests } from '../kit/slow.ts'
import { FOLDERS, succeeds } from '../runner/scenarios/installed.ts'
import { javascript } from './projects/javascript.ts'
import { others } from './projects/others.ts'
import type { Shape } from './projects/shape.ts'

/** What differs from an assistant that runs the same commands itself. */
interface Figures {
  project: string
  calls: number
  refusals: string[]
  seconds: number
  byHand: number
}

function line({ project, calls, refusals, seconds, byHand }: Figures): string {
  const refused = refusals.length === 0 ? 'none' : refusals.join(', ')
  const times = [`${seconds.toFixed(1)} s`, `${byHand.toFixed(1)} s`, (seconds / byHand).toFixed(2)]
  return `| ${[project, calls, refused, ...times].join(' | ')} |\n`
}

function modulesFor({ modules }: Shape): string | undefined {
  const folder = FOLDERS.find(
    one => one !== '' && modules.every(name => existsSync(path.join(one, name))),
  )
  return folder && path.resolve(folder)
}

function pythonFor({ python = [] }: Shape): string | undefined {
  const known = [process.env['REDGREEN_PYTHON'] ?? 'python3', 'python3']
  return known.find(program => succeeds([program, '-c', `import ${python.join(', ')}`]))
}

/** Does the work of all tasks, and counts calls, refusals and the time of both ways. */
async function work(shape: Shape, root: string, write: (file: string, text: string) => void) {
  const figures: Figures = { project: shape.name, calls: 0, refusals: [], seconds: 0, byHand: 0 }
  const { call: plain } = await connect(root)
  const call = async (tool: string, input: Record<string, unknown> = {}) => {
    const began = performance.now()
    // Of a step that takes longer than an answer, the next call waits for the result.
    let answer
    do {
      answer = await plain(tool, input)
      figures.calls += 1
    } while (answer.data['running'] !== undefined)
    figures.seconds += (performance.now() - began) / 1000
    if (answer.code !== undefined)
      figures.refusals.push(`${tool}: ${answer.text.split('\n')[0]?.slice(0, 300) ?? ''}`)
    return answer
  }
  // By hand, each task needs one run for RED, one for GREEN and one of the suite.
  const runByHand = () => {
    const [program = '', ...args] = shape.byHand
    const began = performance.now()
    const { status } = spawnSync(program, args, { cwd: root, env: { ...process.env, CI: '1' } })
    figures.byHand += (3 * (performance.now() - began)) / 1000
    expect(status).toBe(0)
  }
  for (const [index, { code, test, text, stub, done }] of shape.tasks.entries()) {
    const task = `T00${index + 1}`
    await call('next_task')
    write(code, stub)
    write(test, text)
    await call('record_red', { task, tests: [test] })
    write(code, done)
    await call('record_green', { task })
    await call('mark_complete', { task })
    runByHand()
  }
  const validation = await call('run_validation')
  return { figures, validation }
}

describe('three tasks in a project of this shape', () => {
  it.for([...javascript, ...others])('$name', { timeout: 600_000 }, async (shape, { skip }) => {
    const isSmall = shape.name === 'mocha with options'
    if (!runsSlowTests && !isSmall) skip('slow, and REDGREEN_SLOW is not set')
    const modules = modulesFor(shape) ?? skip(`${shape.modules.join(', ')} is not installed`)
    if (!(shape.programs ?? []).every(isOnPath)) skip(`${shape.name} is not installed`)
    const python = shape.python && (pythonFor(shape) ?? skip(`${shape.name} is not installed`))
    const tasks = shape.tasks.map(({ code }, at) => `- [ ] T00${at + 1} Return a number in ${code}`)
    const project = makeProject({
      '.gitignore': 'node_modules\n.venv\n__pycache__\ntarget\ncoverage\n.coverage\ntest-results\n',
      'specs/001-it/spec.md': '# It\n\nNumbers.\n',
      'specs/001-it/plan.md': '# Plan\n\nPlain.\n',
      'specs/001-it/tasks.md': `## Phase 1: Core\n${tasks.join('\n')}\n`,
      ...shape.files,
    })
    const { root } = project
    if (shape.modules.length > 0) symlinkSync(modules, path.join(root, 'node_modules'))
    if (python !== undefined && shape.editable) {
      const pip = [path.join(root, '.venv/bin/python'), '-m', 'pip', 'install', '-q']
      const commands = [
        [python, '-m', 'venv', '.venv'],
        [...pip, '-e', '.', ...(shape.python ?? [])],
      ]
      const isInstalled = commands.every(([program = '', ...args]) => {
        const { status } = spawnSync(program, args, { cwd: root, stdio: 'ignore' })
        return status === 0
      })
      if (!isInstalled) skip(`${shape.name} cannot be installed`)
    } else if (python !== undefined) {
      project.write('.venv/bin/python', `#!/bin/sh\nexec ${python} "$@"\n`)
      execFileSync('chmod', ['+x', path.join(root, '.venv/bin/python')])
    }
    execFileSync('git', ['add', '-A'], { cwd: root })
    const identity = ['-c', 'user.name=a', '-c', 'user.email=a@b.c']
    execFileSync('git', [...identity, 'commit', '-qm', 'start'], { cwd: root })
    const { figures, validation } = await work(shape, root, (file, text) =>
      project.write(file, text),
    )
    process.stdout.write(line(figures))
    expect(figures.refusals).toEqual([])
    expect(validation.data).toMatchObject({ passed: true })
    const [seen] = await verify(callAt(root), { replay: () => undefined })
    expect(seen).toMatchObject({ passed: true, done: 3 })
  })
})
