import type { EventOf } from './event.ts'

/** The key of the hash of the tests in a source file that also holds code. */
export function inlineKey(file: string): string {
  return `${file}#tests`
}

/** Hash of the tests of a file at the run: of the tests alone, if the file also holds code. */
export function testHashIn(
  { files, frozen }: Pick<EventOf<'red'> | EventOf<'green'>, 'files' | 'frozen'>,
  file: string,
): string | undefined {
  return frozen[inlineKey(file)] ?? files[file]
}
