import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import type { createVitest, parseCLI, Vitest } from 'vitest/node'
import { readRun, type StandbyReady, type StandbyRun } from '../standby/messages.ts'
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
  const isPublic = publicDir !== '' && existsSync(publicDir)
  const unsuitable = whyUnsuitable(config, projects.length)
  return {
    configuration: [
      ...new Set([...(configFile ? [configFile] : []), ...configFileDependencies]),
    ].map(file => path.resolve(file)),
    folders: [root, ...(envDir ? [envDir] : [])].map(folder => path.resolve(folder)),
    isolates: config.isolate && !hasSharedModules(config),
    ...(isPublic && { publicFolder: path.resolve(publicDir) }),
    ...(unsuitable !== undefined && { unsuitable }),
  }
}

/** Vitest 3 has the option for each pool too. */
function hasSharedModules(config: Vitest['config']): boolean {
  const pools = fieldOf(config, 'poolOptions')
  return ['forks', 'threads', 'vmForks', 'vmThreads'].some(
    pool => fieldOf(fieldOf(pools, pool), 'isolate') === false,
  )
}

/** What listens, starts other programs, or looks at the project's files before the tests are known. */
function whyUnsuitable(config: Vitest['config'], projects: number): string | undefined {
  if (projects !== 1 || has(config, 'projects') || has(config, 'workspace')) return 'projects'
  if (isOn(config, 'browser')) return 'a browser'
  if (isOn(config, 'typecheck')) return 'type tests'
  if (isOn(config, 'coverage')) return 'coverage'
  if (fieldOf(fieldOf(config, 'api'), 'port') !== undefined) return 'an API server'
  const optimizer = fieldOf(fieldOf(config, 'deps'), 'optimizer')
  if (['ssr', 'client', 'web'].some(name => isOn(optimizer, name))) return 'optimized dependencies'
  const missing = [...config.setupFiles, ...[config.globalSetup ?? []].flat()].find(
    file => !existsSync(file),
  )
  if (missing !== undefined) return `${missing} does not exist`
  return config.environment === 'node' ? undefined : whyNotInstalled(config)
}

function whyNotInstalled({ environment, root }: Vitest['config']): string | undefined {
  try {
    createRequire(path.join(root, 'package.json')).resolve(environment)
    return undefined
  } catch {
    return `the environment ${environment} is not installed`
  }
}

function has(config: unknown, name: string): boolean {
  return fieldOf(config, name) !== undefined
}

function isOn(config: unknown, name: string): boolean {
  return fieldOf(fieldOf(config, name), 'enabled') === true
}
