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
  const found = TOPICS.map(({ topic, pattern }) => ({ topic, at: name.search(pattern) }))
  const [first] = found.filter(({ at }) => at >= 0).toSorted((a, b) => a.at - b.at)
  return first?.topic ?? 'general'
}

const TOPICS: readonly { topic: Topic; pattern: RegExp }[] = [
  // "Authentication Setup" is behaviour, not project set-up.
  { topic: 'general', pattern: /\bauth(entication|orization)?\b|\brate limit|\berror handling\b/i },
  { topic: 'schema', pattern: /\bschemas?\b|\bdata modell?ing\b/i },
  { topic: 'migration', pattern: /\bmigrations?\b/i },
  { topic: 'core', pattern: /\bcore\b|\bCRUD\b|\bimplementation\b/i },
  { topic: 'indexing', pattern: /\bindex(es|ing)?\b|\boptimi[sz]ation\b|\bquery performance\b/i },
  { topic: 'integrity', pattern: /\bintegrity\b|\bconstraints?\b|\bvalidation\b/i },
  { topic: 'backup', pattern: /\bback-?ups?\b|\brecovery\b|\brestore\b/i },
  { topic: 'testing', pattern: /\btest(s|ing)?\b/i },
  { topic: 'documentation', pattern: /\bdocument(ation|ing|s)?\b|\bdocs\b/i },
  {
    topic: 'setup',
    pattern: /\bset-?\s?up\b|\bscaffold(ing)?\b|\binitiali[sz]ation\b|\bbootstrap/i,
  },
]
