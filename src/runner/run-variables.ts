import path from 'node:path'
import type { TestCommand, TestRequest } from './framework.ts'
import type { TestRunRequest } from './run-outcome.ts'
import { testRecipe } from './test-recipe.ts'

/** The variables of a test run, besides those that every program gets. */
export function variablesOf(run: TestRunRequest, request: TestRequest, command: TestCommand) {
  return {
    env: { ...importVariables(request), ...run.env, ...command.env },
    scriptEnv: { ...testRecipe(request.cwd).env, ...command.scriptEnv },
  }
}

/** For a test command of the settings, which may run Python. */
function importVariables({ ownSources }: TestRequest): Record<string, string> {
  const folders = ownSources?.folders ?? []
  return folders.length > 0 ? { PYTHONPATH: folders.join(path.delimiter) } : {}
}
