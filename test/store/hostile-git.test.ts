import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { runGit } from '../../src/store/git.ts'
import { pushReferences } from '../../src/store/push-references.ts'
import { stateOf } from '../../src/store/state.ts'
import { prepareSnapshot } from '../../src/store/snapshot.ts'
import { takeTree } from '../../src/store/tree.ts'
import { runCommand } from '../kit/program.ts'
import { makeProject, projectAt, type Project } from '../kit/project.ts'

const MISSING = '1'.repeat(40)

/** Settings of a partial clone, which git asks its remote for missing objects. */
const partial = (remote: Record<string, string>) => ({
  'extensions.partialClone': 'origin',
  'remote.origin.promisor': 'true',
  'remote.origin.url': '.',
  ...remote,
})

/** What a repository can configure that starts a program, and a command with which git starts it. */
const VECTORS: Record<string, [settings: (run: string) => object, command: string[]]> = {
  'core.fsmonitor': [run => ({ 'core.fsmonitor': run }), ['status', '--porcelain']],
  'core.hooksPath': [() => ({ 'core.hooksPath': 'hooks' }), ['update-ref', 'refs/x', 'HEAD']],
  'filter.clean': [run => ({ 'filter.f.clean': run }), ['status', '--porcelain']],
  'filter.clean in a list': [run => ({ 'filter.f.clean': run }), ['ls-files', '--modified']],
  'filter.process': [run => ({ 'filter.f.process': run }), ['diff', '--name-only', 'HEAD']],
  'filter with = in its name': [run => ({ 'filter.a=b.clean': run }), ['status', '--porcelain']],
  'required filter': [
    run => ({ 'filter.f.clean': run, 'filter.f.required': 'true' }),
    ['diff', '--name-only', 'HEAD'],
  ],
  'diff.textconv': [run => ({ 'diff.d.textconv': run }), ['log', '-Sone', '--format=%H']],
  'diff.command': [run => ({ 'diff.d.command': run }), ['diff', 'HEAD']],
  'diff.external': [run => ({ 'diff.external': run }), ['diff', 'HEAD']],
  'gpg.program': [
    run => ({ 'gpg.program': run, 'log.showSignature': 'true' }),
    ['log', '-1', '--format=%H', 'signed'],
  ],
  'remote.uploadpack': [
    run => partial({ 'remote.origin.uploadpack': run }),
    ['cat-file', '-e', MISSING],
  ],
  'protocol.file.allow': [
    run => partial({ 'remote.origin.uploadpack': run, 'protocol.file.allow': 'always' }),
    ['cat-file', '-e', MISSING],
  ],
  'core.sshCommand': [
    run => partial({ 'remote.origin.url': 'ssh://h/x', 'core.sshCommand': run }),
    ['cat-file', '-e', MISSING],
  ],
  'ext remote': [
    run => partial({ 'remote.origin.url': `ext::${run}`, 'protocol.ext.allow': 'always' }),
    ['cat-file', '-e', MISSING],
  ],
}

const SIGNED = (tree: string) =>
  [
    `tree ${tree}`,
    'author a <a@b> 1700000000 +0000',
    'committer a <a@b> 1700000000 +0000',
    'gpgsig -----BEGIN PGP SIGNATURE-----',
    ' ',
    ' iQ==',
    ' -----END PGP SIGNATURE-----',
    '',
    'signed',
    '',
  ].join('\n')

interface Hostile {
  project: Project
  /** Configures the repository, through a file that its configuration includes. */
  configure: (settings: (run: string) => object) => void
  /** Whether the program was started since the last `configure`. */
  ran: () => boolean
}

/** A repository whose configuration can start a program, which leaves a file outside of it. */
function hostile(): Hostile {
  const project = makeProject({
    'a.txt': 'one\n',
    'b.md': 'one\n',
    '.gitattributes': '*.txt filter=f diff=d\n*.md filter=a=b\n',
  })
  const outside = makeProject({}, { git: false })
  const marker = path.join(outside.root, 'ran')
  const run = path.join(outside.root, 'run')
  outside.write('run', `#!/bin/sh\necho > '${marker}'\nexit 1\n`)
  project.write('hooks/reference-transaction', `#!/bin/sh\n'${run}'\nexit 0\n`)
  for (const file of [run, path.join(project.root, 'hooks/reference-transaction')])
    chmodSync(file, 0o755)
  const git = (args: string[], input = '') =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
      cwd: project.root,
      encoding: 'utf8',
      input,
    }).trim()
  git(['add', 'a.txt', 'b.md', '.gitattributes'])
  git(['commit', '-qm', 'one'])
  const tree = git(['rev-parse', 'HEAD^{tree}'])
  git(['branch', 'signed', git(['hash-object', '-t', 'commit', '-w', '--stdin'], SIGNED(tree))])
  git(['config', '--local', 'include.path', 'included'])
  return {
    project,
    configure(settings) {
      rmSync(marker, { force: true })
      project.write('.git/included', '')
      // The size is that of the index and the time is not, so git compares the contents.
      for (const file of ['a.txt', 'b.md']) project.write(file, 'two\n')
      for (const [name, value] of Object.entries(settings(run)))
        git(['config', '-f', '.git/included', name, value])
    },
    ran: () => existsSync(marker),
  }
}

describe.skipIf(process.platform === 'win32')('git in a hostile repository', () => {
  it('starts no program that the repository configures', async () => {
    const { project, configure, ran } = hostile()
    const started: Record<string, { byUs: boolean; byPlainGit: boolean }> = {}
    for (const [name, [settings, command]] of Object.entries(VECTORS)) {
      configure(settings)
      await runGit(project, command)
      const byUs = ran()
      // The same command without our options starts it.
      spawnSync('git', command, { cwd: project.root })
      started[name] = { byUs, byPlainGit: ran() }
    }
    const expected = Object.keys(VECTORS).map(name => [name, { byUs: false, byPlainGit: true }])
    expect(started).toEqual(Object.fromEntries(expected))
  })

  it('starts no program while files are listed and stored', async () => {
    const { project, configure, ran } = hostile()
    const { root } = project
    configure(run =>
      Object.assign({}, ...Object.values(VECTORS).map(([settings]) => settings(run))),
    )
    const tree = await takeTree({ root })
    expect(Object.keys(tree.files)).toContain('a.txt')
    await prepareSnapshot({ workspace: { root }, state: stateOf({ root }) }, tree)
    expect(ran()).toBe(false)
  })

  it('starts no command line, hook or signature of a remote when it pushes', async () => {
    const { project, configure, ran } = hostile()
    configure(run => ({
      'core.hooksPath': 'hooks',
      'push.gpgSign': 'true',
      'gpg.program': run,
      'remote.origin.url': `ext::${run}`,
      'protocol.ext.allow': 'always',
    }))
    expect(await pushReferences({ root: project.root })).toHaveProperty('failed')
    expect(ran()).toBe(false)
    spawnSync('git', ['push', '--no-signed', 'origin', 'HEAD:refs/heads/x'], { cwd: project.root })
    expect(ran()).toBe(true)
  })
})

/** A clone with a folder that git takes for a bare repository, which starts a program if an object is missing. */
function embedded(shape: (project: Project) => void): { project: Project; marker: string } {
  const marker = path.join(makeProject({}, { git: false }).root, 'ran')
  const top = makeProject({})
  const project = projectAt(path.join(top.root, 'sub'))
  const config = [
    '[core]\n\trepositoryformatversion = 1\n\tbare = false\n\tworktree = .',
    `\tfsmonitor = "echo > '${marker}'; false"`,
    '[extensions]\n\tpartialClone = origin',
    `[remote "origin"]\n\turl = .\n\tpromisor = true\n\tuploadpack = "echo > '${marker}'; false"\n`,
  ]
  project.write('specs/001-a/tasks.md', '## Core\n- [ ] T001 Answer one in src/a.js\n')
  project.write('specs/001-a/spec.md', '# A\n')
  project.write('specs/001-a/plan.md', '# A\n')
  project.write('package.json', '{"name":"a","type":"module","scripts":{"test":"node --test"}}')
  project.write('HEAD', `${MISSING}\n`)
  project.write('config', config.join('\n'))
  shape(project)
  return { project, marker }
}

describe.skipIf(process.platform === 'win32')(
  'a folder of a clone that looks like a bare repository',
  () => {
    const SHAPES: Record<string, (project: Project) => void> = {
      'objects and refs': project => {
        project.write('objects/x', '')
        project.write('refs/heads/x', '')
      },
      commondir: project => {
        project.write('commondir', 'common\n')
        project.write('common/objects/x', '')
        project.write('common/refs/heads/x', '')
        project.write('common/config', project.read('config'))
      },
    }

    it('is not used by git', async () => {
      for (const shape of Object.values(SHAPES)) {
        const { project, marker } = embedded(shape)
        for (const root of [project.root, path.join(project.root, 'specs')])
          expect(await runGit({ root }, ['cat-file', '-e', `${MISSING}^{tree}`])).toMatchObject({
            failed: `${project.root} is a bare git repository`,
          })
        const verify = runCommand(project, ['verify'])
        expect(verify.status).not.toBe(3)
        expect(runCommand(project, ['next-task']).stdout).toContain('[T001]')
        expect(existsSync(marker)).toBe(false)
        spawnSync('git', ['cat-file', '-e', MISSING], { cwd: project.root })
        expect(existsSync(marker)).toBe(true)
      }
    })
  },
)
