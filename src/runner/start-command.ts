import { parseCommand } from './command-line.ts'
import type { PackageView } from './framework.ts'
import { scriptOf } from './manifest.ts'

/** The start command of a project, and what it was detected from. */
export interface DetectedStart {
  argv: string[]
  because: string
}

/** Finds the start command of a project in its own files. `read` returns the text of a file in the project. */
export function findStart(
  view: PackageView,
  read: (file: string) => string | undefined,
): DetectedStart | undefined {
  if (scriptOf(view, 'start') !== undefined)
    return { argv: [packageManager(view), 'start'], because: 'scripts.start of package.json' }
  const line = /^web:\s*(.+)$/m.exec(read('Procfile') ?? '')?.[1]
  const command = line === undefined ? undefined : parseCommand(line)
  if (command && 'argv' in command && command.argv.length > 0)
    return { argv: command.argv, because: 'web of Procfile' }
  const known = KNOWN.find(({ file }) => view.exists(file))
  return known && { argv: known.argv, because: known.file }
}

/** Files that a start command names and that a build creates, such as `dist/server.js`. */
export function builtFiles(argv: readonly string[], view: PackageView): string[] {
  const script = argv[1] === 'start' ? (scriptOf(view, 'start') ?? '') : ''
  const words = [...argv, ...script.split(/[\s"']+/)]
  return [...new Set(words.filter(word => BUILT.test(word)))]
}

const BUILT = /^(?:\.\/)?(?:dist|build|out|lib|target|\.next|\.output)\/[\w./-]+\.\w+$/

const KNOWN = [
  { file: 'start.sh', argv: ['sh', 'start.sh'] },
  { file: 'server.js', argv: ['node', 'server.js'] },
  { file: 'manage.py', argv: ['python3', 'manage.py', 'runserver', '--noreload'] },
]

function packageManager(view: PackageView): string {
  if (view.exists('pnpm-lock.yaml')) return 'pnpm'
  if (view.exists('yarn.lock')) return 'yarn'
  return view.exists('bun.lock') || view.exists('bun.lockb') ? 'bun' : 'npm'
}
