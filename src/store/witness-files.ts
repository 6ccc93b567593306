import { generateKeyPairSync } from 'node:crypto'
import { constants } from 'node:fs'
import path from 'node:path'
import { journalLine, type JournalLine } from '../evidence/witness/statement.ts'
import { disk, truncateOpen } from './disk.ts'
import { makeFolder, nonce, syncFolder, writeFully, writeNew } from './files.ts'
import { readBytes } from './read-file.ts'
import { parseJson } from '../plan/parse-json.ts'

/** The files of `redgreen witness`, in a folder that the account of the assistants cannot write. */

/** A line of the journal that this program has not written. */
export class BadJournal extends Error {
  override name = 'BadJournal'
}

/** The text of the private key. Creates it at the first start, readable only for its owner. */
export function witnessKey(folder: string): { text: string; isNew: boolean } {
  const file = path.join(folder, 'key')
  const known = readBytes(file)?.toString('latin1').trim()
  if (known !== undefined) return { text: known, isNew: false }
  makeFolder(folder, 0)
  const { privateKey } = generateKeyPairSync('ed25519')
  const text = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64url')
  const draft = path.join(folder, `${nonce()}.draft`)
  try {
    writeNew(draft, Buffer.from(`${text}\n`), 0o600)
    disk.link(draft, file)
  } finally {
    disk.remove(draft)
  }
  syncFolder(folder)
  return { text, isNew: true }
}

/** The journal of a witness: a line for each part of a chain that it heard of, synced before the answer. */
export class WitnessJournal {
  readonly lines: readonly JournalLine[]
  readonly #file: string
  #handle: number
  /** Where the next line goes, and the size that the file has then. */
  #length: number
  #size: number
  /** The bytes of a write that failed: a part of them may be in the file. */
  #failed = 0

  /** Opens or creates it. What a crash left of a line was never answered, so it is overwritten. Throws `BadJournal`. */
  constructor(folder: string) {
    const file = path.join(folder, 'journal.jsonl')
    this.#file = file
    const bytes = readBytes(file) ?? Buffer.alloc(0)
    this.#length = bytes.lastIndexOf(0x0a) + 1
    this.#size = bytes.length
    const texts = bytes.toString('utf8', 0, this.#length).split('\n').slice(0, -1)
    this.lines = texts.map((text, at) => {
      const { data } = journalLine.safeParse(parseJson(text))
      if (data) return data
      throw new BadJournal(`${file}, line ${at + 1}, is damaged, so the witness does not start.`)
    })
    makeFolder(folder, 0)
    const { O_RDWR, O_CREAT, O_NOFOLLOW } = constants
    this.#handle = disk.open(file, O_RDWR | O_CREAT | O_NOFOLLOW, 0o600)
    syncFolder(folder)
  }

  /** Adds lines durably. After an error nothing of them stays when others are added. */
  append(lines: readonly JournalLine[]): void {
    const bytes = Buffer.from(lines.map(line => `${JSON.stringify(line)}\n`).join(''))
    if (this.#failed > 0) this.#reopen()
    if (disk.statOpen(this.#handle).size !== this.#size) throw new BadJournal(OTHER_PROGRAM)
    this.#failed = bytes.length
    writeFully(this.#handle, bytes, this.#length)
    disk.sync(this.#handle)
    this.#length += bytes.length
    this.#size = Math.max(this.#size, this.#length)
    this.#failed = 0
  }

  /** After a failed write or sync, only a new handle shows what the disk has. Cuts off what was not answered. */
  #reopen(): void {
    const { O_RDWR, O_NOFOLLOW } = constants
    const handle = disk.open(this.#file, O_RDWR | O_NOFOLLOW)
    disk.close(this.#handle)
    this.#handle = handle
    const { size } = disk.statOpen(handle)
    const most = Math.max(this.#size, this.#length + this.#failed)
    if (size < this.#length || size > most) throw new BadJournal(OTHER_PROGRAM)
    truncateOpen(handle, this.#length)
    disk.sync(handle)
    this.#size = this.#length
    this.#failed = 0
  }

  close(): void {
    disk.close(this.#handle)
  }
}

const OTHER_PROGRAM = 'Another program has written to the journal of the witness.'
