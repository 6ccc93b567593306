import type { EventOf } from './event.ts'

/** What was frozen of a source file that holds tests of its own: those tests alone. */
export function inlineKey(file: string): string {
  return `${file}#tests`
}

/** The bytes that the tests of a file had when it was run: those of the tests alone where they stand among code. */
export function testBytesIn(
  { files, frozen }: Pick<EventOf<'red'> | EventOf<'green'>, 'files' | 'frozen'>,
  file: string,
): string | undefined {
  return frozen[inlineKey(file)] ?? files[file]
}
