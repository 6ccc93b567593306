import { createHash } from 'node:crypto'
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { LineCleaner } from './lines.ts'
import { withoutSecrets } from './redact.ts'

/** What is kept of everything a run printed. */
export interface RetainedOutput {
  /** The first and the last lines; where some are left out between them, a line says so. */
  output: string
  outputSha256: string
  outputBytes: number
}

interface Keeping {
  /** New files that get both streams as they are. */
  capture?: { stdout: string; stderr: string } | undefined
  /** Values that are never kept. */
  secrets?: readonly string[]
}

/** Where the output of both streams meets: hash, first and last lines and log, all of the same clean text. Memory is bounded. */
export class Output {
  bytes = 0
  /** A broken disk: the run is ended and the caller gets it as it is. */
  fault: unknown
  #hash = createHash('sha256')
  #head = ''
  #tail = ''
  #length = 0
  #log: number | undefined
  #captures: { stdout?: number; stderr?: number } = {}
  #logged = 0
  #onText: ((text: string) => void) | undefined
  #secrets: readonly string[]
  #closers: (() => void)[] = []

  constructor(
    log: string | undefined,
    onText: ((text: string) => void) | undefined,
    { capture, secrets = [] }: Keeping = {},
  ) {
    this.#onText = onText
    this.#secrets = secrets
    if (capture !== undefined) {
      const { stdout, stderr } = capture
      this.#captures = { stdout: newFile(stdout), stderr: newFile(stderr) }
    }
    if (log === undefined) return
    mkdirSync(path.dirname(log), { recursive: true, mode: 0o700 })
    this.#log = openSync(log, 'w', 0o600)
  }

  /** Listens until `finish`; `onBytes` is called after every chunk. */
  listen(stream: Readable, onBytes: () => void, name?: 'stdout' | 'stderr'): void {
    const lines = new LineCleaner()
    const onData = (chunk: Buffer) => {
      this.bytes += chunk.length
      if (name !== undefined) this.#captured(this.#captures[name], chunk)
      this.#keep(this.#without(lines.push(chunk)))
      onBytes()
    }
    // A pipe that breaks under a killed child is part of its end and no fault of ours.
    stream.on('error', () => {})
    stream.on('data', onData)
    this.#closers.push(() => {
      stream.off('data', onData)
      stream.destroy()
      this.#keep(this.#without(lines.end()))
    })
  }

  /** Stops listening. A second call changes nothing. */
  finish(): RetainedOutput {
    for (const close of this.#closers.splice(0)) close()
    if (this.#log !== undefined) closeSync(this.#log)
    this.#log = undefined
    for (const file of Object.values(this.#captures)) closeSync(file)
    this.#captures = {}
    return {
      output: this.#ends(),
      outputSha256: this.#hash.copy().digest('hex'),
      outputBytes: this.bytes,
    }
  }

  /** Whole lines come in, so no secret is cut in two. */
  #without(text: string): string {
    return withoutSecrets(text, this.#secrets)
  }

  #captured(file: number | undefined, chunk: Buffer): void {
    if (file === undefined || this.fault !== undefined) return
    try {
      writeSync(file, chunk)
    } catch (error) {
      this.fault = error
    }
  }

  #keep(text: string): void {
    if (text === '' || this.fault !== undefined) return
    try {
      this.#hash.update(text)
      this.#length += text.length
      if (this.#head.length < HEAD) this.#head += text.slice(0, HEAD - this.#head.length)
      this.#tail = (this.#tail + text).slice(-TAIL)
      this.#write(text)
      this.#onText?.(text)
    } catch (error) {
      this.fault = error
    }
  }

  /** All of it where it fits; else whole lines of both ends. */
  #ends(): string {
    const left = this.#length - this.#head.length
    if (left <= this.#tail.length) return this.#head + (left > 0 ? this.#tail.slice(-left) : '')
    const head = this.#head.slice(0, this.#head.lastIndexOf('\n') + 1)
    const tail = this.#tail.slice(this.#tail.indexOf('\n') + 1)
    const omitted = this.#length - head.length - tail.length
    return `${head}… [${omitted} characters left out; the log has them]\n${tail}`
  }

  #write(text: string): void {
    if (this.#log === undefined || this.#logged >= LONGEST_LOG) return
    const bytes = Buffer.from(text)
    this.#logged += bytes.length
    writeSync(this.#log, bytes.subarray(0, bytes.length - Math.max(0, this.#logged - LONGEST_LOG)))
    if (this.#logged >= LONGEST_LOG) writeSync(this.#log, `\n… [log cut at ${LONGEST_LOG} bytes]\n`)
  }
}

function newFile(file: string): number {
  return openSync(file, 'wx', 0o600)
}

const HEAD = 4096
const TAIL = 8192
const LONGEST_LOG = 32 * 1024 * 1024
