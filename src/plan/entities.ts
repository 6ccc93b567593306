import type { Task } from './plan.ts'

/** The entity that a task creates: `Message` for "Create Message model in src/message.py". */
export function createdEntity({ kind, title }: Pick<Task, 'kind' | 'title'>): string | undefined {
  return kind === 'build' ? CREATES.exec(title)?.[1] : undefined
}

/**
 * The entities that a task needs, by the name of what it builds: `Message` for "Implement MessageService". A bare entity
 * name does not count, because models that mention each other can be built at the same time.
 */
export function requiredEntities({ kind, title }: Pick<Task, 'kind' | 'title'>): string[] {
  if (kind !== 'build') return []
  return [...title.matchAll(REQUIRES)].map(([, entity = '']) => entity)
}

const CREATES =
  /^(?:[Cc]reate|[Ii]mplement|[Dd]efine|[Aa]dd|[Bb]uild)\s+(?:(?:the|an?)\s+)?([A-Z][A-Za-z0-9]*)\s+(?:(?:data|domain)\s+)?(?:model|entity|struct|dataclass|aggregate)\b/
const REQUIRES =
  /(?<![\w/.-])([A-Z][A-Za-z0-9]*?)(?:Service|Repository|Controller|Manager|Store|Handler|Dao|DAO)(?![\w-])/g
