// Reads the corpus of real task files, when it lies beside the repository, through the built command, and says how many
// are read as labelled: `npm run corpus`, or `npm run corpus -- --all` for the files without labels too. With
// `--round-trips` every task of every plan is finished and reopened, or the other way round, and compared byte for byte.
// `--dialect NAME` leaves out the other dialects.
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { commandReader, type StatusAnswer } from './command.ts'
import type { Dialect } from '../../src/dialects/dialect.ts'
import { dialects } from '../../src/dialects/index.ts'
import { dialectOf, SIBLINGS } from './folders.ts'
import { groundsOf } from './workspaces.ts'
import { brokenBy, planOn } from './round-trip.ts'
import { corpusFolder } from '../../test/kit/memory-workspace.ts'
import { labelsOf, missesOf, type Field } from './labels.ts'

const FIELDS: readonly Field[] = [
  'tasks',
  'ids',
  'marks',
  'phases',
  'parallel',
  'lines',
  'subtasks',
  'criteria',
]
/** Registries, metadata, progress logs and playbooks are stored next to plans. They have no status. */
const BESIDE = /__(tracks(@\w+)?\.md|metadata\.json|LOOP_PROGRESS\.md|\d_[A-Z_]+\.md)$/

const corpus = corpusFolder(process.cwd())
if (corpus === undefined) console.log('The corpus is not there; skipped.')
else report(corpus, commandReader(corpus))

function report(folder: string, read: (file: string) => StatusAnswer): void {
  const folders = readdirSync(folder).filter(name => name !== SIBLINGS)
  for (const dialect of dialects.filter(isWanted)) {
    const own = folders.filter(name => dialectOf(name) === dialect)
    const labels = labelsOf(folder, own).filter(({ file }) => !BESIDE.test(file))
    console.log(`\n${dialect.name}`)
    const all = labels.map(label => {
      const answer = read(label.file)
      if ('refused' in answer) console.log(`${label.file}\n  ${answer.refused}`)
      const status = 'status' in answer ? answer.status : { tasks: [] }
      return { file: label.file, misses: missesOf(label, status) }
    })
    for (const field of FIELDS) {
      share(field, all.filter(({ misses }) => !misses.has(field)).length, all.length)
    }
    share('ALL', all.filter(({ misses }) => misses.size === 0).length, all.length)
    for (const { file, misses } of all) {
      for (const [field, difference] of misses) console.log(`${file}\n  ${field}: ${difference}`)
    }
  }
  if (process.argv.includes('--all')) readEverything(folder, read)
  if (process.argv.includes('--round-trips')) tryEveryMark(folder)
}

/** Without a name, every dialect. */
function isWanted({ name }: Dialect): boolean {
  const at = process.argv.indexOf('--dialect')
  return at < 0 || process.argv[at + 1] === name
}

function share(name: string, right: number, all: number): void {
  const percent = ((right / all) * 100).toFixed(1)
  console.log(`${name.padEnd(9)}${right}/${all}  ${percent} %`)
}

/** A crash or a hang on any file ends the script with an error. */
function readEverything(folder: string, read: (file: string) => StatusAnswer): void {
  const folders = readdirSync(folder).filter(name => {
    const dialect = dialectOf(name)
    return dialect !== undefined && isWanted(dialect)
  })
  const files = folders.flatMap(name =>
    readdirSync(path.join(folder, name)).map(file => `${name}/${file}`),
  )
  const answer = files.map(file => ({ file, answer: read(file) }))
  const refused = answer.flatMap(({ file, answer }) =>
    'refused' in answer ? [{ file, ...answer }] : [],
  )
  for (const { file, refused: why } of refused) console.log(`${file}: ${why}`)
  console.log(`${files.length} files, ${refused.length} refused, no crash`)
}

/** A byte that is not the same again ends the script with an error. */
function tryEveryMark(folder: string): void {
  const wanted = groundsOf(folder).filter(({ dialect }) => isWanted(dialect))
  const tried = wanted.map(({ file, ground }) => {
    const one = ground()
    const plan = planOn(one)
    const marked = (plan?.tasks ?? []).filter(({ markers }) => markers.length > 0)
    const broken = marked.flatMap(task => (plan && brokenBy(one, plan, task)) ?? [])
    for (const what of broken) console.log(`${file}\n  ${what}`)
    return { tasks: marked.length, broken: broken.length }
  })
  const sum = (key: 'tasks' | 'broken') => tried.reduce((total, one) => total + one[key], 0)
  console.log(
    `\n${tried.length} plans, ${sum('tasks')} tasks there and back, ${sum('broken')} wrong`,
  )
  if (sum('broken') > 0) process.exitCode = 1
}
