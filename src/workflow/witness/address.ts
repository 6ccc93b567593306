import { readFileSync } from 'node:fs'
import process from 'node:process'
import { project as projectName } from '../../evidence/witness/statement.ts'

/** How a witness is reached. */
export interface WitnessAddress {
  /** `http` and `https` have the place of a server, `unix` the path of a socket. */
  url: URL
  project: string
  token: string
}

/** The variables do not name a witness that can be asked; the message says why. */
export class BadAddress extends Error {
  override name = 'BadAddress'
}

/** The witness of the environment. Throws `BadAddress`. */
export function environmentAddress(): WitnessAddress {
  return witnessAddress(process.env['REDGREEN_WITNESS_URL'] ?? '')
}

/** The witness at an address such as `https://host:7433/?project=shop` or `unix:/run/witness.sock`. Throws `BadAddress`. */
export function witnessAddress(text: string): WitnessAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isUsable =
    url && (url.protocol === 'unix:' ? url.pathname.startsWith('/') : url.host !== '')
  if (!isUsable || !['unix:', 'http:', 'https:'].includes(url.protocol))
    throw new BadAddress(
      'The address of the witness must begin with https://, http:// or unix:/, such as https://host:17392/?project=shop.',
    )
  const project = url.searchParams.get('project') ?? 'default'
  if (!projectName.safeParse(project).success)
    throw new BadAddress('The project in the address of the witness has no plain name.')
  return { url, project, token: tokenOf() }
}

function tokenOf(): string {
  const { REDGREEN_WITNESS_TOKEN: token = '', REDGREEN_WITNESS_TOKEN_FILE: file = '' } = process.env
  if (token !== '' || file === '') return token.trim()
  try {
    return readFileSync(file, 'latin1').trim()
  } catch {
    throw new BadAddress(`The token of the witness cannot be read from ${file}.`)
  }
}
