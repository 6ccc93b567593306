import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { dialects } from '../../src/dialects/index.ts'
import { Conflict } from '../../src/store/replace-file.ts'
import { writeMarks } from '../../src/store/marks.ts'
import { workspaceReader } from '../../src/store/workspace-reader.ts'
import { openWorkspace } from '../../src/store/workspace.ts'
import { runCommand } from '../kit/program.ts'
import { makeProject, type Project } from '../kit/project.ts'
import { KINDS, type Kind } from './bad-input-kinds.ts'

describe.each(Object.entries(KINDS))('a plan of %s', (_name, kind) => {
  const { tasks, text } = kind
  const isJson = tasks.endsWith('.json')

  test('in UTF-16 is reported, and nothing is written', () => {
    const project = workspace(kind)
    writeFileSync(path.join(project.root, tasks), Buffer.from(`\ufeff${text}`, 'utf16le'))
    expect(refused(project)).toMatch(
      new RegExp(`\\[unsupported_file\\] ${escaped(tasks)}, line 1: .*UTF-16`),
    )
  })

  test('with a NUL character is reported with its line, and nothing is written', () => {
    const project = workspace({
      ...kind,
      text: text.replace('Write b', 'Wri\0te b').replace('"b"', '"\0"'),
    })
    expect(refused(project)).toContain(`[unsupported_file] ${tasks}, line 5: `)
  })

  test('that an unclosed code block hides is reported with its line, and nothing is written', () => {
    const allHidden = refused(workspace({ ...kind, text: `\`\`\`\n${text}` }))
    expect(allHidden).toContain(`[plan_invalid] ${tasks}, line 1: `)
    const lines = text.split('\n')
    const partHidden = refused(
      workspace({ ...kind, text: [...lines.slice(0, 4), '```', ...lines.slice(4)].join('\n') }),
    )
    expect(partHidden).toMatch(new RegExp(`\\[plan_invalid\\] .*${escaped(tasks)}(:|, line )5`))
  })

  test('that contains its list twice with different marks is reported with both lines', () => {
    const { twice } = kind
    const again = twice
      ? text
      : isJson
        ? text.replace('"id": 2', '"id": 1').replace(/false(?=}])/, 'true')
        : text + text.replaceAll('[ ]', '[x]')
    const project = workspace({ ...kind, text: again, around: { ...kind.around, ...twice?.files } })
    const problems = problemsOf(project)
    expect(problems).toContain(`"path":"${Object.keys(twice?.files ?? {})[0] ?? tasks}"`)
    const usual = isJson ? /"line":5,.*already used/ : /"line":9,.*(line|Line) 4/
    expect(problems).toMatch(twice?.problem ?? usual)
    expect(project.read(tasks)).toBe(again)
  })

  test('that another program saves between reading and writing stays as it was saved', () => {
    const project = workspace(kind)
    const opened = openWorkspace(project.root)
    if (opened === undefined) throw new Error('no workspace')
    const reader = workspaceReader(opened, new Map())
    const dialect = dialects.find(one => one.detect(reader) !== undefined)
    const active = dialect?.active(reader)
    if (dialect === undefined || active === undefined || !('found' in active))
      throw new Error('no feature')
    const plan = dialect.read(reader, active.found)
    const [task] = plan.tasks
    if (task === undefined) throw new Error('no task')
    const edits = dialect.finish(reader, plan, task, '2026-01-01T00:00:00Z')
    const saved = `\n${text}`
    project.write(tasks, saved)
    const own = edits.filter(edit => edit.path === tasks)
    expect(() => writeMarks(opened, own)).toThrow(Conflict)
    expect(() => writeMarks(opened, own)).toThrow(tasks)
    expect(project.read(tasks)).toBe(saved)
  })
})

describe('invalid JSON', () => {
  test.each([
    ['cut off', '{\n"status": "APPROVED",\n"tasks": [\n{"id": 1, "passes": false}', 4],
    ['with a trailing comma', '{\n"tasks": [\n{"id": 1, "passes": false},\n]}', 4],
    ['with trailing text', '{"tasks": [{"id": 1, "passes": false}]}\n}\n', 2],
    [
      'with a repeated state',
      '{"status": "APPROVED", "tasks": [\n{"id": 1,\n"passes": true, "passes": false}]}\n',
      3,
    ],
    ['with a repeated list', '{"tasks": [{"id": 1, "passes": false}],\n"tasks": []}\n', 2],
  ])('%s is reported with its line, and nothing is written', (_, text, line) => {
    const kind = KINDS['json-plan']
    const project = workspace({ tasks: '', around: {}, first: '', ...kind, text })
    const place = new RegExp(`docs/plans/2026-01-01-a\\.json(:|, line )${line}\\b`)
    expect(refused(project)).toMatch(place)
  })
})

describe.each(['conductor with boxes', 'conductor with a table'])('around a plan of %s', name => {
  const kind = KINDS[name]
  if (kind === undefined) throw new Error(`no ${name}`)
  const [registry = ''] = Object.keys(kind.around)
  const metadata = kind.tasks.replace('plan.md', 'metadata.json')

  test('a registry entry without a plan is reported with its line', () => {
    const project = workspace(kind)
    project.remove(path.posix.dirname(kind.tasks))
    const refusal = refused(project)
    expect(refusal).toContain(`${registry}:3 names `)
    expect(refusal).toContain(`${kind.tasks} does not exist`)
  })

  test('a metadata.json with trailing text is reported and not written', () => {
    const broken = `{"status": "new"}\n\n{"status": "new"}\n`
    const project = workspace({ ...kind, around: { ...kind.around, [metadata]: broken } })
    expect(problemsOf(project)).toContain(`"path":"${metadata}","line":3`)
    finish(project, kind)
    expect(project.read(metadata)).toBe(broken)
    expect(project.read(kind.tasks)).toContain('- [x] Task: Write a')
  })

  test('a registry in UTF-16 is reported and not written', () => {
    const project = workspace(kind)
    const bytes = Buffer.from(`\ufeff${kind.around[registry]}`, 'utf16le')
    writeFileSync(path.join(project.root, registry), bytes)
    expect(refused(project)).toContain(`${registry}:1 cannot be read`)
  })
})

/** Completes the first task as a check. */
function finish(project: Project, { first }: Kind): void {
  const settings = {
    kinds: [{ tasks: first, kind: 'check' }],
    checks: { ok: ['true'] },
    approval: { required: 'never' },
  }
  project.write('redgreen.config.json', JSON.stringify(settings))
  expect(runCli(project, 'next-task', first).stderr).toBe('')
  expect(runCli(project, 'record-green', first, '--check', 'ok').stderr).toBe('')
  expect(runCli(project, 'mark-complete', first).stderr).toBe('')
}

function workspace({ tasks, text, around }: Kind): Project {
  const settings = JSON.stringify({ approval: { required: 'never' } })
  return makeProject({ ...around, [tasks]: text, 'redgreen.config.json': settings }, { git: false })
}

/** The refusal of the next task; it must not change any file. */
function refused(project: Project): string {
  const before = bytesIn(project)
  const { status, stderr } = runCli(project, 'next-task')
  expect(status).toBe(1)
  expect(bytesIn(project)).toEqual(before)
  return stderr
}

/** The problems that `status` reports, as JSON without spaces. */
function problemsOf(project: Project): string {
  const status = z.object({ problems: z.array(z.unknown()) })
  const { problems } = status.parse(JSON.parse(runCli(project, 'status', '--json').stdout))
  return JSON.stringify(problems)
}

function bytesIn({ root }: Project): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter(
    entry => entry.isFile() && !entry.parentPath.includes('.redgreen'),
  )
  const paths = files.map(({ parentPath, name }) => path.join(parentPath, name)).sort()
  return Object.fromEntries(paths.map(file => [file, readFileSync(file, 'hex')]))
}

function runCli(project: Project, ...args: string[]) {
  return runCommand(project, args)
}

function escaped(text: string): string {
  return text.replaceAll(/[.\\/]/g, '\\$&')
}
