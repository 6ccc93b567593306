import path from 'node:path'
import type { Framework } from '../framework.ts'
import { readEvents } from '../reports/events.ts'
import { findInterpreter, isPythonTest, pythonEnvironment, pythonReporters } from './python.ts'

/** The built-in test runner of Python. */
export const unittest = {
  name: 'unittest',
  language: 'python',
  source: 'reporter',
  fallback: /^[ \t]*(?:import|from)\s+unittest\b/m,
  detect: () => undefined,
  isTest: isPythonTest,
  testPatterns: 'test_*.py or *_test.py',
  configuration: view => ['setup.cfg', 'pyproject.toml'].filter(view.exists),
  manifestKeys: [],
  snapshots: () => [],
  command(request) {
    const python = findInterpreter(request)
    if (python === undefined) return undefined
    const runner = path.join(pythonReporters(), 'redgreen_unittest.py')
    return { argv: [python, runner, ...request.files], env: pythonEnvironment(request) }
  },
  install: 'Install Python, so that the command python3 is on the PATH.',
  parse: readEvents,
} satisfies Framework
