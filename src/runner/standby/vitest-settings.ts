import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Vitest } from 'vitest/node'
import { fieldOf } from '../reporters/writer.ts'

type Config = Vitest['config']
type ViteConfig = Vitest['vite']['config']

interface Settings {
  config: Config
  vite: ViteConfig
  /** How many projects there are. */
  projects: number
}

/** Does each test file get modules of its own? Vitest 3 has the option for each pool too. */
export function isolates(config: Config): boolean {
  const pools = fieldOf(config, 'poolOptions')
  const isShared = (pool: string) => fieldOf(fieldOf(pools, pool), 'isolate') === false
  return config.isolate && !['forks', 'threads', 'vmForks', 'vmThreads'].some(isShared)
}

/** What listens, starts other programs, or looks at the project's files before the tests are known. */
export function whyUnsuitable({ config, vite, projects }: Settings): string | undefined {
  if (projects !== 1 || has(config, 'projects') || has(config, 'workspace')) return 'projects'
  if (isOn(config, 'browser')) return 'a browser'
  if (isOn(config, 'typecheck')) return 'type tests'
  if (isOn(config, 'coverage')) return 'coverage'
  if (fieldOf(fieldOf(config, 'api'), 'port') !== undefined) return 'an API server'
  if (optimizes(config, vite)) return 'optimized dependencies'
  const missing = [...config.setupFiles, ...[config.globalSetup ?? []].flat()].find(
    file => !existsSync(file),
  )
  if (missing !== undefined) return `${missing} does not exist`
  return config.environment === 'node' ? undefined : whyNotInstalled(config)
}

function whyNotInstalled({ environment, root }: Config): string | undefined {
  try {
    createRequire(path.join(root, 'package.json')).resolve(environment)
    return undefined
  } catch {
    return `the environment ${environment} is not installed`
  }
}

/** Vitest 3 turns the optimizer on by default. What it would optimize is named in one of two places. */
function optimizes(config: Config, { optimizeDeps, ssr }: ViteConfig): boolean {
  const optimizer = fieldOf(fieldOf(config, 'deps'), 'optimizer')
  const modes = ['ssr', 'client', 'web'].filter(mode => isOn(optimizer, mode))
  const named = [optimizeDeps, ssr.optimizeDeps, ...modes.map(mode => fieldOf(optimizer, mode))]
  return modes.length > 0 && named.some(hasIncluded)
}

function hasIncluded(options: unknown): boolean {
  const included = fieldOf(options, 'include')
  return Array.isArray(included) && included.length > 0
}

function has(config: unknown, name: string): boolean {
  return fieldOf(config, name) !== undefined
}

function isOn(config: unknown, name: string): boolean {
  return fieldOf(fieldOf(config, name), 'enabled') === true
}
