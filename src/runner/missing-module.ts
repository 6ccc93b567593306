import type { Framework } from './framework.ts'

/** How to install a module for the Python of a project, as a sentence. The virtual environment may exist already. */
export function moduleStep(module: string, what = module): string {
  return `Run \`python3 -m venv .venv && .venv/bin/python -m pip install ${what}\`, or install ${module} for the python3 of the PATH.`
}

/** What a run says whose interpreter does not have the module of its test runner; `undefined` if it does. */
export function missingModule({ module }: Framework, output: string): string | undefined {
  if (module === undefined || !output.split('\n').some(line => isAbout(line, module)))
    return undefined
  return `${module} is not installed. ${moduleStep(module)}`
}

/** As Python writes it for `-m`, and for an import. */
function isAbout(line: string, module: string): boolean {
  const text = line.trimEnd()
  return text.endsWith(`No module named ${module}`) || text.endsWith(`No module named '${module}'`)
}
