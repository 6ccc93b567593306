import { execFileSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { projectAt, stackProject, type Project } from './project.ts'

/** A bare repository, and how to clone it: each clone as on a machine of its own. */
export interface Forge {
  /** Absolute path of the bare repository. */
  remote: string
  clone(name: string): Clone
}

export interface Clone extends Project {
  git: (...args: string[]) => string
  /** Commits everything and pushes it to a branch of the clone's name. */
  push: () => void
  /** The same clone with a branch of the remote checked out. */
  at: (branch: string) => Clone
}

/** A project with these tasks whose clones share their work through `shared`, on a remote. */
export function makeForge(
  tasks: string,
  shared: object = { store: 'git' },
  more: Record<string, string> = {},
): Forge {
  const first = stackProject(tasks, { 'redgreen.config.json': JSON.stringify({ shared }), ...more })
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'redgreen-forge-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  const remote = path.join(folder, 'team', 'stack.git')
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', remote])
  const { git } = cloneAt(first.root, 'first')
  git('add', '--all')
  git('commit', '-qm', 'plan')
  git('push', '-q', remote, 'HEAD:main')
  return {
    remote,
    clone(name) {
      const root = path.join(folder, name)
      execFileSync('git', ['clone', '-q', remote, root])
      return cloneAt(root, name)
    },
  }
}

function cloneAt(root: string, name: string): Clone {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', `user.name=${name}`, '-c', 'user.email=a@example.com', ...args], {
      cwd: root,
      encoding: 'utf8',
    })
  const clone: Clone = {
    ...projectAt(root),
    git,
    push: () => {
      git('add', '--all')
      git('commit', '-qm', `work of ${name}`)
      git('push', '-q', 'origin', `HEAD:${name}`)
    },
    at(branch) {
      git('checkout', '-q', branch)
      return clone
    },
  }
  return clone
}
