import { pictureNamed, picturesOf } from '../workflow/validation/application/screenshots.ts'
import type { Resource } from './resource.ts'

export const screenshot: Resource = {
  name: 'screenshot',
  title: 'Screenshot',
  description: 'A page of the application as a validation saw it.',
  path: 'screenshots/{screenshot}',
  mimeType: 'image/png',
  complete: desk => picturesOf(desk.ledger.events),
  read: (desk, name) => {
    const png = pictureNamed(desk.state, name)
    return png && { blob: png.toString('base64'), mimeType: 'image/png' }
  },
}
