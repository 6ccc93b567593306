/** The topic of a phase. It influences the kind of its tasks and the question at its end. */
export type Topic =
  | 'setup'
  | 'schema'
  | 'migration'
  | 'core'
  | 'indexing'
  | 'integrity'
  | 'backup'
  | 'testing'
  | 'documentation'
  | 'general'

/** The first topic that the name of a phase mentions. */
export function topicOf(phase: string): Topic {
  const name = phase.replace(/^\W*(phase|stage|step)\s*[\w.]*\s*[:.—–-]*\s*/i, '')
  const found = TOPICS.map(({ topic, words }) => ({ topic, at: name.search(words) }))
  const [first] = found.filter(({ at }) => at >= 0).toSorted((a, b) => a.at - b.at)
  return first?.topic ?? 'general'
}

const TOPICS: readonly { topic: Topic; words: RegExp }[] = [
  // "Authentication Setup" is behaviour, not project set-up.
  { topic: 'general', words: /\bauth(entication|orization)?\b|\brate limit|\berror handling\b/i },
  { topic: 'schema', words: /\bschemas?\b|\bdata modell?ing\b/i },
  { topic: 'migration', words: /\bmigrations?\b/i },
  { topic: 'core', words: /\bcore\b|\bCRUD\b|\bimplementation\b/i },
  { topic: 'indexing', words: /\bindex(es|ing)?\b|\boptimi[sz]ation\b|\bquery performance\b/i },
  { topic: 'integrity', words: /\bintegrity\b|\bconstraints?\b|\bvalidation\b/i },
  { topic: 'backup', words: /\bback-?ups?\b|\brecovery\b|\brestore\b/i },
  { topic: 'testing', words: /\btest(s|ing)?\b/i },
  { topic: 'documentation', words: /\bdocument(ation|ing|s)?\b|\bdocs\b/i },
  { topic: 'setup', words: /\bset-?\s?up\b|\bscaffold(ing)?\b|\binitiali[sz]ation\b|\bbootstrap/i },
]
