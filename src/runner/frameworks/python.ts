import path from 'node:path'
import process from 'node:process'
import type { PackageView, TestRequest } from '../framework.ts'
import { packageRoot } from '../package-root.ts'
import { findAbove, isOnPath } from '../program.ts'
import { REPORT_VARIABLE } from '../reporters/writer.ts'

/** The interpreter of the project: that of its virtual environment, else the one on the PATH. */
export function interpreterOf({
  cwd,
  root,
}: Pick<TestRequest, 'cwd' | 'root'>): string | undefined {
  const inside = process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python'
  const own = findAbove(cwd, root, [`.venv/${inside}`, `venv/${inside}`])
  return own ?? ['python3', 'python'].find(isOnPath)
}

/** The folder of our reporters for Python, as they are built. */
export function pythonReporters(): string {
  return path.join(packageRoot(), 'dist', 'reporters', 'python')
}

/** What a Python runner with a reporter of ours is started with. */
export function pythonEnvironment(request: TestRequest): Record<string, string> {
  const paths = [pythonReporters(), process.env['PYTHONPATH'] ?? ''].filter(one => one !== '')
  return {
    [REPORT_VARIABLE]: request.report,
    PYTHONPATH: paths.join(path.delimiter),
    // Compiled code of the second before is taken for that of now.
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUNBUFFERED: '1',
    ...(request.names.length > 0 && { REDGREEN_NAMES: JSON.stringify(request.names) }),
  }
}

/** Do the files that name a Python package's dependencies name this one? */
export function requires(view: PackageView, name: string): string | undefined {
  const files = ['pyproject.toml', 'setup.cfg', 'setup.py', 'Pipfile', ...requirementFiles(view)]
  const file = files.find(file => mentions(view.read(file) ?? '', name))
  return file && `${name} in ${file}`
}

/** Names of test files by the conventions of pytest and unittest. */
export function isPythonTest(file: string): boolean {
  return (
    /(?:^|\/)(?:test_[^/]*|[^/]+_test|tests?)\.py$/.test(file) && !/(?:^|\/)\.?venv\//.test(file)
  )
}

function requirementFiles(view: PackageView): string[] {
  return view.names().filter(name => /^requirements[\w.-]*\.txt$/.test(name))
}

function mentions(text: string, name: string): boolean {
  return text.split(/[^\w-]+/).includes(name)
}
