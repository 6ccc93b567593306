import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import * as z from 'zod'

/** A package of the npm registry, in a fixed version. */
export interface Package {
  name: string
  version: string
  /** The name of its command, if it has several. */
  bin?: string
}

const CACHE = path.resolve('node_modules/.cache/redgreen/peers')

/** The folder that other servers see as the user's home, so that they leave nothing in it. */
export const HOME = path.join(CACHE, 'home')

/** Installs a package into the cache of the benchmark, unless it is there; returns the path of its program. */
export async function installPackage({ name, version, bin }: Package): Promise<string> {
  mkdirSync(HOME, { recursive: true })
  const folder = path.join(CACHE, `${name}@${version}`.replace('/', '-'))
  if (!existsSync(folder)) {
    // An install that was interrupted leaves no folder that looks complete.
    const unfinished = `${folder}.unfinished`
    rmSync(unfinished, { recursive: true, force: true })
    await npmInstall(unfinished, `${name}@${version}`)
    renameSync(unfinished, folder)
  }
  const root = path.join(folder, 'node_modules', name)
  const manifest = manifestSchema.parse(
    JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')),
  )
  const [first = ''] = Object.values(manifest.bin)
  return path.join(root, (bin === undefined ? first : manifest.bin[bin]) ?? first)
}

async function npmInstall(folder: string, wanted: string): Promise<void> {
  const args = ['install', '--prefix', folder, '--no-audit', '--no-fund', '--fetch-retries=1']
  try {
    await promisify(execFile)('npm', [...args, wanted], {
      shell: process.platform === 'win32',
      timeout: TIMEOUT,
    })
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    const { stderr } = failureSchema.parse(error)
    const reasons = [...stderr.matchAll(/^npm error (?!A complete log)(.+)/gm)].map(
      ([, text]) => text,
    )
    throw new Error(reasons.slice(0, 2).join('; ') || 'npm ended without a reason', {
      cause: error,
    })
  }
}

const failureSchema = z.object({ stderr: z.string().default('') })

const manifestSchema = z.looseObject({ bin: z.record(z.string(), z.string()) })

/** In milliseconds. */
const TIMEOUT = 600_000
