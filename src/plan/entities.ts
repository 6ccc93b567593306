import type { Task } from './plan.ts'

/** The entity that a task makes: `Message` for "Create Message model in src/message.py". */
export function createdEntity({ kind, title }: Task): string | undefined {
  return kind === 'build' ? MAKES.exec(title)?.[1] : undefined
}

/**
 * The entities that what a task builds is named after: `Message` for "Implement MessageService". The name alone says too
 * little: models that speak of each other are made side by side.
 */
export function requiredEntities({ kind, title }: Task): string[] {
  if (kind !== 'build') return []
  return [...title.matchAll(NAMED_AFTER)].map(([, entity = '']) => entity)
}

const MAKES =
  /^(?:[Cc]reate|[Ii]mplement|[Dd]efine|[Aa]dd|[Bb]uild)\s+(?:(?:the|an?)\s+)?([A-Z][A-Za-z0-9]*)\s+(?:(?:data|domain)\s+)?(?:model|entity|struct|dataclass|aggregate)\b/
const NAMED_AFTER =
  /(?<![\w/.-])([A-Z][A-Za-z0-9]*?)(?:Service|Repository|Controller|Manager|Store|Handler|Dao|DAO)(?![\w-])/g
