import { answerQuestion, questionOf } from '../page/decisions.ts'
import { Refusal } from '../workflow/context/refusal.ts'
import { SUCCEEDED } from './sandbox.ts'

/** Approves on the live page, as somebody with the token can. Returns the refusal code, or `SUCCEEDED`. */
export async function approveOnPage(root: string): Promise<string> {
  const place = { workspace: { name: 'app', root } }
  const { signal } = new AbortController()
  try {
    const { hash } = await questionOf(place, { step: 'approve' }, signal)
    await answerQuestion(place, { step: 'approve' }, { hash, agreed: [] }, signal)
    return SUCCEEDED
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}
