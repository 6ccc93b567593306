import path from 'node:path'
import process from 'node:process'
import type { TestCommand, TestRequest } from '../framework.ts'
import { findInstalled } from '../installed.ts'
import { isOnPath, absoluteFolders } from '../program.ts'
import { RUNNERS } from './runners.ts'
import type { RunnerUse, Wrapper } from './runner-options.ts'

/** The words of a runner's own call, and what its variables are. */
interface OwnCall {
  /** The file of the runner and its arguments. */
  words: string[]
  env: Record<string, string>
}

/** The command of a runner that is written in JavaScript, called as the test script of the package calls it. */
export function commandAsInScript(request: TestRequest, { words, env }: OwnCall): TestCommand {
  const { script, cwd } = request
  if (!script) return { argv: [process.execPath, ...words], env }
  const node = [process.execPath, ...loaderOf(request, script), ...script.nodeFlags]
  return {
    argv: [...script.wrappers.flatMap(one => wrapperWords(one, request)), ...node, ...words],
    env,
    ...scriptSetting(script, cwd),
  }
}

/** What a script sets up for its runner, whatever language that is written in. */
export function scriptSetting(
  script: RunnerUse | undefined,
  cwd: string,
): Pick<TestCommand, 'scriptEnv' | 'before'> {
  if (!script) return {}
  return {
    scriptEnv: { ...script.env, PATH: pathWithPrograms(cwd) },
    ...(script.before.length > 0 && { before: script.before.map(inShell) }),
  }
}

/** The options of the script that go with the request, those for coverage only if it is measured. */
export function scriptOptions(
  { script, names, files }: TestRequest,
  measures = files.length === 0,
): string[] {
  if (!script) return []
  const { naming, coverage } = RUNNERS.get(script.framework) ?? {}
  const options = script.options.filter(
    ({ name }) => !(names.length > 0 && naming?.test(name)) && !(!measures && coverage?.test(name)),
  )
  // The frameworks turn the measurement on themselves.
  return options
    .filter(({ words }) => !MEASURES.test(words.join(' ')))
    .flatMap(({ words }) => words)
}

const MEASURES = /^--(?:coverage|collectCoverage|coverage\.enabled)(?:=\w+)?$/

/** The files and patterns that the script names; of a run of single files, these files. */
export function scriptTargets({ script, files }: TestRequest): string[] {
  return files.length > 0 ? files : (script?.targets ?? [])
}

/** npm starts scripts with the programs of the package and of those above it. */
function pathWithPrograms(cwd: string): string {
  const folders = foldersFrom(cwd).map(folder => path.join(folder, 'node_modules', '.bin'))
  return [...folders, ...absoluteFolders(process.env['PATH'])].join(path.delimiter)
}

function foldersFrom(folder: string): string[] {
  const parent = path.dirname(folder)
  return parent === folder ? [folder] : [folder, ...foldersFrom(parent)]
}

/** A command of the script as npm runs it. */
function inShell(text: string): string[] {
  return process.platform === 'win32' ? ['cmd.exe', '/d', '/s', '/c', text] : ['sh', '-c', text]
}

function loaderOf({ cwd }: TestRequest, { loader }: RunnerUse): string[] {
  const entry = loader === undefined ? undefined : findInstalled(cwd, loader)?.entry
  return entry === undefined ? [] : [entry]
}

/** A wrapper as words before the runner. One that measures coverage is used for the full suite, and writes to a folder that goes. */
function wrapperWords(wrapper: Wrapper, { cwd, files, report }: TestRequest): string[] {
  if (wrapper.coverage && files.length > 0) return []
  const entry = findInstalled(cwd, wrapper.package, wrapper.program)?.entry
  if (entry === undefined && !isOnPath(wrapper.program)) return []
  const output = path.join(path.dirname(report), wrapper.program)
  const own = wrapper.program === 'nyc' ? ['--temp-dir', '--report-dir'] : C8_FOLDERS
  const folders = wrapper.coverage ? own.map(option => `${option}=${output}${option}`) : []
  const program = entry === undefined ? [wrapper.program] : [process.execPath, entry]
  return [...program, ...folders, ...wrapper.words]
}

const C8_FOLDERS = ['--temp-directory', '--reports-dir']
