import { createHmac } from 'node:crypto'

/** Seals a line of a report with a secret key and its number, so that lines can be neither forged nor removed. */
export function sealLine(key: string, index: number, body: string): string {
  return `${sealOf(key, index, body)} ${body}\n`
}

/** The body of a sealed line; `undefined` if the seal is wrong, because the line was not written by the reporter or was moved. */
export function unsealLine(key: string, index: number, line: string): string | undefined {
  const body = line.slice(LENGTH + 1)
  return line === `${sealOf(key, index, body)} ${body}` ? body : undefined
}

const LENGTH = 32

function sealOf(key: string, index: number, body: string): string {
  return createHmac('sha256', key).update(`${index}:${body}`).digest('hex').slice(0, LENGTH)
}
