import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** Brews in one JSON file, created with the first brew. */
export async function openJournal(file) {
  const brews = await read(file)
  let written = Promise.resolve()
  return {
    find: id => brews.find(brew => brew.id === id),
    /** Resolves when the brew is on disk. */
    add(brew) {
      brews.push(brew)
      written = written.then(() => write(file, brews))
      return written
    },
  }
}

async function read(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT') return []
    throw error
  }
}

// A crash during the write leaves the old journal.
async function write(file, brews) {
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(`${file}.new`, JSON.stringify(brews, null, 2))
  await rename(`${file}.new`, file)
}
