import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readWorkspaceFile } from '../../src/store/workspace-file.ts'
import { readBytes } from '../../src/store/files.ts'
import { writeMarks } from '../../src/store/marks.ts'
import { Conflict } from '../../src/store/replace-file.ts'
import { absolute, contain, openWorkspace, Outside } from '../../src/store/workspace.ts'
import { makeProject, type Project } from '../kit/project.ts'

const MARK = { path: 'plan/tasks.md', line: 1, start: 0, end: 3, from: '[ ]', to: '[X]' }

function open(project: Project) {
  const workspace = openWorkspace(project.root)
  if (!workspace) throw new Error('no workspace')
  return workspace
}

/** Somebody turns a link to and fro, as fast as they can. */
async function flipping(project: Project, name: string, inside: string, outside: string) {
  const link = path.join(project.root, name)
  const script = `
    const fs = require('node:fs')
    const [, link, inside, outside] = process.argv
    console.log('ready')
    for (;;) for (const target of [outside, inside]) {
      fs.symlinkSync(target, link + '.new')
      fs.renameSync(link + '.new', link)
    }`
  symlinkSync(inside, link)
  const child = spawn(process.execPath, ['-e', script, link, inside, outside])
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
}

function outsideFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'redgreen-outside-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(path.join(folder, 'tasks.md'), '[ ] secret')
  return folder
}

/** What an attempt gave; a refusal gives nothing. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    const isExpected = error instanceof Outside || error instanceof Conflict || isMissing(error)
    if (isExpected) return undefined
    throw error
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

function countOf(times: number, isSo: () => boolean): number {
  let count = 0
  for (let index = 0; index < times; index += 1) if (isSo()) count += 1
  return count
}

describe('while a link is turned between looking and opening', () => {
  it('nothing outside is read, as it would be without looking at what was opened', async () => {
    const project = makeProject({ 'inside/tasks.md': '[ ] own' }, { git: false })
    const workspace = open(project)
    await flipping(project, 'plan', path.join(project.root, 'inside'), outsideFolder())
    const isSecret = (read: () => Buffer | undefined) =>
      attempt(read)?.toString().includes('secret') ?? false
    const named = 'plan/tasks.md'
    const guarded = countOf(3000, () => isSecret(() => readWorkspaceFile(workspace, named)))
    const careless = countOf(20_000, () =>
      isSecret(() => readBytes(absolute(workspace, contain(workspace, named)))),
    )
    expect(guarded).toBe(0)
    expect(careless).toBeGreaterThan(0)
  })

  it('nothing outside is written', async () => {
    const project = makeProject({ 'inside/tasks.md': '' }, { git: false })
    const workspace = open(project)
    const outside = outsideFolder()
    await flipping(project, 'plan', path.join(project.root, 'inside'), outside)
    const written = countOf(400, () => {
      project.write('inside/tasks.md', '[ ] own')
      attempt(() => writeMarks(workspace, [MARK]))
      return project.read('inside/tasks.md') === '[X] own'
    })
    expect(written).toBeGreaterThan(0)
    expect(readFileSync(path.join(outside, 'tasks.md'), 'utf8')).toBe('[ ] secret')
    expect(readdirSync(outside)).toEqual(['tasks.md'])
  })
})

const RESERVED = `
  .git/hooks/x .GIT/config .husky/pre-commit .redgreen/x
  .env .env.local packages/a/.env .npmrc .yarnrc .yarnrc.yml
  .mcp.json mcp.json .roo/mcp.json .kiro/settings/mcp.json opencode.json
  .vscode/settings.json .cursor/rules/x.md .windsurf/rules/x.md .zed/settings.json
  .claude/settings.json .codex/config.toml .gemini/settings.json .idea/x.xml`
  .trim()
  .split(/\s+/)

describe('marks', () => {
  it.each(RESERVED)('are never written to %s, not by way of a link either', file => {
    const project = makeProject({ [file]: '[ ]' }, { git: false })
    const workspace = open(project)
    symlinkSync(path.join(project.root, file), path.join(project.root, 'tasks.md'))
    for (const named of [file, 'tasks.md']) {
      expect(() => writeMarks(workspace, [{ ...MARK, path: named }])).toThrow(Outside)
    }
    expect(project.read(file)).toBe('[ ]')
  })
})
