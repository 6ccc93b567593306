import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../kit/folder.ts'
import { runCommand } from '../kit/program.ts'
import { stackProject } from '../kit/project.ts'

/** The chunks of the program, and packages, that a shared store needs and that were loaded. */
function loadedFor(variables: Record<string, string>, settings = {}): string[] {
  const folder = temporaryFolder()
  const env = { ...process.env, ...variables, NODE_V8_COVERAGE: folder }
  const files = { 'redgreen.config.json': JSON.stringify(settings) }
  runCommand(stackProject('- [ ] T001 Create notes.txt\n', files), ['next-task'], { env })
  const reports = readdirSync(folder).map(name => readFileSync(path.join(folder, name), 'utf8'))
  const found = reports
    .join('')
    .matchAll(/chunks\/(open-replica|git-coordinator|postgres-coordinator)-|node_modules\/(pg)\//g)
  return [...new Set([...found].map(([, chunk, name]) => chunk ?? name ?? ''))].toSorted()
}

it('a project of one clone loads nothing of a shared store', () => {
  expect(loadedFor({ REDGREEN_SHARED_URL: '' })).toEqual([])
  const settings = { shared: { store: 'postgres', project: 'team/stack' } }
  expect(loadedFor({ REDGREEN_SHARED_URL: 'postgres://127.0.0.1:1/none' }, settings)).toEqual([
    'open-replica',
    'pg',
    'postgres-coordinator',
  ])
  expect(loadedFor({ REDGREEN_SHARED_URL: '/nowhere.git' }, settings)).toEqual([
    'git-coordinator',
    'open-replica',
  ])
})

it('a project whose store needs a package that is not installed says how to install it', () => {
  const folder = temporaryFolder()
  cpSync('dist', path.join(folder, 'dist'), { recursive: true })
  const settings = { shared: { store: 'postgres', project: 'team/stack' } }
  const files = { 'redgreen.config.json': JSON.stringify(settings) }
  const { root } = stackProject('- [ ] T001 Create notes.txt\n', files)
  const env = { ...process.env, REDGREEN_SHARED_URL: 'postgres://u:hunter2@127.0.0.1:1/none' }
  const args = [path.join(folder, 'dist', 'cli.js'), 'next-task', '--root', root]
  const { stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' })
  expect(stdout + stderr).toContain('npm install pg')
  expect(stdout + stderr).not.toContain('hunter2')
})
