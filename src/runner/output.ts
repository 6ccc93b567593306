import { createHash } from 'node:crypto'
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { LineCleaner } from './lines.ts'

/** What is kept of everything a run printed. */
export interface KeptOutput {
  /** The first and the last lines; where some are left out between them, a line says so. */
  output: string
  outputSha256: string
  outputBytes: number
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
  #logged = 0
  #onText: ((text: string) => void) | undefined
  #closers: (() => void)[] = []

  constructor(log: string | undefined, onText: ((text: string) => void) | undefined) {
    this.#onText = onText
    if (log === undefined) return
    mkdirSync(path.dirname(log), { recursive: true, mode: 0o700 })
    this.#log = openSync(log, 'w', 0o600)
  }

  /** Listens until `finish`; `onBytes` is called after every chunk. */
  listen(stream: Readable, onBytes: () => void): void {
    const lines = new LineCleaner()
    const onData = (chunk: Buffer) => {
      this.bytes += chunk.length
      this.#keep(lines.push(chunk))
      onBytes()
    }
    // A pipe that breaks under a killed child is part of its end and no fault of ours.
    stream.on('error', () => {})
    stream.on('data', onData)
    this.#closers.push(() => {
      stream.off('data', onData)
      stream.destroy()
      this.#keep(lines.end())
    })
  }

  /** Stops listening. A second call changes nothing. */
  finish(): KeptOutput {
    for (const close of this.#closers.splice(0)) close()
    if (this.#log !== undefined) closeSync(this.#log)
    this.#log = undefined
    return {
      output: this.#ends(),
      outputSha256: this.#hash.copy().digest('hex'),
      outputBytes: this.bytes,
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

const HEAD = 4096
const TAIL = 8192
const LONGEST_LOG = 32 * 1024 * 1024
