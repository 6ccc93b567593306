import path from 'node:path'

/**
 * Is it plain from the text of a test file that nothing in it can run code of the project? Its tests can then only read files and compare
 * values of their own. In doubt, they run code.
 */
export function onlyReads(file: string, text: string): boolean {
  const language = LANGUAGES.find(({ extensions }) => extensions.includes(path.extname(file)))
  return (
    language !== undefined &&
    !language.runs.test(text) &&
    language.imports(text).every(isPlain(language))
  )
}

interface Language {
  extensions: readonly string[]
  /** What may run code that is not imported. */
  runs: RegExp
  /** What the file imports; '' for a name that is only known when it runs. */
  imports: (text: string) => string[]
  /** Modules that read, compare and compute. */
  modules: ReadonlySet<string>
}

function isPlain({ modules }: Language): (name: string) => boolean {
  return name => modules.has(name) || /^\.{0,2}\/.*\.json$/.test(name)
}

const javascript: Language = {
  extensions: ['.js', '.mjs', '.cjs', '.jsx', '.ts', '.mts', '.cts', '.tsx'],
  runs: /\b(?:fetch|eval|Function|Worker|WebSocket|globalThis|global|window|self|document|import\.meta\.glob|(?:import|require)(?:Actual|Mock|Module)|_load|dlopen|binding|mainModule)\b/,
  imports: text => [
    ...[...text.matchAll(/\bfrom\s*(['"])(.*?)\1|\bimport\s*(['"])(.*?)\3/g)].map(
      ([, , from, , bare]) => from ?? bare ?? '',
    ),
    ...[...text.matchAll(/\b(?:import|require(?:\.\w+)?)\s*\(\s*(?:(['"`])([^'"`$]*)\1)?/g)].map(
      ([, , name = '']) => name,
    ),
  ],
  modules: withNodePrefix(
    'test assert assert/strict fs fs/promises path url os util process timers timers/promises crypto buffer',
    'vitest @jest/globals chai ava expect bun:test',
  ),
}

const python: Language = {
  extensions: ['.py'],
  runs: /\b(?:exec|eval|compile|__import__|globals|getattr|importlib|runpy|subprocess|system|popen|spawn\w*|fork|pytester|testdir)\b/,
  imports: text => [
    ...[...text.matchAll(/^[ \t]*from\s+([\w.]+)\s+import\b/gm)].map(([, name = '']) => name),
    ...[...text.matchAll(/^[ \t]*import\s+([^#\n]+)/gm)].flatMap(([, names = '']) =>
      names.split(',').map(name => name.trim().split(/\s/)[0] ?? ''),
    ),
    ...unknownFixtures(text),
  ],
  modules: new Set(
    'pytest unittest os os.path pathlib json re io sys time datetime math random string typing collections itertools functools tempfile configparser tomllib ast inspect textwrap hashlib shutil glob'.split(
      ' ',
    ),
  ),
}

const ruby: Language = {
  extensions: ['.rb'],
  runs: /`|%x|\b(?:require_relative|load|eval|instance_eval|class_eval|autoload|system|spawn|exec|fork|popen\w*|Open3|send|const_get|described_class|visit|get|post|Rails)\b/,
  imports: text =>
    [...text.matchAll(/^[ \t]*require\b\s*\(?\s*(?:(['"])(.*?)\1)?/gm)].map(
      ([, , name = '']) => name,
    ),
  modules: new Set(
    'minitest minitest/autorun minitest/test rspec test/unit json yaml set date time pathname fileutils stringio tempfile digest'.split(
      ' ',
    ),
  ),
}

const LANGUAGES: readonly Language[] = [javascript, python, ruby]

function withNodePrefix(own: string, others: string): ReadonlySet<string> {
  const names = own.split(' ')
  return new Set([...names, ...names.map(name => `node:${name}`), ...others.split(' ')])
}

/** Parameters of tests that pytest does not fill itself: a fixture may run code. */
function unknownFixtures(text: string): string[] {
  const lists = [...text.matchAll(/\bdef\s+test\w*\s*\(([^)]*)\)/g)].map(([, list = '']) => list)
  const names = lists.flatMap(list => list.split(',').map(one => /^\s*(\w*)/.exec(one)?.[1] ?? ''))
  return names.filter(name => name !== '' && !OWN_FIXTURES.has(name)).map(name => `fixture ${name}`)
}

const OWN_FIXTURES = new Set('self tmp_path tmpdir capsys capfd caplog monkeypatch'.split(' '))
