import { safeText } from '../runner/safe-text.ts'
import { loadContext } from '../workflow/context/load-context.ts'
import { Refusal } from '../workflow/context/refusal.ts'
import { renderDocument } from './document-renderer.ts'
import { renderPlain } from './plain-text.ts'
import { pageCall, type Place } from './page-call.ts'
import type { DocumentView } from './wire.ts'

/** A document of the feature, rendered. */
export async function documentView(
  place: Place,
  name: string,
  signal: AbortSignal,
): Promise<DocumentView> {
  const { plan, reader } = await loadContext(pageCall(place, signal))
  const document = plan.documents.find(document => document.name === name)
  const text = document && reader.read(document.path)
  if (!document || text === undefined)
    throw new Refusal('bad_arguments', `${plan.feature.id} has no document "${name}".`)
  const safe = safeText(text)
  const isMarkdown = /\.(md|markdown)$/i.test(document.path) && safe.length <= MAX_MARKDOWN_LENGTH
  return { ...document, html: isMarkdown ? await renderDocument(safe) : renderPlain(safe) }
}

/** The parser needs seconds for longer ones. */
const MAX_MARKDOWN_LENGTH = 200_000
