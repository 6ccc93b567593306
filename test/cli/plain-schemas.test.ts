import { expect, it } from 'vitest'
import * as z from 'zod'
import { ZOD_CONFIGURATION } from '../../src/cli/plain-schemas.ts'

it('zod has its configuration where the server puts it before zod is loaded', () => {
  expect(Reflect.get(globalThis, ZOD_CONFIGURATION)).toBe(z.config())
})
