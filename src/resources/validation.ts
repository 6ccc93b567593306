import { validationText } from '../workflow/read-document.ts'
import type { Resource } from './resource.ts'

export const validation: Resource = {
  name: 'validation',
  title: 'Validation report',
  description: 'What the last validation found, gate by gate.',
  path: 'validation',
  mimeType: 'text/markdown',
  read: desk => ({ text: validationText(desk), mimeType: 'text/markdown' }),
}
