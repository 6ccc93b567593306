import type * as z from 'zod'
import { Refusal } from '../workflow/context/refusal.ts'

/** The arguments of a tool, or a refusal that says what each of them has to be. */
export function checkArguments<Input extends z.ZodObject>(
  tool: string,
  schema: Input,
  input: unknown,
): z.infer<Input> {
  const checked = schema.safeParse(input, { error: told })
  if (checked.success) return checked.data
  const issues = checked.error.issues.map(({ path, message }) =>
    path.length > 0 ? `\`${path.join('.')}\` ${message}` : message,
  )
  throw new Refusal(
    'bad_arguments',
    `${tool} was called with arguments that it does not take: ${issues.join('; ')}.`,
    'Nothing was done. Call it again, corrected.',
  )
}

/** What an argument has to be, as the end of a sentence that begins with its name. */
function told(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') {
    return issue.input === undefined
      ? 'is missing'
      : `has to be ${A[issue.expected] ?? issue.expected}`
  }
  if (issue.code === 'too_small') return `has to have ${issue.minimum} or more`
  if (issue.code === 'too_big') return `may have ${issue.maximum} at the most`
  return undefined
}

const A: Record<string, string> = {
  string: 'a text',
  array: 'a list of texts',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
  object: 'an object',
}
