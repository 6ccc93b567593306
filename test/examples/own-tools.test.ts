import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { runsSlowTests } from '../kit/slow.ts'
import { runDemo } from './demo.ts'

// task-master-ai is not here: it installs 1.4 GB.
const PACKAGES = ['@fission-ai/openspec@1.13.2', 'backlog.md@1.52.0']

describe.skipIf(!runsSlowTests)('after the demo, the own tool of the format', () => {
  let folder = ''

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'redgreen-tools-'))
    const args = ['install', '--silent', '--no-audit', '--no-fund', '--prefix', folder]
    execFileSync('npm', [...args, ...PACKAGES], { shell: process.platform === 'win32' })
  }, 600_000)

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  /** Runs the tool in the project that the demo of its format leaves. */
  async function afterDemo(dialect: string): Promise<(tool: string, ...args: string[]) => string> {
    const { root, remove } = await runDemo(dialect)
    onTestFinished(remove)
    const env = { ...process.env, OPENSPEC_TELEMETRY: '0', NO_COLOR: '1' }
    return (tool, ...args) => {
      const program = path.join(folder, 'node_modules', '.bin', tool)
      return execFileSync(program, args, { cwd: root, env, encoding: 'utf8' })
    }
  }

  test('lists, validates and archives the change of OpenSpec', async () => {
    const run = await afterDemo('openspec')
    expect(run('openspec', 'list')).toMatch(/add-cooking-times +✓ Complete/)
    expect(run('openspec', 'validate', 'add-cooking-times', '--strict')).toContain('is valid')
    expect(run('openspec', 'archive', 'add-cooking-times', '--yes')).toContain('archived as')
  })

  test('has every task of Backlog.md in the last column', async () => {
    const run = await afterDemo('backlog')
    const list = run('backlog', 'task', 'list', '--plain')
    expect(list).toMatch(/^Done:\n/)
    expect(list.match(/TASK-[\d.]+ - /g)).toHaveLength(4)
    expect(list).not.toMatch(/To Do|In Progress/)
  })
})
