import type { Framework, PackageView } from './framework.ts'
import { hasDependency } from './manifest.ts'
import { moduleStep } from './missing-module.ts'
import { isOnPath } from './program.ts'
import { runProcess } from './run.ts'
import { createTemporaryFolder } from './temporary-folder.ts'

/** A package that is tested by a framework. Absolute folders. */
interface Place {
  framework: Framework
  cwd: string
  root: string
  view: PackageView
}

/** The step that installs a test runner that cannot be started, as a sentence; `undefined` if it is there as far as files show. */
export function missingRunner({ framework, cwd, root, view }: Place): string | undefined {
  if (framework.isInstalled && !framework.isInstalled()) return framework.install
  const program = framework.isInstalled ? undefined : commandOf({ framework, cwd, root })
  if (program === null) return installStep(framework, view)
  return program === undefined || /[/\\]/.test(program) || isOnPath(program)
    ? undefined
    : `The program ${program} is not on the PATH of the server: install it, or start the server with a PATH that has it.`
}

/** The same, and whether the interpreter has the runner's module, for which it has to be started. */
export async function missingRunnerOrModule(place: Place): Promise<string | undefined> {
  const missing = missingRunner(place)
  const { framework, cwd, root, view } = place
  const python = framework.module === undefined ? undefined : commandOf({ framework, cwd, root })
  if (missing !== undefined || typeof python !== 'string') return missing
  const argv = [python, '-c', HAS_MODULE, framework.module ?? '']
  const { exitCode } = await runProcess({ argv, cwd, timeoutMs: TIMEOUT_MS })
  return exitCode === NO_MODULE ? installStep(framework, view) : undefined
}

/** The program of a run; `null` if the framework is not there. A framework may write files beside the report. */
function commandOf({ framework, cwd, root }: Omit<Place, 'view'>): string | null | undefined {
  const folder = createTemporaryFolder('report')
  try {
    const report = `${folder.path}/events`
    const command = framework.command({ cwd, root, files: [], names: [], report, key: '' })
    return command === undefined ? null : command.argv[0]
  } finally {
    folder.remove()
  }
}

/** A package that is already listed only has to be installed with the other dependencies. */
function installStep({ name, language, install, module }: Framework, view: PackageView): string {
  const packages = [name, `@${name}/test`]
  if (language === 'javascript' && packages.some(one => hasDependency(view, one)))
    return `package.json lists it: run \`${packageManager(view)} install\`.`
  if (module === undefined) return install
  const listed = view.names().filter(name => /^requirements[\w.-]*\.txt$/.test(name))
  const requirements = listed.find(name => view.read(name)?.includes(module))
  return moduleStep(module, requirements === undefined ? module : `-r ${requirements}`)
}

function packageManager(view: PackageView): string {
  const [, manager = 'npm'] = LOCK_FILES.find(([file]) => view.exists(file)) ?? []
  return manager
}

const LOCK_FILES = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
] as const

const NO_MODULE = 3
const HAS_MODULE = `import importlib.util, sys; sys.exit(${NO_MODULE} if importlib.util.find_spec(sys.argv[1]) is None else 0)`
const TIMEOUT_MS = 10_000
