import { openSync, readFileSync, unlinkSync, writeSync } from 'node:fs'
import process from 'node:process'
import type { ReportEvent } from './event.ts'
import { sealed } from './seal.ts'

/** Where the report goes; its key lies beside it under `.key`. */
export const REPORT_VARIABLE = 'REDGREEN_REPORT'

export type Put = (event: ReportEvent) => void

/**
 * Opens the report. The key is read and removed, and the variable deleted, before a test runs: a test that finds the
 * file all the same cannot write a line that is believed.
 */
export function openReport(): Put {
  const file = process.env[REPORT_VARIABLE]
  delete process.env[REPORT_VARIABLE]
  if (file === undefined) return () => {}
  const key = readFileSync(`${file}.key`, 'utf8')
  unlinkSync(`${file}.key`)
  // Written at once and in order: what is not in the file when the runner is killed has not been seen.
  const report = openSync(file, 'ax', 0o600)
  let index = 0
  return event => {
    writeSync(report, sealed(key, index++, JSON.stringify(event)))
  }
}

/** What is thrown can be anything; its message, short enough to be kept. */
export function messageOf(error: unknown): string {
  const text = fieldOf(error, 'message') ?? error
  return (typeof text === 'string' ? text : (JSON.stringify(text) ?? '')).slice(0, 4000)
}

/** A field of something of unknown shape. */
export function fieldOf(value: unknown, field: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  const found: unknown = Reflect.get(value, field)
  return found
}
