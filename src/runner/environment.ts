import path from 'node:path'
import { searchPath, absoluteFolders } from './program.ts'

/** Variable that marks every process of a run, so that a process that left its group can still be found. */
export const RUN_MARKER = 'REDGREEN_RUN'

interface ChildVariables {
  env?: Record<string, string> | undefined
  scriptEnv?: Record<string, string> | undefined
}

/**
 * Environment of a child process: the allow-listed variables of the server, those of the project's own test script, those of the
 * caller, and the run's mark.
 */
export function childEnvironment(
  own: NodeJS.ProcessEnv,
  { env = {}, scriptEnv = {} }: ChildVariables,
  run: string,
): Record<string, string> {
  const inherited = Object.entries({ PATH: '', ...own })
    .filter(([name]) => isInherited(name))
    .map(([name, value]) => [
      name,
      isPath(name) ? absoluteFolders(value).join(path.delimiter) : value,
    ])
  const added = Object.entries(env).filter(([name]) => !isForbidden(name))
  const ofScript = Object.entries(scriptEnv).filter(
    ([name]) => name === 'NODE_OPTIONS' || !isForbidden(name),
  )
  const all = [
    ...inherited,
    ...ofScript,
    ...Object.entries(FIXED),
    ...added,
    [RUN_MARKER, run],
  ].map(withNode)
  return Object.fromEntries(all.flatMap(([name, value]) => (name && value ? [[name, value]] : [])))
}

/** An own PATH of the settings gets the folder of Node too, because it often only adds to the usual one. */
function withNode([name = '', value]: (string | undefined)[]): [string, string | undefined] {
  return [name, isPath(name) ? searchPath(value) : value]
}

function isPath(name: string): boolean {
  return /^PATH$/i.test(name)
}

/** Variables that make a program run other code before its own. No settings file may set them. */
function isForbidden(name: string): boolean {
  return FORBIDDEN.test(name)
}

// Without CI=1, Vitest watches files on a terminal, accepts `.only`, and writes new snapshots instead of failing.
const FIXED = { CI: '1', NO_COLOR: '1' }

const FORBIDDEN =
  /^(NODE_TEST_CONTEXT|NODE_OPTIONS|NODE_V8_COVERAGE|VITEST.*|JEST_WORKER_ID|PYTEST_ADDOPTS|BASH_ENV|ENV|LD_.*|DYLD_.*|PYTHONSTARTUP|PYTHONINSPECT|RUBYOPT|PERL5OPT|JAVA_TOOL_OPTIONS|npm_.*|FORCE_COLOR|CLICOLOR_FORCE)$/i

const INHERITED = new Set(
  [
    ['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'TZ', 'TMPDIR', 'TEMP', 'TMP', 'TERM'],
    ['SYSTEMROOT', 'SYSTEMDRIVE', 'WINDIR', 'COMSPEC', 'PATHEXT', 'APPDATA', 'LOCALAPPDATA'],
    ['USERPROFILE', 'PROGRAMDATA', 'NUMBER_OF_PROCESSORS', 'PROCESSOR_ARCHITECTURE'],
    ['JAVA_HOME', 'M2_HOME', 'MAVEN_HOME', 'GRADLE_USER_HOME', 'ANDROID_HOME', 'DOTNET_ROOT'],
    ['GOPATH', 'GOROOT', 'GOCACHE', 'GOMODCACHE', 'GOFLAGS', 'CARGO_HOME', 'RUSTUP_HOME'],
    ['VIRTUAL_ENV', 'PYENV_ROOT', 'PYENV_VERSION', 'CONDA_PREFIX', 'PYTHONPATH', 'PYTHONUTF8'],
    ['GEM_HOME', 'GEM_PATH', 'RBENV_ROOT', 'BUNDLE_PATH', 'RUBYLIB', 'PERL5LIB', 'COMPOSER_HOME'],
    ['GOPROXY', 'GOPRIVATE', 'GONOSUMDB', 'CARGO_TARGET_DIR', 'MAVEN_OPTS', 'NUGET_PACKAGES'],
    ['CC', 'CXX', 'CMAKE_PREFIX_PATH', 'CMAKE_GENERATOR', 'PKG_CONFIG_PATH'],
    ['NVM_DIR', 'VOLTA_HOME', 'FNM_DIR', 'PNPM_HOME', 'BUN_INSTALL', 'DENO_DIR', 'ASDF_DIR'],
    ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'PLAYWRIGHT_BROWSERS_PATH'],
    ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'],
  ].flat(),
)

function isInherited(name: string): boolean {
  const upper = name.toUpperCase()
  return INHERITED.has(upper) || /^(LC_|XDG_|PROGRAMFILES|COMMONPROGRAMFILES)/.test(upper)
}
