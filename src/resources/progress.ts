import { overviewOf } from '../workflow/overview.ts'
import type { Resource } from './resource.ts'

export const progress: Resource = {
  name: 'progress',
  title: 'Progress',
  description:
    'Where every task stands, witnessed and claimed told apart; the same as `redgreen status --json`.',
  path: 'progress',
  mimeType: 'application/json',
  read: context => ({
    text: JSON.stringify(overviewOf(context), null, 2),
    mimeType: 'application/json',
  }),
}
