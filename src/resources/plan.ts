import { resourceDocument, type Resource } from './resource.ts'

export const plan: Resource = {
  name: 'plan',
  title: 'Technical plan',
  description: 'How the feature is to be built, as the user wrote it.',
  path: 'plan',
  mimeType: 'text/markdown',
  read: context => resourceDocument(context, 'plan'),
}
