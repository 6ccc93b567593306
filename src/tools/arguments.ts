import type * as z from 'zod'
import { Refusal } from '../workflow/context/refusal.ts'
import { lenientArguments } from './lenient-arguments.ts'

/** The validated arguments of a tool; throws a `bad_arguments` refusal that names each wrong argument. */
export function checkArguments<Input extends z.ZodObject>(
  tool: string,
  schema: Input,
  input: unknown,
): z.infer<Input> {
  const checked = schema.safeParse(lenientArguments(schema, input), { error: describeIssue })
  if (checked.success) return checked.data
  const issues = checked.error.issues.map(({ path, message }) =>
    path.length > 0 ? `\`${path.join('.')}\` ${message}` : message,
  )
  throw new Refusal(
    'bad_arguments',
    `The arguments of ${tool} are invalid: ${issues.join('; ')}.`,
    'Nothing was done. Correct the arguments and call it again.',
  )
}

/** The rest of a sentence that begins with the argument's name. */
function describeIssue(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') {
    return issue.input === undefined || issue.input === null
      ? 'is missing'
      : `must be ${TYPES[issue.expected] ?? issue.expected}`
  }
  if (issue.code === 'too_small' && issue.minimum === 1) return 'must not be empty'
  if (issue.code === 'too_small') return `must have at least ${issue.minimum}`
  if (issue.code === 'too_big') return `may have at most ${issue.maximum}`
  return undefined
}

const TYPES: Record<string, string> = {
  string: 'a string',
  array: 'a list of strings',
  boolean: 'true or false',
  number: 'a number',
  int: 'an integer',
  object: 'an object',
}
