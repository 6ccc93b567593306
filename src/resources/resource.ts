import type { Context } from '../workflow/context/context.ts'

/** Content of a resource with its own MIME type; `blob` is base64. */
export type Content = { mimeType: string } & ({ text: string } | { blob: string })

/** A resource as a literal: its URI, its texts, and how it is read. */
export interface Resource {
  name: string
  title: string
  description: string
  /** Path below `redgreen://{feature}/`. The last part may be a variable in braces. */
  path: string
  mimeType: string
  /** Left out of the list that clients show to people. Its template is listed. */
  unlisted?: true
  /** The user's own file: served byte for byte, neither cleaned nor redacted. */
  verbatim?: true
  /** Possible values of the variable. */
  complete?: (context: Context) => string[] | Promise<string[]>
  /** `undefined` if there is no such content. `variable` is empty for a path without one. */
  read(context: Context, variable: string): Content | undefined | Promise<Content | undefined>
}
