import process from 'node:process'
import type { Framework, OwnSources, TestRequest } from './framework.ts'
import { findInterpreter, joinPaths, pythonReporters } from './frameworks/python.ts'
import { runProcess } from './run.ts'
import type { RunRequest } from './run-request.ts'

/** The own sources of a checkout, and modules that tests there would still import from the workspace. */
export interface SourceProbe {
  sources: OwnSources
  outside: string[]
}

/**
 * Asks the interpreter of a Python project where modules come from in a checkout: those of an installation of the workspace
 * itself come from the workspace. `undefined` for other languages, or if no interpreter answers.
 */
export async function probeSources(
  framework: Framework,
  { cwd, root, workspace }: Pick<TestRequest, 'cwd' | 'root'> & { workspace: string },
  options: Pick<RunRequest, 'timeoutMs' | 'signal' | 'register'>,
): Promise<SourceProbe | undefined> {
  // A command of the settings may run Python as well.
  if (framework.language !== 'python' && framework.language !== undefined) return undefined
  const python = findInterpreter({ cwd, root })
  if (python === undefined) return undefined
  const env = {
    PYTHONPATH: joinPaths([pythonReporters(), process.env['PYTHONPATH'] ?? '']),
    PYTHONDONTWRITEBYTECODE: '1',
    REDGREEN_WORKSPACE: workspace,
    REDGREEN_CHECKOUT: root,
    // Only our reporters replace what the interpreter has loaded already.
    ...(framework.source === 'reporter' && { REDGREEN_REMAP: '1' }),
  }
  const argv = [python, '-c', 'import os, redgreen_sources; redgreen_sources.probe(os.getcwd())']
  const { end, exitCode, output } = await runProcess({ argv, cwd, env, ...options })
  if (end !== 'exited' || exitCode !== 0) return undefined
  const listed = (kind: string) =>
    output.split('\n').flatMap(line => {
      const mark = `redgreen ${kind} `
      return line.startsWith(mark) ? [line.slice(mark.length)] : []
    })
  return {
    sources: { workspace, checkout: root, folders: listed('folder') },
    outside: listed('outside'),
  }
}
