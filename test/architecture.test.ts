import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'

/** The folders of `src/` by layer: a folder imports only from itself and from earlier layers. */
const LAYERS = [
  ['plan'],
  ['dialects'],
  ['evidence'],
  ['mutation'],
  ['runner'],
  ['store'],
  ['workflow'],
  ['tools', 'resources', 'prompts', 'page'],
  ['server'],
  ['attacks'],
  ['setup', 'hook'],
  ['cli'],
]

/** The folders of `src/workflow/` in their order; the steps at its top import all of them, and none of them a step. */
const WORKFLOW_ORDER = [
  'context',
  'witness',
  'testing',
  'approval',
  'guards',
  'response',
  'checkout',
  'mutation',
  'completion',
  'report',
  'verify',
  'validation',
  'human',
  'diagnosis',
]

/** What several Markdown dialects share. */
/** What several dialects share: each of these imports only those after it. */
const SHARED_DIALECT_FOLDERS = ['numbered-list', 'task-list']

/** The packages that the pure folders may import: nothing with disk, clock, process or random numbers. */
const PURE: Record<string, string[]> = {
  plan: [],
  dialects: ['jsonc-parser', 'yaml', 'zod'],
  evidence: ['canonicalize', 'node:crypto', 'zod'],
}

/**
 * Files and folders that may use Node's functions for writing: the store's disk and lock, the runner, temporary checkouts,
 * and the temporary projects of the attack suite.
 */
const WRITERS = [
  'src/store/disk.ts',
  'src/store/lock-owner.ts',
  'src/store/secret.ts',
  'src/store/checkout/',
  'src/runner/',
  'src/attacks/projects/project.ts',
  // Attacks contain the source of tests that write.
  'src/attacks/rows/',
]
const WRITING =
  /\b(write|append|rename|mkdir|mkdtemp|rm|rmdir|unlink|truncate|ftruncate|copyFile|cp|symlink|link|chmod|utimes|open|createWriteStream)(File)?(Sync)?\b/

/** Names of files and folders that say nothing about their content. */
const GRAB_BAGS =
  /(^|\/)(utils?|helpers?|core|common|shared|misc|lib|managers?|services?|processors?|providers?|handlers?)(\/|\.ts$|$)/

/** A service is a domain term here: a program that runs until it is stopped. */
const SERVICE = 'runner/service.ts'

/** `import type { A } from`, on one line or several. */
const TYPE_IMPORT = /^(?:import|export) type\s+(?:\{[^}]*\}|\w+)\s+from/gm

const IMPURE_CALL =
  /\bnew Date\b(?!\()|\bnew Date\(\)|\bDate\.now\(|\bDate\(\)|\bMath\.random\(|\brandom(Bytes|UUID|Int)\(|\bprocess\b\s*[.[]|\bperformance\.|\bfetch\(|\bset(Timeout|Interval|Immediate)\(/

interface Import {
  from: string
  to: string
}

const files = sourceFiles('src')
const imports = await importsOf(files)

describe('the architecture', () => {
  it('has the folders that ARCHITECTURE.md describes, and no others', () => {
    const folders = readdirSync('src').toSorted()
    expect(folders).toEqual(LAYERS.flat().toSorted())
    const description = readFileSync('ARCHITECTURE.md', 'utf8')
    expect(folders.filter(folder => !description.includes(`src/${folder}/`))).toEqual([])
  })

  it('has every file that ARCHITECTURE.md and AGENTS.md name', () => {
    const text = ['ARCHITECTURE.md', 'AGENTS.md'].map(page => readFileSync(page, 'utf8')).join('')
    const named = [...text.matchAll(/`((?:[\w-]+\/)+[\w-]+\.ts)`/g)].map(([, file = '']) => file)
    expect(named.length).toBeGreaterThan(10)
    expect(named.filter(file => !existsSync(file) && !existsSync(`src/${file}`))).toEqual([])
  })

  it('imports only from earlier layers', () => {
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

  it('has no import from one dialect to another', () => {
    expect(acrossDialects(imports)).toEqual([])
  })

  it('has no import cycle', () => {
    expect(cyclesOf(imports)).toEqual([])
  })

  it('keeps plan, dialects and evidence free of disk, clock, process and random numbers', () => {
    expect(imports.flatMap(impurity)).toEqual([])
    expect(files.filter(file => folderOf(file) in PURE).filter(hasImpureCall)).toEqual([])
  })

  it('lets the code of the browser import only itself, its library, and the shapes of the data', () => {
    const own = imports.filter(({ from }) => from.startsWith('src/page/browser/'))
    expect(own.length).toBeGreaterThan(20)
    expect(own.filter(({ to }) => !/^src\/page\/(browser\/|wire\.ts$)|^preact/.test(to))).toEqual(
      [],
    )
    expect(imports.filter(({ from, to }) => from === 'src/page/wire.ts' && to !== '')).toEqual([])
  })

  it('imports the MCP SDK only in src/server', () => {
    const others = imports.filter(
      ({ from, to }) => to.startsWith('@modelcontextprotocol/') && folderOf(from) !== 'server',
    )
    expect(others).toEqual([])
  })

  it('writes files only through src/store/disk.ts', () => {
    expect(files.filter(file => isWriter(file, readFileSync(file, 'utf8')))).toEqual([])
  })

  it('has no file or folder with a name that says nothing', () => {
    const named = files.map(file => file.slice('src/'.length)).filter(file => file !== SERVICE)
    expect(named.filter(file => GRAB_BAGS.test(file))).toEqual([])
  })
})

describe('the checks of the architecture', () => {
  it('find an import from an earlier layer to a later one, within a layer, and out of src', () => {
    const wrong = [
      { from: 'src/plan/a.ts', to: 'src/store/b.ts' },
      { from: 'src/tools/a.ts', to: 'src/resources/b.ts' },
      { from: 'src/cli/a.ts', to: 'scripts/b.ts' },
    ]
    expect(violationsOf(wrong)).toHaveLength(3)
    expect(violationsOf([{ from: 'src/store/a.ts', to: 'src/plan/b.ts' }])).toEqual([])
  })

  it('find an import inside src/workflow that goes up, and a folder that imports a step', () => {
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

  it('find a dialect that imports another one', () => {
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

  it('find an import cycle', () => {
    const cycle = [
      { from: 'src/plan/a.ts', to: 'src/plan/b.ts' },
      { from: 'src/plan/b.ts', to: 'src/plan/c.ts' },
      { from: 'src/plan/c.ts', to: 'src/plan/a.ts' },
    ]
    expect(cyclesOf(cycle)).toHaveLength(1)
    expect(cyclesOf(cycle.slice(1))).toEqual([])
  })

  it('find what makes a pure folder impure', () => {
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
      expect(IMPURE_CALL.test(code)).toBe(true)
    }
    expect(IMPURE_CALL.test('Date.parse(at)')).toBe(false)
  })

  it('find a file that writes without src/store/disk.ts', () => {
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
    return /\.tsx?$/.test(file) && !file.endsWith('.d.ts') ? [file] : []
  })
}

/** Every import of every file (static, dynamic and type-only), as a bundler resolves it. */
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
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'silent',
    // Type-only imports count too.
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    plugins: [
      {
        name: 'keep type imports',
        setup(bundler) {
          bundler.onLoad({ filter: /src\/.*\.tsx?$/ }, ({ path: file }) => ({
            contents: readFileSync(file, 'utf8').replace(TYPE_IMPORT, 'import'),
            loader: file.endsWith('x') ? 'tsx' : 'ts',
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
      layerOf(to) < 0 ||
      layerOf(to) > layerOf(from) ||
      (layerOf(from) === layerOf(to) && folderOf(from) !== folderOf(to)),
  )
}

/** Imports inside `src/workflow/` that go against the order of its folders. */
function upwardInWorkflow(all: readonly Import[]): Import[] {
  return all.filter(({ from, to }) => {
    const level = workflowLevelOf(from)
    return level >= 0 && workflowLevelOf(to) > level
  })
}

/** -1 for files outside; a step is above every folder. */
function workflowLevelOf(file: string): number {
  const [, parent, folder, ...below] = file.split('/')
  if (parent !== 'workflow' || folder === undefined) return -1
  return below.length > 0 ? WORKFLOW_ORDER.indexOf(folder) : WORKFLOW_ORDER.length
}

/** Imports from the folder of one dialect to the folder of another. */
function acrossDialects(all: readonly Import[]): Import[] {
  return all.filter(({ from, to }) => {
    const [own, other] = [dialectOf(from), dialectOf(to)]
    if (own === undefined || other === undefined || own === other) return false
    // What all share imports nothing of what some share.
    return SHARED_DIALECT_FOLDERS.indexOf(other) < Math.max(SHARED_DIALECT_FOLDERS.indexOf(own), 0)
  })
}

function dialectOf(file: string): string | undefined {
  const [, parent, folder, ...below] = file.split('/')
  return parent === 'dialects' && below.length > 0 ? folder : undefined
}

/** The import that closes each cycle. */
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

/** Files of this repository. The package manifest is not among them: `src` may import it. */
function isOurs(target: string): boolean {
  return /^(src|scripts|test|examples)\//.test(target)
}

function impurity({ from, to }: Import): string[] {
  const allowed = PURE[folderOf(from)]
  const impure = allowed !== undefined && !isOurs(to) && !allowed.includes(to)
  return impure ? [`${from} imports ${to}`] : []
}

function hasImpureCall(file: string): boolean {
  const code = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*|'[^'\n]*'/g, '')
  return IMPURE_CALL.test(code)
}

function isWriter(file: string, code: string): boolean {
  if (WRITERS.some(writer => file.startsWith(writer))) return false
  const imports = code.matchAll(
    /^.*['"](?:node:)?fs(?:\/promises)?['"].*$|import \{[^}]*\} from ['"](?:node:)?fs(?:\/promises)?['"]/gm,
  )
  return [...imports].some(([line]) => WRITING.test(line) || !/import \{|^\} from/.test(line))
}

function folderOf(file: string): string {
  return file.split('/')[1] ?? ''
}

function layerOf(file: string): number {
  return file.startsWith('src/') ? LAYERS.findIndex(layer => layer.includes(folderOf(file))) : -1
}
