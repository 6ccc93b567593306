import { readScreenshot, screenshotsIn } from '../workflow/validation/application/screenshots.ts'
import type { Resource } from './resource.ts'

export const screenshot: Resource = {
  name: 'screenshot',
  title: 'Screenshot',
  description: 'A page of the application as a validation saw it.',
  path: 'screenshots/{screenshot}',
  mimeType: 'image/png',
  complete: context => screenshotsIn(context.ledger.events),
  read: (context, name) => {
    const png = readScreenshot(context.state, name)
    return png && { blob: png.toString('base64'), mimeType: 'image/png' }
  },
}
