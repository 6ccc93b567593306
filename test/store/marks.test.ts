import { chmodSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { assert, property, uint8Array } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeText } from '../../src/store/text-encoding.ts'
import { writeMarks } from '../../src/store/marks.ts'
import { Outside } from '../../src/store/workspace.ts'
import { makeProject } from '../kit/project.ts'
import { openProject } from '../kit/store.ts'

/** The mark of a task at the start of a file. */
const MARK = { path: 'tasks.md', line: 1, start: 0, end: 3, from: '[ ]', to: '[X]' }

const RESERVED = `
  .git/hooks/x .GIT/config .husky/pre-commit .redgreen/x
  .env .env.local packages/a/.env .npmrc .yarnrc .yarnrc.yml
  .mcp.json mcp.json .roo/mcp.json .kiro/settings/mcp.json opencode.json
  .vscode/settings.json .cursor/rules/x.md .windsurf/rules/x.md .zed/settings.json
  .claude/settings.json .codex/config.toml .gemini/settings.json .idea/x.xml`
  .trim()
  .split(/\s+/)

describe('marks', () => {
  it('change their own characters and no other byte of any file', () => {
    const project = makeProject({ 'tasks.md': '' })
    const { workspace } = openProject(project)
    const file = path.join(project.root, 'tasks.md')
    assert(
      property(uint8Array(), uint8Array(), (before, after) => {
        const mark = Buffer.from('[ ]')
        const bytes = Buffer.concat([before, mark, after])
        writeFileSync(file, bytes)
        const start = decodeText(bytes).length - decodeText(Buffer.concat([mark, after])).length
        const text = decodeText(bytes)
        const at = text.indexOf('[ ]', Math.max(0, start - 4))
        const edit = { path: 'tasks.md', line: 1, start: at, end: at + 3, from: '[ ]', to: '[X]' }
        writeMarks(workspace, [edit])
        expect(readFileSync(file).length).toBe(bytes.length)
        expect(readFileSync(file).filter((byte, index) => byte !== bytes[index])).toHaveLength(1)
      }),
      { numRuns: 200 },
    )
  })

  it('keep the mode of the file and a link to it', () => {
    const project = makeProject({ 'real/tasks.md': '[ ]' })
    const { workspace } = openProject(project)
    chmodSync(path.join(project.root, 'real/tasks.md'), 0o640)
    symlinkSync('real/tasks.md', path.join(project.root, 'tasks.md'))
    writeMarks(workspace, [MARK])
    expect(project.read('real/tasks.md')).toBe('[X]')
    expect(statSync(path.join(project.root, 'real/tasks.md')).mode & 0o777).toBe(0o640)
    expect(readdirSync(path.join(project.root, 'real'))).toEqual(['tasks.md'])
  })

  it.each(RESERVED)('are never written to %s, not even through a link', file => {
    const project = makeProject({ [file]: '[ ]' }, { git: false })
    const { workspace } = openProject(project)
    symlinkSync(path.join(project.root, file), path.join(project.root, 'tasks.md'))
    for (const named of [file, 'tasks.md']) {
      expect(() => writeMarks(workspace, [{ ...MARK, path: named }])).toThrow(Outside)
    }
    expect(project.read(file)).toBe('[ ]')
  })
})
