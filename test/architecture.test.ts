import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
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
  ['cli'],
]

/** No disk, no clock, no process, no chance. */
const PURE = ['plan', 'dialects', 'evidence']

/** Rooms for what nobody had placed. */
const GRAB_BAGS =
  /(^|\/)(utils?|helpers?|core|common|shared|misc|lib|managers?|services?|processors?|providers?|handlers?)(\/|\.ts$|$)/

const files = sourceFiles('src')

describe('the house', () => {
  it('has the rooms that ARCHITECTURE.md names, and no others', () => {
    const rooms = readdirSync('src').sort()
    expect(rooms).toEqual(ORDER.flat().sort())
    const book = readFileSync('ARCHITECTURE.md', 'utf8')
    expect(rooms.filter(room => !book.includes(`src/${room}/`))).toEqual([])
  })

  it('lets imports run from later rooms to earlier ones only', () => {
    const violations = files.flatMap(file =>
      importsOf(file)
        .filter(({ target }) => floorOf(target) > floorOf(file) || isNeighbour(file, target))
        .map(({ target }) => `${file} imports ${target}`),
    )
    expect(violations).toEqual([])
  })

  it('keeps plan, dialects and evidence free of disk, clock, process and chance', () => {
    const impure =
      /from '(node:(fs|child_process|os|process|net|http|timers|worker_threads|perf_hooks)[^']*|execa|proper-lockfile)'|\bprocess\.|\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\./
    const found = files
      .filter(file => PURE.includes(roomOf(file)))
      .filter(file => impure.test(readFileSync(file, 'utf8')))
    expect(found).toEqual([])
  })

  it('opens the door to the MCP SDK in src/server only', () => {
    const guests = files.filter(
      file =>
        roomOf(file) !== 'server' && readFileSync(file, 'utf8').includes("'@modelcontextprotocol/"),
    )
    expect(guests).toEqual([])
  })

  it('writes files through src/store/files.ts only', () => {
    const writing =
      /import \{[^}]*\b(write|append|rename|mkdir|rm|unlink|truncate|ftruncate|copyFile|symlink|link|createWriteStream)\w*\b[^}]*\} from 'node:fs/
    // The runner writes logs and reports outside of the user's files; the lock makes its folder.
    const allowed = ['src/store/files.ts', 'src/store/lock.ts']
    const writers = files.filter(
      file =>
        roomOf(file) !== 'runner' &&
        !allowed.includes(file) &&
        writing.test(readFileSync(file, 'utf8')),
    )
    expect(writers).toEqual([])
  })

  it('has no room for what nobody has placed', () => {
    expect(files.filter(file => GRAB_BAGS.test(file.slice('src/'.length)))).toEqual([])
  })
})

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const file = path.posix.join(folder, entry.name)
    return entry.isDirectory() ? sourceFiles(file) : [file]
  })
}

function importsOf(file: string): { target: string }[] {
  const specifiers = readFileSync(file, 'utf8').matchAll(/(?:from|import\() ?'(\.[^']+)'/g)
  return [...specifiers]
    .map(([, specifier = '']) => ({
      target: path.posix.join(path.posix.dirname(file), specifier),
    }))
    .filter(({ target }) => target.startsWith('src/'))
}

function roomOf(file: string): string {
  return file.split('/')[1] ?? ''
}

function floorOf(file: string): number {
  return ORDER.findIndex(floor => floor.includes(roomOf(file)))
}

/** Rooms on the same floor do not know each other. */
function isNeighbour(file: string, target: string): boolean {
  return floorOf(file) === floorOf(target) && roomOf(file) !== roomOf(target)
}
