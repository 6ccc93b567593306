import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { dialects } from '../../../src/dialects/index.ts'
import { attributesTarget } from '../../../src/setup/merging/attributes.ts'
import { driverCommand } from '../../../src/setup/merging/driver.ts'
import { temporaryFolder } from '../../kit/folder.ts'
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

const checkOf = (text: string) => /^.*\bmerging .*(\n {4,}.*)?/m.exec(text)?.[0] ?? ''

describe('redgreen doctor', () => {
  it('names one command for a clone that has not registered the driver, which works', () => {
    const project = stackProject(PLAN)
    const { run, env } = withHome()
    expect(checkOf(run(project, 'doctor').stdout)).toMatch(/✓ merging +no merge driver; /)
    run(project, 'init')
    expect(checkOf(run(project, 'doctor').stdout)).toMatch(/✓ merging +the merge driver is reg/)
    git(project, 'config', '--remove-section', 'merge.redgreen')
    const { stdout, status } = run(project, 'doctor')
    expect(status).toBe(1)
    expect(stdout).toContain('; `redgreen init` registers it')
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

it('quotes the paths of Node and of the program for the shell and for git', () => {
  expect(driverCommand({ node: '/usr/bin/node', program: "/a b/it's 5%/cli.js" })).toMatch(
    /^\/usr\/bin\/node '\/a b\/it'\\''s 5%%\/cli\.js' merge-driver /,
  )
})

describe('a program that a branch or a registry could replace', () => {
  const AT = 'node_modules/redgreen-mcp'
  /** A copy of the built program in a folder, as an installation of a package. */
  function install(folder: string): string {
    const place = path.join(folder, AT)
    cpSync(path.resolve('dist'), path.join(place, 'dist'), { recursive: true })
    cpSync(path.resolve('package.json'), path.join(place, 'package.json'))
    symlinkSync(path.resolve('node_modules'), path.join(place, 'node_modules'))
    return path.join(place, 'dist/cli.js')
  }
  const start = (program: string, { root }: Project, env: NodeJS.ProcessEnv, command: string) =>
    spawnSync(process.execPath, [program, command], { cwd: root, env, encoding: 'utf8' }).stdout

  it.each([
    ['the cache of npx', () => path.join(temporaryFolder(), '_npx/1')],
    ['the work tree', ({ root }: Project) => root],
    [
      'another worktree of the clone',
      (project: Project) => {
        const tree = path.join(temporaryFolder(), 'tree')
        git(project, 'commit', '-q', '--allow-empty', '-m', 'first')
        git(project, 'worktree', 'add', '-q', tree)
        return tree
      },
    ],
  ])('is not registered if it is in %s', (_, folder) => {
    const project = stackProject(PLAN)
    for (const key of ['user.name', 'user.email']) git(project, 'config', key, 'x@localhost')
    const { env } = withHome()
    const program = install(folder(project))
    const text = start(program, project, env, 'init')
    expect(text).toContain('The merge driver of git is not registered: `npm install -g redgreen')
    expect(project.read('.gitattributes')).toContain('merge=redgreen')
    expect(git(project, 'config', KEY)).toBe('')
    const doctor = () => checkOf(start(program, project, env, 'doctor'))
    expect(doctor()).toMatch(/✓ merging +no merge driver in this clone; `npm install -g/)
    git(project, 'config', KEY, `node ${program} merge-driver %O %A %B %P`)
    expect(doctor()).toMatch(/✗ merging .*so a branch can decide what a merge starts\n +`npm inst/)
  })

  it('is named by doctor if an earlier version registered npx', () => {
    const project = stackProject(PLAN)
    const { run } = withHome()
    run(project, 'init')
    git(project, 'config', KEY, 'npx -y redgreen-mcp merge-driver %O %A %B %P')
    expect(checkOf(run(project, 'doctor').stdout)).toMatch(/✗ merging .*starts npx, so a branch/)
    run(project, 'init')
    expect(git(project, 'config', KEY)).toMatch(/^\S*node .*cli\.js merge-driver /)
  })
})
