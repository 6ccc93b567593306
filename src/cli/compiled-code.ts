import { crc32 } from 'node:zlib'

/** Compiled code of earlier starts, so that a server needs less time to start. */
export interface CompiledCode {
  /** The build of the program, a hash of its files: V8 compares no more of a source than its length. */
  build: string
  /** Uses what is in this folder for the files that are loaded from now on. */
  use: (folder: string) => void
  /**
   * Keeps the code of all files that are loaded now, with the functions that ran. `write` writes a file that a crash cannot leave in part.
   */
  keep: (write: (file: string, bytes: Buffer) => void) => void
}

/** Where the code of one file is, among that of all files. */
interface Entry {
  name: string
  start: number
  end: number
}

/**
 * The code of several files as one: a checksum of the rest, the length of the header, the header as JSON, and the code of one file after
 * the other. The checksum is for a damaged disk: V8 runs what it gets, and Node would end without a word.
 */
export function encodeCode(code: ReadonlyMap<string, Uint8Array>): Buffer {
  let end = 0
  const entries = [...code].map(([name, { length }]): Entry => {
    end += length
    return { name, start: end - length, end }
  })
  const header = Buffer.from(JSON.stringify(entries))
  const bytes = Buffer.concat([Buffer.alloc(HEADER), header, ...code.values()])
  bytes.writeUInt32LE(header.length, CHECKSUM)
  bytes.writeUInt32LE(crc32(bytes.subarray(CHECKSUM)), 0)
  return bytes
}

/** The code by file; nothing if it is damaged. */
export function decodeCode(bytes: Buffer): Map<string, Buffer> {
  try {
    if (bytes.readUInt32LE(0) !== crc32(bytes.subarray(CHECKSUM))) return new Map()
    const begin = HEADER + bytes.readUInt32LE(CHECKSUM)
    const entries: unknown = JSON.parse(bytes.toString('utf8', HEADER, begin))
    if (!Array.isArray(entries) || !entries.every(isEntry)) return new Map()
    return new Map(
      entries.map(({ name, start, end }) => [name, bytes.subarray(begin + start, begin + end)]),
    )
  } catch {
    return new Map()
  }
}

/** Without zod, which is not loaded yet. */
function isEntry(value: unknown): value is Entry {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'start' in value &&
    Number.isInteger(value.start) &&
    'end' in value &&
    Number.isInteger(value.end)
  )
}

/** In bytes. */
const CHECKSUM = 4
const HEADER = 8
