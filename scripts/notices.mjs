// The licences of the packages that are bundled into dist/, from what the bundler says that it has put into the files.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//
const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i

/** The text of the notices file, for the metafiles of all bundles. */
export function noticesOf(metafiles) {
  const sections = packagesIn(metafiles).map(section)
  return [
    'redgreen-mcp contains code of these packages, under their own licences.',
    ...sections.map(text => `${'-'.repeat(80)}\n${text}`),
  ].join('\n\n')
}

/** The folders of the packages that have bytes in an output. */
function packagesIn(metafiles) {
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs)),
  )
  const folders = inputs.flatMap(([file, { bytesInOutput }]) => {
    const folder = bytesInOutput > 0 ? PACKAGE.exec(file)?.[1] : undefined
    return folder === undefined ? [] : [folder]
  })
  return [...new Set(folders)].sort((one, other) => one.localeCompare(other, 'en'))
}

function section(folder) {
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
  const { name, version, license } = manifest
  const files = readdirSync(folder).filter(file => LICENCE_FILE.test(file))
  if (typeof license !== 'string') throw new Error(`${folder} names no licence.`)
  const texts = files.map(file => readFileSync(path.join(folder, file), 'utf8').trim())
  return [`${name} ${version} (${license})`, ...texts].join('\n\n')
}
