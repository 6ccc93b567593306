import { parseCommand } from './command-words.ts'
import type { PackageView } from './framework.ts'
import { scriptOf } from './manifest.ts'

/** How a project is started, and the file that says so. */
export interface FoundStart {
  argv: string[]
  because: string
}

/** Finds the start command in the project's own files; `read` gives the text of one of them. */
export function findStart(
  view: PackageView,
  read: (file: string) => string | undefined,
): FoundStart | undefined {
  if (scriptOf(view, 'start') !== undefined)
    return { argv: [packageManager(view), 'start'], because: 'scripts.start of package.json' }
  const line = /^web:\s*(.+)$/m.exec(read('Procfile') ?? '')?.[1]
  const words = line === undefined ? undefined : parseCommand(line)
  if (words && 'argv' in words && words.argv.length > 0)
    return { argv: words.argv, because: 'web of Procfile' }
  const known = KNOWN.find(({ file }) => view.exists(file))
  return known && { argv: known.argv, because: known.file }
}

/** Files that a start command names, and that a build makes. */
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
