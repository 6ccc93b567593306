import path from 'node:path'
import process from 'node:process'
import type { PackageView, TestRequest } from '../framework.ts'
import { packageRoot } from '../package-root.ts'
import { findAbove, isOnPath } from '../program.ts'
import { REPORT_VARIABLE } from '../reporters/writer.ts'
import { testRecipe } from '../test-recipe.ts'

/** The Python interpreter of the project's virtual environment, otherwise the one on the PATH. */
export function findInterpreter({
  cwd,
  root,
}: Pick<TestRequest, 'cwd' | 'root'>): string | undefined {
  const python = process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python'
  const installed = findAbove(cwd, root, [`.venv/${python}`, `venv/${python}`])
  return installed ?? ['python3', 'python'].find(isOnPath)
}

/** The folder of the built Python reporters. */
export function pythonReporters(): string {
  return path.join(packageRoot(), 'dist', 'reporters', 'python')
}

/** Environment variables for a Python runner with a redgreen reporter. */
export function pythonEnvironment(request: TestRequest): Record<string, string> {
  const { ownSources } = request
  const { PYTHONPATH: ofProject = '' } = testRecipe(request.cwd).env
  const own = [...(ownSources?.folders ?? []), ofProject]
  const paths = [pythonReporters(), ...own, process.env['PYTHONPATH'] ?? '']
  return {
    [REPORT_VARIABLE]: request.report,
    PYTHONPATH: joinPaths(paths),
    ...(ownSources && {
      REDGREEN_WORKSPACE: ownSources.workspace,
      REDGREEN_CHECKOUT: ownSources.checkout,
    }),
    // Python would use cached bytecode if a source file changes within the same second.
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUNBUFFERED: '1',
    // A coverage plug-in of the full suite writes outside of the project.
    ...(request.files.length > 0
      ? { REDGREEN_SINGLE: '1' }
      : { COVERAGE_FILE: path.join(path.dirname(request.report), 'coverage') }),
    ...(request.names.length > 0 && { REDGREEN_NAMES: JSON.stringify(request.names) }),
  }
}

/** Folders as the value of a variable such as PYTHONPATH. */
export function joinPaths(paths: readonly string[]): string {
  return paths.filter(one => one !== '').join(path.delimiter)
}

/** The file that lists a package as a dependency, as a phrase; `undefined` if none does. */
export function findRequirement(view: PackageView, name: string): string | undefined {
  const files = ['pyproject.toml', 'setup.cfg', 'setup.py', 'Pipfile', ...requirementFiles(view)]
  const file = files.find(file => mentions(view.read(file) ?? '', name))
  return file && `${name} in ${file}`
}

/** Is it a test file by the conventions of pytest and unittest? */
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
