import { resourceDocument, type Resource } from './resource.ts'

export const tasks: Resource = {
  name: 'tasks',
  title: 'Task list',
  description: "The user's task file with its marks.",
  path: 'tasks',
  mimeType: 'text/markdown',
  read: context => resourceDocument(context, 'tasks'),
}
