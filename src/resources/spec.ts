import { resourceDocument, type Resource } from './resource.ts'

export const spec: Resource = {
  name: 'spec',
  title: 'Specification',
  description: 'What the feature is to do, as the user wrote it.',
  path: 'spec',
  mimeType: 'text/markdown',
  read: context => resourceDocument(context, 'spec'),
}
