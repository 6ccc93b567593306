import * as z from 'zod'

/**
 * The arguments as their schema wants them, where a client wrote the same value in another form: `null` or an empty string for an
 * argument that is left out, a string that contains a JSON list or one path for a list, and strings for booleans and whole numbers.
 * Everything else stays as it is, so that the schema can refuse it.
 */
export function lenientArguments(schema: z.ZodObject, input: unknown): unknown {
  if (input === null || input === undefined || input === '') return {}
  if (typeof input !== 'object' || Array.isArray(input)) return input
  const entries = Object.entries(input).flatMap(([name, value]): [string, unknown][] => {
    const part: unknown = schema.shape[name]
    if (!(part instanceof z.ZodType)) return [[name, value]]
    return part.isOptional() && isLeftOut(value) ? [] : [[name, lenient(required(part), value)]]
  })
  return Object.fromEntries(entries)
}

function isLeftOut(value: unknown): boolean {
  return value === null || (typeof value === 'string' && value.trim() === '')
}

function required(part: z.ZodType): z.ZodType {
  if (!(part instanceof z.ZodOptional)) return part
  const inner: unknown = part.unwrap()
  return inner instanceof z.ZodType ? inner : part
}

function lenient(part: z.ZodType, value: unknown): unknown {
  if (part instanceof z.ZodArray) return asList(value)
  if (part instanceof z.ZodString && typeof value === 'number') return String(value)
  if (typeof value !== 'string') return value
  const text = value.trim()
  if (part instanceof z.ZodBoolean && /^(?:true|false)$/i.test(text)) return /^true$/i.test(text)
  if (part instanceof z.ZodNumber && /^\d{1,15}$/.test(text)) return Number(text)
  return value
}

/** A list that is written as JSON in a string, or the list of the one string. Empty entries say nothing. */
function asList(value: unknown): unknown {
  const list = typeof value === 'string' ? (listIn(value) ?? [value]) : value
  if (!Array.isArray(list)) return list
  const entries = list.filter((entry: unknown) => !isLeftOut(entry))
  return entries.map((entry: unknown) => (typeof entry === 'number' ? String(entry) : entry))
}

function listIn(text: string): unknown[] | undefined {
  if (!text.trim().startsWith('[')) return undefined
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list : undefined
  } catch {
    // A path may begin with a bracket, such as `[id].test.ts`.
    return undefined
  }
}
