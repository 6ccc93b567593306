import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { openGit, type GitOptions } from '../../../../src/store/coordinator/git/git-coordinator.ts'
import type { Coordinator } from '../../../../src/store/coordinator/coordinator.ts'

/** A bare repository as the remote of clones that a test makes, in a temporary folder. */
export class TestRemote {
  readonly folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'redgreen-remote-')))
  readonly bare = path.join(this.folder, 'remote.git')
  #clones = 0

  constructor() {
    git(this.folder, 'init', '-q', '--bare', '-b', 'main', this.bare)
    // As forges can be configured: references only move forward, and none is deleted.
    for (const name of ['denyNonFastForwards', 'denyDeletes', 'fsckObjects'])
      git(this.bare, 'config', `receive.${name}`, 'true')
    git(this.bare, 'config', 'uploadpack.allowFilter', 'true')
  }

  /** A clone that has what was pushed before. */
  clone(...options: string[]): string {
    const root = this.#newFolder()
    git(this.folder, 'clone', '-q', ...options, `file://${this.bare}`, root)
    return root
  }

  /** A repository that has only the remote's address, which takes less time. */
  connected(): string {
    const root = this.#newFolder()
    git(this.folder, 'init', '-q', '--template=', '-b', 'main', root)
    git(root, 'remote', 'add', 'origin', this.bare)
    return root
  }

  #newFolder(): string {
    return path.join(this.folder, `clone-${(this.#clones += 1)}`)
  }

  /** The store as a server with a clone of its own uses it. */
  open({
    root = this.connected(),
    project = 'o/p',
    ...more
  }: Partial<GitOptions> = {}): Coordinator {
    return openGit({ root, remote: 'origin', project, ...more })
  }

  /** Pushes a commit for each text to `main`. */
  push(...texts: string[]): void {
    const root = this.clone()
    for (const text of texts) {
      writeFileSync(path.join(root, 'a.txt'), text)
      git(root, 'add', '.')
      git(root, ...AUTHOR, 'commit', '-q', '-m', text)
    }
    git(root, 'push', '-q', 'origin', 'HEAD:refs/heads/main')
  }

  hook(name: string, script: string): void {
    const file = path.join(this.bare, 'hooks', name)
    writeFileSync(file, `#!/bin/sh\n${script}\n`)
    chmodSync(file, 0o755)
  }

  /** Every reference of the remote with its value. */
  references(): Record<string, string> {
    const listed = git(this.bare, 'for-each-ref', '--format=%(refname) %(objectname)')
    const pairs = listed.split('\n').filter(line => line !== '')
    return Object.fromEntries(
      pairs.map((line): [string, string] => {
        const [name = '', value = ''] = line.split(' ')
        return [name, value]
      }),
    )
  }

  /** The file of the state, with the same commit or another one as its value. */
  state(commit = STATE): string {
    return git(this.bare, 'show', `${commit}:state.json`)
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** The reference of the project that `open` opens. */
export const STATE = 'refs/redgreen-shared/o%2fp/state'

/** A remote that is gone with the test. */
export function testRemote(): TestRemote {
  const remote = new TestRemote()
  onTestFinished(() => remote.remove())
  return remote
}

/** Runs git with nothing of the developer's configuration. */
export function git(cwd: string, ...args: string[]): string {
  const { PATH } = process.env
  return execFileSync('git', args, {
    cwd,
    encoding: 'utf8',
    env: { PATH, HOME: cwd, GIT_CONFIG_NOSYSTEM: '1' },
  })
}

const AUTHOR = ['-c', 'user.name=t', '-c', 'user.email=t@localhost']
