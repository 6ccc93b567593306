import type * as z from 'zod'
import { StoreUnreachable } from '../coordinator.ts'

/** Checks what a database returned. Anybody who may write to it can have written anything. */
export function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const { data, success } = schema.safeParse(value)
  if (success) return data
  throw new StoreUnreachable('the database returned something that redgreen did not write')
}
