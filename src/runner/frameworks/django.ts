import path from 'node:path'
import type { Framework, PackageView } from '../framework.ts'
import { operands } from '../operands.ts'
import { readEvents } from '../reports/events.ts'
import { configuredSection } from './pytest.ts'
import { findInterpreter, isPythonTest, pythonEnvironment, findRequirement } from './python.ts'

/** `manage.py test` of Django, for projects that do not use pytest-django. */
export const django = {
  name: 'django test',
  language: 'python',
  source: 'reporter',
  detect(view) {
    if (!/\bdjango\b/.test(view.read('manage.py') ?? '')) return undefined
    const usesPytest = configuredSection(view) || findRequirement(view, 'pytest-django')
    return usesPytest ? undefined : 'manage.py'
  },
  isTest: file => isPythonTest(file) || /(?:^|\/)test[^/]*\.py$/.test(file),
  testPatterns: 'test*.py',
  configuration: (view: PackageView) => ['manage.py'].filter(view.exists),
  manifestKeys: [],
  snapshots: () => [],
  ownName: name => name.split(/[.:]+/).slice(-2).join(' > '),
  command(request) {
    const python = findInterpreter(request)
    if (python === undefined) return undefined
    const modules = request.files.map(file =>
      path
        .relative(request.cwd, file)
        .replace(/(?:[\\/]__init__)?\.py$/, '')
        .split(path.sep)
        .join('.'),
    )
    return {
      argv: [python, 'manage.py', 'test', ...FLAGS, ...operands(modules)],
      env: pythonEnvironment(request),
    }
  },
  module: 'django',
  install: 'Install Python, so that the command python3 is on the PATH, and Django for it.',
  parse: readEvents,
} satisfies Framework

const FLAGS = [
  '--testrunner=redgreen_django.RedgreenRunner',
  '--noinput',
  '--parallel=1',
  '--no-color',
]
