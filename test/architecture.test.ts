import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'

/** The rooms in the order of DESIGN: a room imports from itself and from those before it. */
const ORDER = [
  ['plan'],
  ['dialects'],
  ['evidence'],
  ['runner'],
  ['store'],
  ['workflow'],
  ['tools', 'resources', 'prompts'],
  ['server'],
  ['attacks'],
  ['cli'],
]

/** The folders of `src/workflow/` in their order; the steps at its top import all of them, and none of them a step. */
const WORKFLOW_ORDER = [
  'context',
  'testing',
  'approval',
  'guards',
  'response',
  'checkout',
  'completion',
  'report',
  'verify',
  'validation',
  'human',
]

/** What several Markdown dialects share. */
const SHARED_DIALECT_FOLDER = 'task-list'

/** What the pure rooms may import from outside: no disk, no clock, no process, no chance. */
const PURE: Record<string, string[]> = {
  plan: [],
  dialects: ['jsonc-parser', 'yaml', 'zod'],
  evidence: ['canonicalize', 'node:crypto', 'zod'],
}

/**
 * Who may use Node's own doors for writing: the runner, the store's disk and its lock, the throw-away checkouts, and the
 * throw-away projects of the self-test.
 */
const WRITERS = [
  'src/store/disk.ts',
  'src/store/lock-owner.ts',
  'src/store/checkout/',
  'src/runner/',
  'src/attacks/projects/project.ts',
  // The plays hold the texts of tests that write.
  'src/attacks/rows/',
]
const WRITING =
  /\b(write|append|rename|mkdir|mkdtemp|rm|rmdir|unlink|truncate|ftruncate|copyFile|cp|symlink|link|chmod|utimes|open|createWriteStream)(File)?(Sync)?\b/

/** Rooms for what nobody had placed. */
const GRAB_BAGS =
  /(^|\/)(utils?|helpers?|core|common|shared|misc|lib|managers?|services?|processors?|providers?|handlers?)(\/|\.ts$|$)/

/** A service is a thing here: a program that goes on until it is stopped. */
const SERVICE = 'runner/service.ts'

/** `import type { A } from`, on one line or several. */
const TYPES_ALONE = /^(?:import|export) type\s+(?:\{[^}]*\}|\w+)\s+from/gm

const RESTLESS =
  /\bnew Date\b(?!\()|\bnew Date\(\)|\bDate\.now\(|\bDate\(\)|\bMath\.random\(|\brandom(Bytes|UUID|Int)\(|\bprocess\b\s*[.[]|\bperformance\.|\bfetch\(|\bset(Timeout|Interval|Immediate)\(/

interface Import {
  from: string
  to: string
}

const files = sourceFiles('src')
const imports = await importsOf(files)

describe('the house', () => {
  it('has the rooms that ARCHITECTURE.md names, and no others', () => {
    const rooms = readdirSync('src').toSorted()
    expect(rooms).toEqual(ORDER.flat().toSorted())
    const book = readFileSync('ARCHITECTURE.md', 'utf8')
    expect(rooms.filter(room => !book.includes(`src/${room}/`))).toEqual([])
  })

  it('lets imports run from later rooms to earlier ones only', () => {
    expect(imports.length).toBeGreaterThan(300)
    expect(violationsOf(imports)).toEqual([])
  })

  it('imports in one direction inside src/workflow, where only steps are at the top', () => {
    const folders = readdirSync('src/workflow', { withFileTypes: true })
      .filter(entry => entry.isDirectory())
      .map(({ name }) => name)
    expect(folders.toSorted()).toEqual(WORKFLOW_ORDER.toSorted())
    expect(upwardInWorkflow(imports)).toEqual([])
  })

  it('lets a dialect import no other dialect', () => {
    expect(acrossDialects(imports)).toEqual([])
  })

  it('has no import cycle', () => {
    expect(cyclesOf(imports)).toEqual([])
  })

  it('keeps plan, dialects and evidence free of disk, clock, process and chance', () => {
    expect(imports.flatMap(impurity)).toEqual([])
    expect(files.filter(file => roomOf(file) in PURE).filter(isRestless)).toEqual([])
  })

  it('opens the door to the MCP SDK in src/server only', () => {
    const guests = imports.filter(
      ({ from, to }) => to.startsWith('@modelcontextprotocol/') && roomOf(from) !== 'server',
    )
    expect(guests).toEqual([])
  })

  it('writes files through src/store/disk.ts only', () => {
    expect(files.filter(file => isWriter(file, readFileSync(file, 'utf8')))).toEqual([])
  })

  it('has no room for what nobody has placed', () => {
    const placed = files.map(file => file.slice('src/'.length)).filter(file => file !== SERVICE)
    expect(placed.filter(file => GRAB_BAGS.test(file))).toEqual([])
  })
})

describe('the checks of the house', () => {
  it('see an import that runs the wrong way, beside the house, or next door', () => {
    const wrong = [
      { from: 'src/plan/a.ts', to: 'src/store/b.ts' },
      { from: 'src/tools/a.ts', to: 'src/resources/b.ts' },
      { from: 'src/cli/a.ts', to: 'scripts/b.ts' },
    ]
    expect(violationsOf(wrong)).toHaveLength(3)
    expect(violationsOf([{ from: 'src/store/a.ts', to: 'src/plan/b.ts' }])).toEqual([])
  })

  it('see an import inside src/workflow that goes up, and a folder that imports a step', () => {
    const wrong = [
      { from: 'src/workflow/context/a.ts', to: 'src/workflow/testing/b.ts' },
      { from: 'src/workflow/human/a.ts', to: 'src/workflow/record-red.ts' },
    ]
    expect(upwardInWorkflow(wrong)).toEqual(wrong)
    const right = [
      { from: 'src/workflow/testing/a.ts', to: 'src/workflow/context/b.ts' },
      { from: 'src/workflow/record-red.ts', to: 'src/workflow/human/b.ts' },
      { from: 'src/workflow/record-red.ts', to: 'src/workflow/record-green.ts' },
    ]
    const outside = [{ from: 'src/tools/a.ts', to: 'src/workflow/record-red.ts' }]
    expect(upwardInWorkflow([...right, ...outside])).toEqual([])
  })

  it('see a dialect that imports another one', () => {
    const wrong = [{ from: 'src/dialects/specflow/a.ts', to: 'src/dialects/spec-kit/b.ts' }]
    expect(acrossDialects(wrong)).toEqual(wrong)
    const right = [
      { from: 'src/dialects/specflow/a.ts', to: 'src/dialects/task-list/b.ts' },
      { from: 'src/dialects/specflow/a.ts', to: 'src/dialects/marks.ts' },
      { from: 'src/dialects/index.ts', to: 'src/dialects/specflow/b.ts' },
    ]
    expect(acrossDialects(right)).toEqual([])
    const shared = [{ from: 'src/dialects/task-list/a.ts', to: 'src/dialects/specflow/b.ts' }]
    expect(acrossDialects(shared)).toEqual(shared)
  })

  it('see a cycle', () => {
    const circle = [
      { from: 'src/plan/a.ts', to: 'src/plan/b.ts' },
      { from: 'src/plan/b.ts', to: 'src/plan/c.ts' },
      { from: 'src/plan/c.ts', to: 'src/plan/a.ts' },
    ]
    expect(cyclesOf(circle)).toHaveLength(1)
    expect(cyclesOf(circle.slice(1))).toEqual([])
  })

  it('see what makes a pure room impure', () => {
    expect(impurity({ from: 'src/plan/a.ts', to: 'node:fs' })).toHaveLength(1)
    expect(impurity({ from: 'src/evidence/a.ts', to: 'execa' })).toHaveLength(1)
    expect(impurity({ from: 'src/runner/a.ts', to: 'node:fs' })).toEqual([])
    for (const code of [
      'new Date',
      'Date.now()',
      'Math.random()',
      'randomBytes(4)',
      "process['env']",
      'fetch(x)',
    ]) {
      expect(RESTLESS.test(code)).toBe(true)
    }
    expect(RESTLESS.test('Date.parse(at)')).toBe(false)
  })

  it('see a file that writes past the door', () => {
    expect(isWriter('src/workflow/a.ts', "import { writeFileSync } from 'node:fs'")).toBe(true)
    expect(isWriter('src/workflow/a.ts', "import fs from 'node:fs'")).toBe(true)
    expect(isWriter('src/workflow/a.ts', 'const { rm } = await import("node:fs/promises")')).toBe(
      true,
    )
    expect(isWriter('src/workflow/a.ts', "import { statSync } from 'node:fs'")).toBe(false)
    expect(isWriter('src/store/disk.ts', "import { writeSync } from 'node:fs'")).toBe(false)
  })
})

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const file = path.posix.join(folder, entry.name)
    if (entry.isDirectory()) return sourceFiles(file)
    return file.endsWith('.ts') && !file.endsWith('.d.ts') ? [file] : []
  })
}

/** Every import of every file, static, dynamic and of types, as a bundler resolves it. */
async function importsOf(entryPoints: string[]): Promise<Import[]> {
  const { metafile } = await build({
    entryPoints,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    outdir: 'nowhere',
    write: false,
    metafile: true,
    logLevel: 'silent',
    // Imports of types alone are kept: they are arrows of the house too.
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    plugins: [
      {
        name: 'types are imports',
        setup(bundler) {
          bundler.onLoad({ filter: /src\/.*\.ts$/ }, ({ path: file }) => ({
            contents: readFileSync(file, 'utf8').replace(TYPES_ALONE, 'import'),
            loader: 'ts',
          }))
        },
      },
    ],
  })
  return Object.entries(metafile.inputs).flatMap(([from, input]) =>
    input.imports.map(({ path: to }) => ({ from, to })),
  )
}

function violationsOf(all: readonly Import[]): Import[] {
  const inside = all.filter(({ from, to }) => from.startsWith('src/') && isOurs(to))
  return inside.filter(
    ({ from, to }) =>
      floorOf(to) < 0 ||
      floorOf(to) > floorOf(from) ||
      (floorOf(from) === floorOf(to) && roomOf(from) !== roomOf(to)),
  )
}

/** Imports inside `src/workflow/` that go against the order of its folders. */
function upwardInWorkflow(all: readonly Import[]): Import[] {
  return all.filter(({ from, to }) => {
    const level = workflowLevelOf(from)
    return level >= 0 && workflowLevelOf(to) > level
  })
}

/** -1 for files elsewhere; steps stand above every folder. */
function workflowLevelOf(file: string): number {
  const [, place, folder, ...below] = file.split('/')
  if (place !== 'workflow' || folder === undefined) return -1
  return below.length > 0 ? WORKFLOW_ORDER.indexOf(folder) : WORKFLOW_ORDER.length
}

/** Imports of one dialect's folder from another's. */
function acrossDialects(all: readonly Import[]): Import[] {
  return all.filter(({ from, to }) => {
    const other = dialectOf(to)
    const allowed = [undefined, SHARED_DIALECT_FOLDER, dialectOf(from)]
    return dialectOf(from) !== undefined && !allowed.includes(other)
  })
}

function dialectOf(file: string): string | undefined {
  const [, place, folder, ...below] = file.split('/')
  return place === 'dialects' && below.length > 0 ? folder : undefined
}

/** Files that import each other in a circle: the import that closes each circle. */
function cyclesOf(all: readonly Import[]): Import[] {
  const targets = new Map<string, string[]>()
  for (const { from, to } of all) targets.set(from, [...(targets.get(from) ?? []), to])
  const closing: Import[] = []
  const finished = new Set<string>()
  const visit = (file: string, path: readonly string[]) => {
    if (finished.has(file)) return
    for (const to of targets.get(file) ?? []) {
      if (to === file || path.includes(to)) closing.push({ from: file, to })
      else visit(to, [...path, file])
    }
    finished.add(file)
  }
  for (const file of targets.keys()) visit(file, [])
  return closing
}

/** The manifest of the package is the only thing outside of the house that a room looks at. */
function isOurs(target: string): boolean {
  return /^(src|scripts|test|examples)\//.test(target)
}

function impurity({ from, to }: Import): string[] {
  const allowed = PURE[roomOf(from)]
  const impure = allowed !== undefined && !isOurs(to) && !allowed.includes(to)
  return impure ? [`${from} imports ${to}`] : []
}

function isRestless(file: string): boolean {
  const code = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*|'[^'\n]*'/g, '')
  return RESTLESS.test(code)
}

function isWriter(file: string, code: string): boolean {
  if (WRITERS.some(door => file.startsWith(door))) return false
  const doors = code.matchAll(
    /^.*['"](?:node:)?fs(?:\/promises)?['"].*$|import \{[^}]*\} from ['"](?:node:)?fs(?:\/promises)?['"]/gm,
  )
  return [...doors].some(([line]) => WRITING.test(line) || !/import \{|^\} from/.test(line))
}

function roomOf(file: string): string {
  return file.split('/')[1] ?? ''
}

function floorOf(file: string): number {
  return file.startsWith('src/') ? ORDER.findIndex(floor => floor.includes(roomOf(file))) : -1
}
