import { openSync, readFileSync, unlinkSync, writeSync } from 'node:fs'
import process from 'node:process'
import type { ReportEvent } from './event.ts'
import { sealLine } from './seal.ts'

/** Variable with the path of the report. The key is in a file beside it, with the extension `.key`. */
export const REPORT_VARIABLE = 'REDGREEN_REPORT'

export type WriteEvent = (event: ReportEvent) => void

/**
 * Opens the report. Deletes the variable and the file of the key before a test runs, so that a test that finds the report
 * cannot write a line with a valid seal.
 */
export function openReport(): WriteEvent {
  const file = process.env[REPORT_VARIABLE]
  delete process.env[REPORT_VARIABLE]
  if (file === undefined) return () => {}
  const key = readFileSync(`${file}.key`, 'utf8')
  unlinkSync(`${file}.key`)
  // Written synchronously and in order, so that the report is correct up to the moment at which the runner is killed.
  const report = openSync(file, 'ax', 0o600)
  let index = 0
  return event => {
    writeSync(report, sealLine(key, index++, JSON.stringify(event)))
  }
}

/** The message of a thrown value of any type, at most 4000 characters. */
export function messageOf(error: unknown): string {
  const text = fieldOf(error, 'message') ?? error
  return (typeof text === 'string' ? text : (JSON.stringify(text) ?? '')).slice(0, 4000)
}

/**
 * The difference between the expected and the actual value of a failed assertion, to append to its message. Empty if the message
 * already has it, or if the values have no text.
 */
export function differenceOf(error: unknown, message: string): string {
  const diff = fieldOf(error, 'diff')
  if (typeof diff === 'string' && diff !== '') return `\n${diff.slice(0, MAX_DIFFERENCE)}`
  const [expected, actual] = [textOf(fieldOf(error, 'expected')), textOf(fieldOf(error, 'actual'))]
  if (message.includes('\n') || expected === undefined || actual === undefined) return ''
  return `\n- ${expected}\n+ ${actual}`
}

const MAX_DIFFERENCE = 20_000

function textOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)?.slice(0, MAX_DIFFERENCE)
  } catch {
    return undefined
  }
}

/** A field of a value of unknown type; `undefined` if the value has no such field. */
export function fieldOf(value: unknown, field: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  const found: unknown = Reflect.get(value, field)
  return found
}
