import { existsSync } from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { sha256 } from '../evidence/chain.ts'
import { packageRoot } from '../runner/package-root.ts'
import { renderPlain } from './plain-text.ts'

/**
 * HTML for a text in Markdown. A parser can take very long for a few kilobytes that somebody chose, and this process serves all editors: so
 * a thread of its own renders, one text after another, and is ended after `limitMs`. The text is then shown as it is.
 */
export function renderDocument(source: string, limitMs = LIMIT_MS): Promise<string> {
  const key = sha256(source)
  const known = rendered.get(key)
  if (known) return known
  const html = last.then(() => renderOnce(source, limitMs))
  last = html
  rendered.set(key, html)
  const [oldest] = rendered.keys()
  if (rendered.size > CACHE_SIZE && oldest !== undefined) rendered.delete(oldest)
  return html
}

/** A document of 200 KB takes two seconds of processor time, and the machine may be busy with tests. */
const LIMIT_MS = 10_000

const CACHE_SIZE = 32

/** By the hash of the text: a page asks again after every change of the workspace. Texts that took too long are kept too. */
const rendered = new Map<string, Promise<string>>()

let last: Promise<unknown> = Promise.resolve()

let worker: Worker | undefined

async function renderOnce(source: string, limitMs: number): Promise<string> {
  worker ??= startWorker()
  const html = worker && (await answerOf(worker, source, limitMs))
  if (html !== undefined) return html
  const broken = worker
  worker = undefined
  await broken?.terminate()
  return renderPlain(source)
}

/** `undefined` in a checkout that was not built. */
function startWorker(): Worker | undefined {
  const file = path.join(packageRoot(), 'dist', 'markdown-worker.cjs')
  if (!existsSync(file)) return undefined
  const started = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: 512 } })
  // A caller that waits for it notices that too.
  started.on('error', () => undefined)
  // It does not keep the process alive.
  started.unref()
  return started
}

/** `undefined` if it takes too long, or if the thread ends, for example for want of memory. */
function answerOf(to: Worker, source: string, limitMs: number): Promise<string | undefined> {
  return new Promise(resolve => {
    const finish = (html: string | undefined) => {
      clearTimeout(timer)
      to.off('message', finish).off('error', fail).off('exit', fail)
      resolve(html)
    }
    const fail = () => finish(undefined)
    const timer = setTimeout(fail, limitMs)
    to.on('message', finish).on('error', fail).on('exit', fail)
    to.postMessage(source, [])
  })
}
