import { createRequire } from 'node:module'
import path from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import type { createVitest, parseCLI, Vitest } from 'vitest/node'
import { readRun, type StandbyReady, type StandbyRun } from '../standby/messages.ts'
import { isolates, whyUnsuitable } from '../standby/vitest-settings.ts'
import { fieldOf, REPORT_VARIABLE } from './writer.ts'

// Starts Vitest up to the moment at which it looks for test files, waits, and then runs as `vitest run` does. Its arguments are how
// many milliseconds it may wait, the file of Vitest's command, and the arguments of that.

/** The exit code of a run that a new process has to repeat. */
const UNUSABLE = 86

const [program = '', , longest, entry = '', ...words] = process.argv
// As the configuration sees it in a process of `vitest run`.
process.argv = [program, entry, ...words]
const run = nextRun()
const api = await loadVitest()
const { options } = api.parseCLI(['vitest', ...words])
// The next lines are what Vitest does for its command before it creates the instance.
Object.assign(process.env, {
  TEST: 'true',
  VITEST: 'true',
  NODE_ENV: process.env['NODE_ENV'] ?? 'test',
})
const vitest = await api.createVitest('test', { ...options, watch: false })
process.send?.(describe(vitest))
await runTests(await run)

interface VitestModule {
  createVitest: typeof createVitest
  parseCLI: typeof parseCLI
}

/** The installation of the project, not one that this file would find. */
async function loadVitest(): Promise<VitestModule> {
  const file = createRequire(entry).resolve('vitest/node')
  return import(pathToFileURL(file).href)
}

function end(): never {
  process.exit(UNUSABLE)
}

/** Resolves with the run. Ends the process if the server is gone, or if it does not need it. */
function nextRun(): Promise<StandbyRun> {
  const timer = setTimeout(end, Number(longest))
  process.once('disconnect', end)
  return new Promise(resolve => {
    process.once('message', message => {
      clearTimeout(timer)
      process.off('disconnect', end)
      const asked = readRun(message)
      if (!asked) return end()
      // From here on, the process has no other connection than that of `vitest run`.
      process.disconnect()
      resolve(asked)
    })
  })
}

async function runTests({ words: selection, report }: StandbyRun): Promise<void> {
  try {
    process.env[REPORT_VARIABLE] = report
    const { filter, options: selected } = api.parseCLI(['vitest', 'run', ...selection])
    if (selected.testNamePattern !== undefined)
      vitest.setGlobalTestNamePattern(selected.testNamePattern)
    await vitest.start(filter.map(file => file.replaceAll('\\', '/')))
  } catch (error) {
    if (fieldOf(error, 'code') !== 'VITEST_FILES_NOT_FOUND') end()
  }
  await vitest.close()
  await vitest.exit()
}

function describe({ config, projects, vite }: Vitest): StandbyReady {
  const { configFile, configFileDependencies, envDir, publicDir, root } = vite.config
  const unsuitable = whyUnsuitable({ config, vite: vite.config, projects: projects.length })
  return {
    configuration: [
      ...new Set([...(configFile ? [configFile] : []), ...configFileDependencies]),
    ].map(file => path.resolve(file)),
    folders: [root, ...(envDir ? [envDir] : [])].map(folder => path.resolve(folder)),
    isolates: isolates(config),
    ...(publicDir !== '' && { publicFolder: path.resolve(publicDir) }),
    ...(unsuitable !== undefined && { unsuitable }),
  }
}
