import { createHash } from 'node:crypto'
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { LineCleaner } from './lines.ts'
import { withoutSecrets } from './redact.ts'
import { countOf } from '../plan/format-list.ts'

/** What is kept of the output of a run. */
export interface RetainedOutput {
  /** The first and the last lines. A line between them says how much was left out. */
  output: string
  /** Hexadecimal sha256 of the whole output, cleaned and redacted. */
  outputSha256: string
  /** Bytes that the program printed, before cleaning. */
  outputBytes: number
}

/** The file that receives the whole output of a run. */
export interface RunLog {
  /** Absolute path. */
  file: string
  /** Called with the sha256 of its content when it is complete. */
  closed?: (sha256: string) => void
}

interface OutputOptions {
  /** Paths of new files that receive both streams unchanged. */
  capture?: { stdout: string; stderr: string } | undefined
  /** Values that are replaced wherever they occur. */
  secrets?: readonly string[]
}

/**
 * Collects the output of both streams of a run. Hash, log, and first and last lines are made from the same cleaned text.
 * Memory use is limited.
 */
export class OutputCollector {
  bytes = 0
  /** The error if the log or a captured file could not be written. The run is then stopped. */
  fault: unknown
  #hash = createHash('sha256')
  #head = ''
  #tail = ''
  #length = 0
  #log: number | undefined
  #logHash = createHash('sha256')
  #onLogged: RunLog['closed']
  #captures: { stdout?: number; stderr?: number } = {}
  #logged = 0
  #onText: ((text: string) => void) | undefined
  #secrets: readonly string[]
  #closers: (() => void)[] = []

  constructor(
    log: RunLog | undefined,
    onText: ((text: string) => void) | undefined,
    { capture, secrets = [] }: OutputOptions = {},
  ) {
    this.#onText = onText
    this.#secrets = secrets
    if (capture !== undefined) {
      const { stdout, stderr } = capture
      this.#captures = { stdout: newFile(stdout), stderr: newFile(stderr) }
    }
    if (log === undefined) return
    mkdirSync(path.dirname(log.file), { recursive: true, mode: 0o700 })
    this.#log = openSync(log.file, 'w', 0o600)
    this.#onLogged = log.closed
  }

  /** Collects a stream until `finish`. Calls `onBytes` after every chunk. */
  listen(stream: Readable, onBytes: () => void, name?: 'stdout' | 'stderr'): void {
    const lines = new LineCleaner()
    const onData = (chunk: Buffer) => {
      this.bytes += chunk.length
      if (name !== undefined) this.#capture(this.#captures[name], chunk)
      this.#add(this.#withoutSecrets(lines.push(chunk)))
      onBytes()
    }
    // The pipe breaks when the child is killed, which is not an error.
    stream.on('error', () => {})
    stream.on('data', onData)
    this.#closers.push(() => {
      stream.off('data', onData)
      stream.destroy()
      this.#add(this.#withoutSecrets(lines.end()))
    })
  }

  /** Stops collecting and returns the result. More calls return the same result. */
  finish(): RetainedOutput {
    for (const close of this.#closers.splice(0)) close()
    this.#closeLog()
    for (const file of Object.values(this.#captures)) closeSync(file)
    this.#captures = {}
    return {
      output: this.#firstAndLastLines(),
      outputSha256: this.#hash.copy().digest('hex'),
      outputBytes: this.bytes,
    }
  }

  /** Gets whole lines, so that no secret is split between two calls. */
  #withoutSecrets(text: string): string {
    return withoutSecrets(text, this.#secrets)
  }

  #capture(file: number | undefined, chunk: Buffer): void {
    if (file === undefined || this.fault !== undefined) return
    try {
      writeSync(file, chunk)
    } catch (error) {
      this.fault = error
    }
  }

  #add(text: string): void {
    if (text === '' || this.fault !== undefined) return
    try {
      this.#hash.update(text)
      this.#length += text.length
      if (this.#head.length < HEAD_LENGTH)
        this.#head += text.slice(0, HEAD_LENGTH - this.#head.length)
      this.#tail = (this.#tail + text).slice(-TAIL_LENGTH)
      this.#write(text)
      this.#onText?.(text)
    } catch (error) {
      this.fault = error
    }
  }

  /** The whole output if it is short enough, otherwise whole lines from its start and its end. */
  #firstAndLastLines(): string {
    const left = this.#length - this.#head.length
    if (left <= this.#tail.length) return this.#head + (left > 0 ? this.#tail.slice(-left) : '')
    const head = this.#head.slice(0, this.#head.lastIndexOf('\n') + 1)
    const tail = this.#tail.slice(this.#tail.indexOf('\n') + 1)
    const omitted = this.#length - head.length - tail.length
    return `${head}… [${countOf(omitted, 'character')} left out: see the log]\n${tail}`
  }

  #write(text: string): void {
    if (this.#log === undefined || this.#logged >= MAX_LOG_BYTES) return
    const bytes = Buffer.from(text)
    this.#logged += bytes.length
    const excess = Math.max(0, this.#logged - MAX_LOG_BYTES)
    this.#append(this.#log, bytes.subarray(0, bytes.length - excess))
    if (this.#logged >= MAX_LOG_BYTES)
      this.#append(this.#log, Buffer.from(`\n… [log cut at ${MAX_LOG_BYTES} bytes]\n`))
  }

  #append(log: number, bytes: Buffer): void {
    writeSync(log, bytes)
    this.#logHash.update(bytes)
  }

  #closeLog(): void {
    if (this.#log === undefined) return
    closeSync(this.#log)
    this.#log = undefined
    this.#onLogged?.(this.#logHash.digest('hex'))
  }
}

function newFile(file: string): number {
  return openSync(file, 'wx', 0o600)
}

const HEAD_LENGTH = 4096
const TAIL_LENGTH = 8192
const MAX_LOG_BYTES = 32 * 1024 * 1024
