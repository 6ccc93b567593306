/** Compiled code of earlier starts, so that a server needs less time to start. */
export interface CompiledCode {
  /** Uses what is in this folder for the files that are loaded from now on. */
  use: (folder: string) => void
  /** Keeps the code of all files that are loaded now, with the functions that ran. `write` writes a file that a crash cannot leave in part. */
  keep: (write: (file: string, bytes: Buffer) => void) => void
}

/** Where the code of one file is, among that of all files. */
interface Entry {
  name: string
  start: number
  end: number
}

/**
 * The code of several files as one: the length of the header, the header as JSON, and the code of one file after the other. `build` is the build of
 * the program that it belongs to, because V8 compares no more of a source than its length.
 */
export function encodeCode(build: string, code: ReadonlyMap<string, Uint8Array>): Buffer {
  let end = 0
  const files = [...code].map(([name, { length }]): Entry => {
    end += length
    return { name, start: end - length, end }
  })
  const header = Buffer.from(JSON.stringify({ build, files }))
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeUInt32LE(header.length)
  return Buffer.concat([length, header, ...code.values()])
}

/** The code by file; nothing if it belongs to another build or is damaged. */
export function decodeCode(build: string, bytes: Buffer): Map<string, Buffer> {
  const none = new Map<string, Buffer>()
  if (bytes.length < LENGTH_BYTES) return none
  const begin = LENGTH_BYTES + bytes.readUInt32LE(0)
  const files = filesIn(build, bytes.toString('utf8', LENGTH_BYTES, begin))
  if (files?.at(-1)?.end !== bytes.length - begin) return none
  return new Map(
    files.map(({ name, start, end }) => [name, bytes.subarray(begin + start, begin + end)]),
  )
}

function filesIn(build: string, header: string): Entry[] | undefined {
  try {
    const read: unknown = JSON.parse(header)
    return isHeader(read) && read.build === build ? read.files : undefined
  } catch {
    return undefined
  }
}

/** Without zod, which is not loaded yet. The file was written by this program. */
function isHeader(read: unknown): read is { build: string; files: Entry[] } {
  return typeof read === 'object' && read !== null && 'files' in read && Array.isArray(read.files)
}

const LENGTH_BYTES = 4
