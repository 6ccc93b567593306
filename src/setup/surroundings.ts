import process from 'node:process'
import { currentInstallation } from '../runner/installation.ts'
import { isOnPath } from '../runner/program.ts'
import { homeFolder } from '../store/home-folder.ts'
import type { Surroundings } from './targets.ts'

/** The surroundings of this process, for the project in `root`. */
export function currentSurroundings(root: string): Surroundings {
  const { env, platform } = process
  return {
    root,
    machine: { platform, home: homeFolder() ?? '', variable: name => env[name] },
    installation: currentInstallation(),
    isOnPath,
  }
}
