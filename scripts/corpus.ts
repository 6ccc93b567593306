// Reads the corpus of real task files, when it lies beside the repository, and says how many are read as labelled.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Unreadable } from '../src/dialects/dialect.ts'
import { corpusFolder, planOf } from './corpus-shelf.ts'
import { labelsOf, missesOf, type Field, type StatusDocument } from './corpus-labels.ts'

const FIELDS: readonly Field[] = ['tasks', 'ids', 'marks', 'phases', 'parallel', 'lines']
const LABELLED = ['speckit', 'speckit-variant']
const FOLDERS = ['speckit', 'speckit-variant', 'speckit-siblings']

const corpus = corpusFolder(process.cwd())
if (corpus === undefined) console.log('The corpus is not there; skipped.')
else report(corpus, file => planOf(corpus, file).plan)

/** `read` gives the status document of one file of the corpus; today the dialect itself, later the built command. */
function report(folder: string, read: (file: string) => StatusDocument): void {
  const labels = labelsOf(folder, LABELLED)
  const all = labels.map(label => ({ label, misses: missesOf(label, attempt(read, label.file)) }))
  for (const field of FIELDS) share(field, all.filter(({ misses }) => !misses.has(field)).length)
  share('ALL', all.filter(({ misses }) => misses.size === 0).length)
  for (const { label, misses } of all)
    for (const [field, difference] of misses)
      console.log(`${label.file}\n  ${field}: ${difference}`)
  readEverything(folder, read)

  function share(name: string, right: number): void {
    const percent = ((right / labels.length) * 100).toFixed(1)
    console.log(`${name.padEnd(9)}${right}/${labels.length}  ${percent} %`)
  }
}

function attempt(read: (file: string) => StatusDocument, file: string): StatusDocument {
  try {
    return read(file)
  } catch (error) {
    console.log(`${file}: ${String(error)}`)
    return { tasks: [] }
  }
}

function readEverything(folder: string, read: (file: string) => StatusDocument): void {
  const files = FOLDERS.flatMap(name =>
    readdirSync(join(folder, name)).map(file => `${name}/${file}`),
  )
  const started = performance.now()
  let tasks = 0
  let without = 0
  for (const file of files) {
    try {
      tasks += read(file).tasks.length
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      without += 1
    }
  }
  const elapsed = Math.round(performance.now() - started)
  console.log(`${files.length} files, ${tasks} tasks, ${without} files without, ${elapsed} ms`)
}
