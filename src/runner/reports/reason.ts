import type { Reason } from '../../evidence/outcome.ts'

/** Derives why a test failed from the type and the text of its failure, for reports that contain nothing else. */
export function reasonFrom(type: string, text: string): Reason {
  const head = `${type}\n${text.split(/\n\s*(?:at |File ")/)[0] ?? ''}`.slice(0, 600)
  if (CRASH.test(head)) return 'crash'
  if (ASSERTION.test(head) || ASSERTION.test(text.slice(0, 4000))) return 'assertion'
  // Stack traces may contain the names of timer functions, so only the head is searched for timeouts.
  return TIMEOUT.test(head) ? 'timeout' : 'error'
}

const ASSERTION =
  /(?:^|[.\\:\s])(?:AssertionError|AssertionFailedError|ComparisonFailure|ExpectationNotMetError|ExpectationFailedException|MultipleFailuresError|Minitest::Assertion)\b|ERR_ASSERTION|^(?:Error: )?expect(?:\(|\.)|Failed asserting that|assertion `?(?:left|failed)|DID NOT RAISE|^Failed: |XPASS\(strict\)|^assert |^toBe|^REQUIRE|^CHECK/m
const TIMEOUT = /timed? ?out|timeout (?:of )?\d|TimeoutError|TimeoutException/i
const CRASH = /segmentation fault|SIGSEGV|SIGABRT|SIGKILL|worker .*(?:terminated|crashed)|VM crash/i
