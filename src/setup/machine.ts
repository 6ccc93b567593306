import path from 'node:path'

/** What the location and the form of a client's configuration depend on. */
export interface Machine {
  platform: NodeJS.Platform
  /** The home folder, absolute; empty if the system names none. */
  home: string
  variable: (name: string) => string | undefined
}

/** A path below the home folder. */
export function inHome({ platform, home }: Machine, ...parts: string[]): string {
  return pathOf(platform).join(home, ...parts)
}

/** The folder where applications keep the user's settings, such as `~/.config`. */
export function applicationData(machine: Machine, ...parts: string[]): string {
  const { platform, variable } = machine
  if (platform === 'darwin') return inHome(machine, 'Library', 'Application Support', ...parts)
  if (platform !== 'win32') return inConfig(machine, ...parts)
  return path.win32.join(variable('APPDATA') ?? inHome(machine, 'AppData', 'Roaming'), ...parts)
}

/** A path below `~/.config`, on Windows below `%APPDATA%`. */
export function inConfig(machine: Machine, ...parts: string[]): string {
  const { platform, variable } = machine
  if (platform === 'win32') return applicationData(machine, ...parts)
  const folder = variable('XDG_CONFIG_HOME')
  return folder && path.posix.isAbsolute(folder)
    ? path.posix.join(folder, ...parts)
    : inHome(machine, '.config', ...parts)
}

function pathOf(platform: NodeJS.Platform): typeof path.posix {
  return platform === 'win32' ? path.win32 : path.posix
}
