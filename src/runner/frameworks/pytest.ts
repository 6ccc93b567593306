import type { Framework, PackageView } from '../framework.ts'
import { patternsIn } from '../configured-patterns.ts'
import { readEvents } from '../reports/events.ts'
import { findInterpreter, isPythonTest, pythonEnvironment, findRequirement } from './python.ts'

/** pytest 7 and later. */
export const pytest = {
  name: 'pytest',
  language: 'python',
  source: 'reporter',
  imports: /^[ \t]*(?:import|from)\s+pytest\b/m,
  fallback: /^[ \t]*(?:async )?def test_\w*\((?!self)/m,
  detect(view) {
    const section = configuredSection(view)
    if (section !== undefined) return section
    return view.exists('conftest.py') ? 'conftest.py' : findRequirement(view, 'pytest')
  },
  isTest: isPythonTest,
  configured: view => CONFIGURATION.flatMap(file => patternsIn(view.read(file), 'python_files')),
  testPatterns: 'test_*.py or *_test.py',
  configuration: (view: PackageView) => CONFIGURATION.filter(view.exists),
  besideTests: ['conftest.py'],
  manifestKeys: [],
  snapshots: () => [],
  ownName: name => {
    const [, own = name, parameters = ''] = /^([^[]*)(\[.*)?$/s.exec(name) ?? []
    return (
      own
        .replace(/^.*\.py::/, '')
        .split('::')
        .join(' > ') + parameters
    )
  },
  command(request) {
    const python = findInterpreter(request)
    if (python === undefined) return undefined
    return {
      argv: [python, '-m', 'pytest', ...flags(), ...request.files],
      env: pythonEnvironment(request),
    }
  },
  module: 'pytest',
  install: 'Install Python, so that the command python3 is on the PATH, and pytest for it.',
  parse: readEvents,
} satisfies Framework

/** Where a package configures pytest: a file, or a section of one. */
export function configuredSection(view: PackageView): string | undefined {
  if (view.exists('pytest.ini')) return 'pytest.ini'
  const found = SECTIONS.map(([file, section]) => [file, section.exec(view.read(file) ?? '')?.[0]])
  const [file, section] = found.find(([, text]) => text !== undefined) ?? []
  return section && `${section} in ${file}`
}

const SECTIONS: [string, RegExp][] = [
  ['pyproject.toml', /\[tool\.pytest\b[^\]\n]*\]/],
  ['tox.ini', /\[pytest\]/],
  ['setup.cfg', /\[tool:pytest\]/],
]

const CONFIGURATION = [
  'pytest.toml',
  '.pytest.toml',
  'pytest.ini',
  '.pytest.ini',
  'pyproject.toml',
  'tox.ini',
  'setup.cfg',
  'conftest.py',
]

function flags(): string[] {
  return [
    '-p',
    'redgreen_pytest',
    '-p',
    'no:cacheprovider',
    '--color=no',
    // A broken file or test does not stop the other tests.
    '--continue-on-collection-errors',
    '--maxfail=0',
    '-v',
  ]
}
