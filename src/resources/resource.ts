import type { Context } from '../workflow/context/context.ts'

/** What a resource says at the moment, with the MIME type of this very file; bytes are base64. */
export type Content = { mimeType: string } & ({ text: string } | { blob: string })

/** A resource is data: its address below a feature, words, and how it is read. */
export interface Resource {
  name: string
  title: string
  description: string
  /** Below `redgreen://{feature}/`; a second variable is the last part, in braces. */
  path: string
  mimeType: string
  /** Values of the second variable. */
  complete?: (context: Context) => string[]
  /** `undefined` when there is nothing of that name. */
  read(context: Context, variable: string): Content | undefined
}

/** One of the user's own documents, byte for byte. */
export function resourceDocument(context: Context, name: string): Content | undefined {
  const document = context.plan.documents.find(document => document.name === name)
  const text = document && context.reader.read(document.path)
  if (!document || text === undefined) return undefined
  return { text, mimeType: mimeTypeOf(document.path) }
}

function mimeTypeOf(path: string): string {
  return path.endsWith('.json') ? 'application/json' : 'text/markdown'
}
