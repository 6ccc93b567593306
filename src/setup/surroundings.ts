import { realpathSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { isOnPath } from '../runner/program.ts'
import { homeFolder } from '../store/home-folder.ts'
import { installationOf } from './launch.ts'
import type { Surroundings } from './targets.ts'

/** The surroundings of this process, for the project in `root`. */
export function currentSurroundings(root: string): Surroundings {
  const { env, execPath, platform, argv } = process
  return {
    root,
    machine: { platform, home: homeFolder() ?? '', variable: name => env[name] },
    installation: installationOf(
      realpathSync(argv[1] ?? execPath),
      execPath,
      path.join(path.dirname(execPath), 'npx'),
    ),
    isOnPath,
  }
}
