/** Does a file such as `.conductor/plan.md` list tracks, so that it is the registry of the first versions of conductor, and no plan? */
export function listsTracks(text: string): boolean {
  return /^(?:[-*+]|#{1,4})[ \t]+\[.?\][ \t]+[*_]*track\b/im.test(text)
}
