import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { dialects } from '../../../src/dialects/index.ts'
import { attributesTarget } from '../../../src/setup/merging/attributes.ts'
import { driverCommand } from '../../../src/setup/merging/driver.ts'
import { withHome } from '../../kit/home.ts'
import { makeProject, stackProject, type Project } from '../../kit/project.ts'

const PLAN = '- [ ] T001 Create notes.txt\n'
const KEY = 'merge.redgreen.driver'

function git({ root }: Project, ...args: string[]): string {
  return spawnSync('git', ['-C', root, ...args], { encoding: 'utf8' }).stdout.trim()
}

describe('redgreen init', () => {
  it('names the driver for ledgers and plans, registers it, changes nothing again, and removes both', () => {
    const project = stackProject(PLAN, { '.gitattributes': '*.png binary' })
    const { run } = withHome()
    const config = project.read('.git/config')
    const first = run(project, 'init').stdout
    expect(first).toContain('+ git: merge driver added (.gitattributes)')
    expect(first).toContain('> git: merge driver set up by its own command (`git config --local')
    expect(project.read('.gitattributes')).toBe(
      [
        '*.png binary',
        '# Merges ledgers and marks of plans of two branches (redgreen init).',
        '.redgreen/ledger/** merge=redgreen',
        '**/specs/**/tasks.md merge=redgreen',
        '**/.specs/**/tasks.md merge=redgreen',
        '',
      ].join('\n'),
    )
    expect(git(project, 'check-attr', 'merge', 'specs/001-stack/tasks.md')).toMatch(/redgreen$/)
    expect(git(project, 'config', KEY)).toContain('merge-driver %O %A %B %P || git merge-file')
    expect(run(project, 'init').stdout).toContain('Nothing had to be changed.')
    const removed = run(project, 'init', '--remove')
    expect(removed.stdout).toContain('> git: merge driver removed by its own command')
    expect(project.read('.gitattributes')).toBe('*.png binary')
    expect(project.read('.git/config')).toBe(config)
  })

  it('writes nothing in a dry run, and nothing without git', () => {
    const project = stackProject(PLAN)
    const { run } = withHome()
    expect(run(project, 'init', '--dry-run').stdout).toContain('git: merge driver will be added')
    expect(existsSync(path.join(project.root, '.gitattributes'))).toBe(false)
    expect(git(project, 'config', KEY)).toBe('')
    expect(run(stackProject(PLAN, {}, { git: false }), 'init').stdout).not.toContain('merge driver')
  })

  it('names a checklist of the user, also with spaces', () => {
    const project = makeProject({ 'package.json': '{}', 'docs/My plan.md': '- [ ] one\n' })
    withHome().run(project, 'init', 'docs/My plan.md')
    expect(git(project, 'check-attr', 'merge', 'docs/My plan.md')).toMatch(/redgreen$/)
  })

  it('names the files of an example', () => {
    const project = makeProject({})
    withHome().run(project, 'init', '--example', 'kiro')
    expect(git(project, 'check-attr', 'merge', '.kiro/specs/stack/tasks.md')).toMatch(/redgreen$/)
  })
})

describe('redgreen doctor', () => {
  const checkOf = (text: string) => /^.*\bmerging .*(\n {4,}.*)?/m.exec(text)?.[0] ?? ''

  it('names one command for a clone that has not registered the driver, which works', () => {
    const project = stackProject(PLAN)
    const { run, env } = withHome()
    expect(checkOf(run(project, 'doctor').stdout)).toMatch(/✓ merging +no merge driver; /)
    run(project, 'init')
    expect(checkOf(run(project, 'doctor').stdout)).toMatch(/✓ merging +the merge driver is reg/)
    git(project, 'config', '--remove-section', 'merge.redgreen')
    const { stdout, status } = run(project, 'doctor')
    expect(status).toBe(1)
    const [, command = ''] =
      /✗ merging +.* not registered in this clone.*\n +Run: (.*)/.exec(stdout) ?? []
    expect(spawnSync('sh', ['-c', command], { cwd: project.root, env }).status).toBe(0)
    expect(checkOf(run(project, 'doctor').stdout)).toMatch(/✓ merging/)
    expect(run(project, 'init').stdout).toContain('Nothing had to be changed.')
  })

  it('says that the registered program does not exist', () => {
    const project = stackProject(PLAN)
    const { run } = withHome()
    run(project, 'init')
    git(project, 'config', KEY, "node '/no where/cli.js' merge-driver %O %A %B %P")
    expect(checkOf(run(project, 'doctor').stdout)).toMatch(/✗ merging .*\/no where\/cli\.js, which/)
  })
})

describe('the attributes', () => {
  it('keep the line ends of the file, and lines of an earlier set-up', () => {
    const target = attributesTarget('/p', ['plan.md'])
    const text = target.set('*.md text\r\n')
    expect(text).toMatch(
      /^\*\.md text\r\n# Merges .*\r\n\.redgreen\/ledger\/\*\* merge=redgreen\r\nplan\.md merge=redgreen\r\n$/,
    )
    expect(attributesTarget('/p', ['other.md']).set(text)).toBe(
      `${text}other.md merge=redgreen\r\n`,
    )
    expect(target.remove(text)).toBe('*.md text\r\n')
  })

  it('have a pattern for the plans of every format', () => {
    expect(dialects.filter(({ planFiles }) => planFiles.length === 0)).toEqual([])
  })
})

it('quotes the path of the program for the shell and for git', () => {
  expect(driverCommand({ program: "/a b/it's 5%/cli.js" })).toMatch(
    /^node '\/a b\/it'\\''s 5%%\/cli\.js' merge-driver /,
  )
  expect(
    driverCommand({ program: '/home/x/.npm/_npx/1/node_modules/redgreen-mcp/dist/cli.js' }),
  ).toMatch(/^npx -y redgreen-mcp merge-driver /)
})
