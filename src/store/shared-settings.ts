import * as z from 'zod'

const project = z
  .string()
  .regex(/^[\w.:@+-]+(?:\/[\w.:@+-]+)*$/)
  .max(200)
  .optional()
  .describe(
    'Names the project in the store. Default: the last two parts of the address of the remote origin, and the folder of the workspace in the repository.',
  )

/** The setting `shared`: the store that several clones share. */
export const sharedStore = z.discriminatedUnion('store', [
  z.strictObject({
    store: z.literal('postgres').describe('A PostgreSQL database.'),
    url: z
      .string()
      .regex(/^postgres(?:ql)?:/i)
      .optional()
      .describe(
        'Address of the database, such as postgres://redgreen@db.example.com/redgreen. Keep the password out of it: set REDGREEN_SHARED_URL instead.',
      ),
    project,
  }),
  z.strictObject({
    store: z.literal('git').describe('References on a git remote, for up to about ten clones.'),
    remote: z.string().regex(/^[^-]/).default('origin').describe('Name or address of the remote.'),
    project,
  }),
])
