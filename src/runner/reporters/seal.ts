import { createHmac } from 'node:crypto'

/** A report's line: sealed with a key that only our reporter had, and with its number, so none can be added or lost. */
export function sealed(key: string, index: number, body: string): string {
  return `${sealOf(key, index, body)} ${body}\n`
}

/** The body of a sealed line, or `undefined` when somebody else wrote it or moved it. */
export function unsealed(key: string, index: number, line: string): string | undefined {
  const body = line.slice(LENGTH + 1)
  return line === `${sealOf(key, index, body)} ${body}` ? body : undefined
}

const LENGTH = 32

function sealOf(key: string, index: number, body: string): string {
  return createHmac('sha256', key).update(`${index}:${body}`).digest('hex').slice(0, LENGTH)
}
