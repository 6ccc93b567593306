import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import * as gitProcess from '../../src/store/git-process.ts'
import { listSources } from '../../src/store/source-list.ts'
import * as folderTimes from '../../src/store/folder-times.ts'
import { areUnchanged, watchFolders } from '../../src/store/watched-folders.ts'
import { makeProject, type Project } from '../kit/project.ts'

const FILES = {
  'package.json': '{}',
  '.gitignore': 'out/\n*.log\n',
  'src/a.js': 'a',
  'src/deep/b.js': 'b',
  'out/built.js': 'x',
  'cache/.gitignore': '*\n',
  'cache/one/kept.txt': 'x',
  'empty/.gitkeep': '',
}

/** What git lists now. */
function listedByGit({ root }: Project): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], { cwd: root })
  return [...new Set(listed.toString('utf8').split('\0'))].filter(file => file !== '').sort()
}

/** A project whose list was made when nothing in it had changed for long. */
async function listedProject(): Promise<Project> {
  const project = makeProject(FILES)
  mkdirSync(path.join(project.root, 'bare'))
  mkdirSync(path.join(project.root, ':/out'), { recursive: true })
  project.write('.git/more', 'untracked.js\n')
  execFileSync('git', ['config', 'include.path', 'later'], { cwd: project.root })
  execFileSync('git', ['add', '.'], { cwd: project.root })
  execFileSync('mkfifo', [path.join(project.root, 'src/pipe')])
  project.write('src/untracked.js', 'x')
  age(project)
  await listSources(project)
  return project
}

/** The times of changes cannot be set back, so the clock goes forward. */
function age(_project: Project): void {
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000)
}

function countProcesses() {
  return vi.spyOn(gitProcess, 'runGitProcess')
}

afterEach(() => {
  vi.restoreAllMocks()
})

const CHANGES: Record<string, (at: (file: string) => string, root: string) => void> = {
  'a file comes': at => writeFileSync(at('src/new.js'), 'x'),
  'a file comes in a folder that had none': at => writeFileSync(at('bare/new.js'), 'x'),
  'an untracked file goes': at => unlinkSync(at('src/untracked.js')),
  'a file is renamed': at => renameSync(at('src/untracked.js'), at('src/renamed.js')),
  'a file moves to another folder': at => renameSync(at('src/untracked.js'), at('src/deep/c.js')),
  'a folder comes': at => {
    mkdirSync(at('lib/inner'), { recursive: true })
    writeFileSync(at('lib/inner/new.js'), 'x')
  },
  'a folder is renamed': at => renameSync(at('src/deep'), at('src/other')),
  'a folder goes': at => rmSync(at('src/deep'), { recursive: true }),
  'a link comes': at => symlinkSync('a.js', at('src/link.js')),
  'a file takes the place of a pipe': at => {
    unlinkSync(at('src/pipe'))
    writeFileSync(at('src/pipe'), 'x')
  },
  'a file comes in a folder whose name looks like a path of the root': at =>
    writeFileSync(at(':/out/new.js'), 'x'),
  'a list that the configuration includes comes': at =>
    writeFileSync(at('.git/later'), `[core]\n\texcludesFile = ${at('.git/more')}\n`),
  'a file takes the place of a folder with files in git': at => {
    rmSync(at('src/deep'), { recursive: true })
    writeFileSync(at('src/deep'), 'x')
  },
  'a repository comes between the workspace and the disk': (_at, root) => {
    rmSync(path.join(root, '.git'), { recursive: true })
    execFileSync('git', ['init', '-q'], { cwd: root })
  },
  'a folder takes the place of a file': at => {
    unlinkSync(at('src/untracked.js'))
    mkdirSync(at('src/untracked.js'))
    writeFileSync(at('src/untracked.js/x.js'), 'x')
  },
  'a list of what to ignore changes': at => writeFileSync(at('.gitignore'), '*.log\nunt*\n'),
  'a list of what to ignore comes': at => writeFileSync(at('src/.gitignore'), 'untracked.js\n'),
  'a list of what to ignore goes': at => unlinkSync(at('.gitignore')),
  'a list inside an ignored folder changes': at => writeFileSync(at('cache/.gitignore'), 'x\n'),
  'the list of the clone changes': at => {
    mkdirSync(at('.git/info'), { recursive: true })
    writeFileSync(at('.git/info/exclude'), 'untracked.js\n')
  },
  'the configuration names another list': (at, root) => {
    writeFileSync(at('.git/more'), 'untracked.js\n')
    execFileSync('git', ['config', 'core.excludesFile', at('.git/more')], { cwd: root })
  },
  'a file is added to git although it is ignored': (at, root) => {
    writeFileSync(at('src/kept.log'), 'x')
    execFileSync('git', ['add', '-f', 'src/kept.log', 'out/built.js'], { cwd: root })
  },
  'a file is taken out of git': (_at, root) =>
    void execFileSync('git', ['rm', '--cached', '-q', 'src/a.js'], { cwd: root }),
  'a repository comes': (at, root) => {
    mkdirSync(at('vendor'))
    execFileSync('git', ['init', '-q', at('vendor')], { cwd: root })
    writeFileSync(at('vendor/x.js'), 'x')
  },
}

describe('the list of the files', () => {
  it.each(Object.keys(CHANGES))('is that of git after %s', async name => {
    const project = await listedProject()
    CHANGES[name]?.(file => path.join(project.root, file), project.root)
    const { paths } = await listSources(project)
    expect(paths).toEqual(listedByGit(project))
  })

  it('is made without git while no name changes', async () => {
    const project = await listedProject()
    const processes = countProcesses()
    writeFileSync(path.join(project.root, 'src/a.js'), 'other')
    writeFileSync(path.join(project.root, 'out/more.js'), 'ignored')
    writeFileSync(path.join(project.root, 'cache/one/more.txt'), 'ignored')
    const { paths } = await listSources(project)
    expect(processes).not.toHaveBeenCalled()
    expect(paths).toEqual(listedByGit(project))
  })

  it('asks git once after a new file', async () => {
    const project = await listedProject()
    writeFileSync(path.join(project.root, 'src/new.js'), 'x')
    const processes = countProcesses()
    await listSources(project)
    const commands = processes.mock.calls.map(([{ shown }]) => shown.split(' ')[1])
    expect(commands.filter(command => command === 'ls-files')).toHaveLength(1)
    processes.mockClear()
    await listSources(project)
    expect(processes).not.toHaveBeenCalled()
  })

  it('does not rely on the times of a folder that has just changed', async () => {
    const project = makeProject(FILES)
    const src = path.join(project.root, 'src')
    const { ctimeMs } = statSync(path.join(project.root, '.git/config'))
    await vi.waitFor(() => expect(Date.now() - ctimeMs).toBeGreaterThan(folderTimes.YOUNG_MS))
    const since = Date.now()
    writeFileSync(path.join(src, 'new.js'), 'x')
    const watched = await watchFolders(project, listedByGit(project), since)
    expect(watched?.folders.get(src)?.stamp).toBe('')
    expect(watched && areUnchanged(watched)).toBe(true)
    watched?.folders.set(src, { stamp: '', names: 'a.js\0deep/' })
    expect(watched && areUnchanged(watched)).toBe(false)
  })

  it('is still right after a file was replaced by one of the same name', async () => {
    const project = await listedProject()
    const file = path.join(project.root, 'src/a.js')
    writeFileSync(`${file}.new`, 'other')
    renameSync(`${file}.new`, file)
    const processes = countProcesses()
    expect((await listSources(project)).paths).toEqual(listedByGit(project))
    expect(processes).not.toHaveBeenCalled()
  })

  it('is not kept if there is another repository inside it, which may be none later', async () => {
    const project = makeProject({ ...FILES, 'other/x.js': 'x' })
    execFileSync('git', ['init', '-q', 'other'], { cwd: project.root })
    age(project)
    expect((await listSources(project)).paths).not.toContain('other/x.js')
    unlinkSync(path.join(project.root, 'other/.git/HEAD'))
    expect((await listSources(project)).paths).toEqual(listedByGit(project))
  })

  it('is not kept if a folder was moved into it while git made it', async () => {
    const project = makeProject(FILES)
    const outside = makeProject({ 'pkg/inner/new.js': 'x' })
    const { ctimeMs } = statSync(path.join(outside.root, 'pkg/inner'))
    await vi.waitFor(() => expect(Date.now() - ctimeMs).toBeGreaterThan(folderTimes.YOUNG_MS))
    const listed = listedByGit(project)
    const since = Date.now()
    renameSync(path.join(outside.root, 'pkg'), path.join(project.root, 'src/pkg'))
    expect(await watchFolders(project, listed, since)).toBeUndefined()
  })

  it('takes a time of whole seconds for one of a file system that counts them', () => {
    const at = (ms: number) => Object.assign(statSync('.'), { mtimeMs: ms, ctimeMs: ms })
    expect(folderTimes.isYoung(at(5_000), 7_000)).toBe(true)
    expect(folderTimes.isYoung(at(5_001), 7_000)).toBe(false)
  })

  it('is not kept if a file came while git made it', async () => {
    const project = makeProject(FILES)
    const listed = listedByGit(project)
    const since = Date.now()
    writeFileSync(path.join(project.root, 'src/new.js'), 'x')
    expect(await watchFolders(project, listed, since)).toBeUndefined()
  })

  it('is not kept if a file came while its folder was looked at', async () => {
    const project = makeProject(FILES)
    const folder = path.join(project.root, 'src')
    const { ctimeMs } = statSync(folder)
    await vi.waitFor(() => expect(Date.now() - ctimeMs).toBeGreaterThan(folderTimes.YOUNG_MS))
    const listed = listedByGit(project)
    const since = Date.now()
    const { entriesOf } = folderTimes
    vi.spyOn(folderTimes, 'entriesOf').mockImplementation(place => {
      if (place === folder) project.write('src/late.js', 'x')
      return entriesOf(place)
    })
    expect(await watchFolders(project, listed, since)).toBeUndefined()
  })

  it('has a secret file as soon as its content is one', async () => {
    const project = makeProject({ ...FILES, '.npmrc': 'fund=false\n' })
    age(project)
    expect((await listSources(project)).paths).toContain('.npmrc')
    project.write('.npmrc', '//registry.npmjs.org/:_authToken=x\n')
    const { paths, secret } = await listSources(project)
    expect(paths).not.toContain('.npmrc')
    expect(secret).toEqual(['.npmrc'])
  })
})
