import { spawnSync } from 'node:child_process'
import process from 'node:process'
import { PROGRAM } from './program.ts'
import { makeProject, type Project } from './project.ts'

/** A home folder of its own, so that nothing of the developer's is read or written. */
export function withHome() {
  const { root: home } = makeProject({}, { git: false })
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    XDG_STATE_HOME: '',
    XDG_CONFIG_HOME: '',
  }
  /** Runs a command in the project. */
  const run = (project: Pick<Project, 'root'>, command: string, ...args: string[]) =>
    spawnSync(process.execPath, [PROGRAM, command, ...args], {
      cwd: project.root,
      encoding: 'utf8',
      env,
    })
  return { home, env, run }
}
