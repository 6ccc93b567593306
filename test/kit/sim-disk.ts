import { constants } from 'node:fs'
import path from 'node:path'
import type { Disk, FileStatus } from '../../src/store/disk.ts'

/** An in-memory file system that can lose power. After that, each change that was not synced is there completely, partly, or not at all. */

interface File {
  id: number
  folder?: Map<string, File>
  bytes: Buffer
  mode: number
  /** The number of changes so far, used as the stamp of files. */
  changes: number
  /** The state that is certainly on disk, and the changes since then. */
  durable: { bytes: Buffer; folder: Map<string, File> }
  writes: { at: number; bytes: Buffer }[]
  names: Change[]
}

/** Directory entries that change together. */
type Change = [name: string, file: File | undefined][]

/** Thrown by every operation of a killed process. */
export class Killed extends Error {
  override name = 'Killed'
}

export interface SimOptions {
  /** Which syncs take effect. Turned off as a negative control. */
  syncs?: 'all' | 'files' | 'nothing'
  /** Guarantees that are missing, as a negative control, such as that `link` fails for an existing name. */
  lacks?: 'exclusion'
}

export class SimDisk {
  #ids = 0
  #root = this.#file(true)
  readonly #handles = new Map<number, File>()
  readonly #options: SimOptions
  /** Called before each operation; may throw. */
  before: (operation: keyof Disk) => void = () => undefined
  operations = 0

  constructor(options: SimOptions = {}) {
    this.#options = options
  }

  /** The file system as the interface that the store uses. */
  readonly disk: Disk = {
    open: (file, flags, mode) => this.#do('open', () => this.#open(file, flags, mode ?? 0o644)),
    // Closing cannot fail and has no visible effect.
    close: handle => void this.#handles.delete(handle),
    read: file => this.#do('read', () => Buffer.from(this.#find(file).bytes)),
    readAt: (handle, length, at) =>
      this.#do('readAt', () => Buffer.from(this.#at(handle).bytes.subarray(at, at + length))),
    writeAt: (handle, bytes, at) => this.#do('writeAt', () => this.#write(handle, bytes, at)),
    sync: handle => this.#do('sync', () => this.#sync(this.#at(handle))),
    stat: file =>
      this.#do('stat', () => {
        const found = this.#walk(file)
        return found && statusOf(found)
      }),
    statOpen: handle => this.#do('statOpen', () => statusOf(this.#at(handle))),
    real: file => file,
    list: folder => this.#do('list', () => [...(this.#find(folder).folder?.keys() ?? [])]),
    link: (from, to) =>
      this.#do('link', () => {
        const file = this.#find(from)
        const isTaken = this.#walk(to) !== undefined
        if (isTaken && this.#options.lacks !== 'exclusion') throw failure('EEXIST', to)
        this.#change(path.dirname(to), [[path.basename(to), file]])
      }),
    rename: (from, to) =>
      this.#do('rename', () => {
        const file = this.#find(from)
        const [gone, come] = [path.basename(from), path.basename(to)]
        this.#change(path.dirname(to), [
          [gone, undefined],
          [come, file],
        ])
      }),
    remove: file =>
      this.#do('remove', () => {
        if (this.#walk(file)) this.#change(path.dirname(file), [[path.basename(file), undefined]])
      }),
    touch: file => this.#do('touch', () => this.#walk(file) !== undefined),
    pathOf: () => undefined,
    handlePath: () => undefined,
    makeFolder: folder =>
      this.#do('makeFolder', () => {
        if (this.#walk(folder)) return
        this.#change(path.dirname(folder), [[path.basename(folder), this.#file(true)]])
      }),
  }

  /** Loses power. For each change that was not synced, `chance` decides whether it has reached the disk. */
  losePower(chance: () => number): void {
    this.#handles.clear()
    const seen = new Set<File>()
    const settle = (file: File) => {
      if (seen.has(file)) return
      seen.add(file)
      file.bytes = file.durable.bytes
      for (const write of file.writes)
        if (chance() < 0.5) file.bytes = torn(file.bytes, write, chance)
      if (file.folder) {
        file.folder = new Map(file.durable.folder)
        for (const change of file.names) if (chance() < 0.5) apply(file.folder, change)
        for (const child of file.folder.values()) settle(child)
      }
      file.changes += 1
      harden(file)
    }
    settle(this.#root)
  }

  /** Returns a copy of the current state, to which a test can return. */
  save(): () => void {
    const copies = new Map<File, File>()
    const copy = (file: File): File => {
      const known = copies.get(file)
      if (known) return known
      const made: File = { ...file, writes: [...file.writes], names: [] }
      copies.set(file, made)
      const each = (folder: Map<string, File>) =>
        new Map([...folder].map(([name, child]) => [name, copy(child)]))
      if (file.folder) made.folder = each(file.folder)
      made.durable = { bytes: file.durable.bytes, folder: each(file.durable.folder) }
      made.names = file.names.map(change =>
        change.map(([name, child]): Change[number] => [name, child && copy(child)]),
      )
      return made
    }
    const kept = copy(this.#root)
    return () => {
      copies.clear()
      this.#root = copy(kept)
      this.#handles.clear()
    }
  }

  /** Writes a file as a human's editor does, not through the store. */
  put(file: string, text: string): void {
    const before = this.before
    this.before = () => undefined
    const { O_CREAT, O_WRONLY } = constants
    for (let at = 1; at < file.split('/').length - 1; at += 1)
      this.disk.makeFolder(
        file
          .split('/')
          .slice(0, at + 1)
          .join('/'),
      )
    const handle = this.disk.open(file, O_CREAT | O_WRONLY)
    const found = this.#at(handle)
    found.bytes = Buffer.from(text)
    found.changes += 1
    this.disk.close(handle)
    for (let at = file; at !== '/'; at = path.dirname(at)) harden(this.#find(at))
    harden(this.#root)
    this.before = before
  }

  text(file: string): string {
    return this.#walk(file)?.bytes.toString('utf8') ?? ''
  }

  #do<T>(operation: keyof Disk, work: () => T): T {
    this.operations += 1
    this.before(operation)
    return work()
  }

  #open(name: string, flags: number, mode: number): number {
    const found = this.#walk(name)
    if (found && flags & constants.O_EXCL) throw failure('EEXIST', name)
    if (!found && !(flags & constants.O_CREAT)) throw failure('ENOENT', name)
    const file = found ?? { ...this.#file(false), mode }
    if (!found) this.#change(path.dirname(name), [[path.basename(name), file]])
    this.#ids += 1
    this.#handles.set(this.#ids, file)
    return this.#ids
  }

  #write(handle: number, bytes: Uint8Array, at: number): number {
    const file = this.#at(handle)
    const write = { at, bytes: Buffer.from(bytes) }
    file.bytes = written(file.bytes, write)
    file.writes.push(write)
    file.changes += 1
    return bytes.length
  }

  #sync(file: File): void {
    const { syncs = 'all' } = this.#options
    if (syncs === 'nothing' || (syncs === 'files' && file.folder)) return
    harden(file)
  }

  #change(folder: string, change: Change): void {
    const found = this.#find(folder)
    if (!found.folder) throw failure('ENOTDIR', folder)
    apply(found.folder, change)
    found.names.push(change)
    for (const [, file] of change) if (file) file.changes += 1
  }

  #at(handle: number): File {
    const file = this.#handles.get(handle)
    if (!file) throw failure('EBADF', String(handle))
    return file
  }

  #find(name: string): File {
    const file = this.#walk(name)
    if (!file) throw failure('ENOENT', name)
    return file
  }

  #walk(name: string): File | undefined {
    let file: File | undefined = this.#root
    for (const part of name.split('/').filter(part => part !== '')) file = file?.folder?.get(part)
    return file
  }

  #file(isFolder: boolean): File {
    this.#ids += 1
    const empty = Buffer.alloc(0)
    return {
      id: this.#ids,
      ...(isFolder && { folder: new Map() }),
      bytes: empty,
      mode: 0o644,
      changes: 0,
      durable: { bytes: empty, folder: new Map() },
      writes: [],
      names: [],
    }
  }
}

/** An error in the form that the system throws it. */
export function failure(code: string, file: string): Error {
  return Object.assign(new Error(`${code}: ${file}`), { code, path: file })
}

function harden(file: File): void {
  file.durable = { bytes: file.bytes, folder: new Map(file.folder) }
  file.writes = []
  file.names = []
}

function apply(folder: Map<string, File>, change: Change): void {
  for (const [name, file] of change) {
    if (file) folder.set(name, file)
    else folder.delete(name)
  }
}

function written(before: Buffer, { at, bytes }: { at: number; bytes: Buffer }): Buffer {
  const after = Buffer.alloc(Math.max(before.length, at + bytes.length))
  before.copy(after)
  bytes.copy(after, at)
  return after
}

/** The whole data, its first part, or the same number of zeros. */
function torn(before: Buffer, write: { at: number; bytes: Buffer }, chance: () => number): Buffer {
  const how = chance()
  if (how < 0.5) return written(before, write)
  const bytes =
    how < 0.8
      ? write.bytes.subarray(0, Math.floor(chance() * write.bytes.length))
      : Buffer.alloc(write.bytes.length)
  return written(before, { at: write.at, bytes })
}

function statusOf({ id, folder, bytes, mode, changes }: File): FileStatus {
  return {
    isFile: folder === undefined,
    isFolder: folder !== undefined,
    size: bytes.length,
    mode,
    links: 1,
    stamp: `${id} ${bytes.length} ${changes}`,
    changed: 0,
  }
}
