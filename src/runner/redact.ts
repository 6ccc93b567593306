/** Replaces values that look like well-known kinds of secrets. Expects whole lines. Applied before any output is stored. */
export function redact(text: string): string {
  if (!HINT.test(text)) return text
  return SHAPES.reduce((redacted, [shape, by]) => redacted.replace(shape, by), text)
}

/** Replaces values that are known to be secret. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((redacted, secret) => redacted.replaceAll(secret, REDACTED), text)
}

/** The values of variables whose names suggest a secret. Short values are left out, because they occur in ordinary text. */
export function secretsOf(env: Record<string, string>): string[] {
  const secret = Object.entries(env).filter(
    ([name, value]) => SECRET_NAME.test(name) && value.length > 5,
  )
  return secret.map(([, value]) => value).toSorted((a, b) => b.length - a.length)
}

const SECRET_NAME = /pass|secret|token|key|credential|auth|private|dsn|database_url|connection/i

/** Does this line begin a private key that continues on the next lines? */
export function opensKey(line: string): boolean {
  return /-----BEGIN [A-Z ]{0,40}PRIVATE KEY/.test(line) && !closesKey(line)
}

export function closesKey(line: string): boolean {
  return /-----END [A-Z ]{0,40}PRIVATE KEY/.test(line)
}

/** Could this line be part of a key? Any other line ends the key, so that an unclosed key does not hide the rest of a log. */
export function isKeyBody(line: string): boolean {
  return /^\s*(?:[A-Za-z0-9+/=]{0,200}|(?:Proc-Type|DEK-Info|Comment|Version):.*)\s*$/.test(line)
}

export const REDACTED = '[redacted]'

// One cheap test that decides whether the shapes below are tried at all, because most output contains no secret.
const HINT =
  /AKIA|ASIA|gh[oprsu]_|github_pat_|glpat-|npm_|xox[abeprs]-|sk[-_]|AIza|eyJ|bearer|basic|PRIVATE KEY|pass|secret|token|api.?key|access.?key|credential|:\/\//i

const NAMED =
  /((?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key(?:[_-]?id)?|private[_-]?key|credentials?)["']?[^\S\n]{0,4}(?:=|:)[^\S\n]{0,4})(?:"[^"\n]+"|'[^'\n]+'|[^\s"',;&]+)/gi

const SHAPES: [RegExp, string][] = [
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY[^\n]*/g, REDACTED],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, REDACTED],
  [/\bgh[oprsu]_[A-Za-z0-9]{16,}/g, REDACTED],
  [/\bgithub_pat_\w{20,}/g, REDACTED],
  [/\bglpat-[\w-]{16,}/g, REDACTED],
  [/\bnpm_[A-Za-z0-9]{30,}/g, REDACTED],
  [/\bxox[abeprs]-[\w-]{10,}/g, REDACTED],
  [/\bsk[-_](?:live_|test_|ant-|proj-)?[\w-]{20,}/g, REDACTED],
  [/\bAIza[\w-]{30,}/g, REDACTED],
  [/\beyJ[\w-]{10,}\.[\w-]{5,}(?:\.[\w-]*)?/g, REDACTED],
  [/\b(bearer|basic)[^\S\n]+[\w.~+/=-]{8,}/gi, `$1 ${REDACTED}`],
  [/(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,100}:)[^\s@/]{1,200}@/gi, `$1${REDACTED}@`],
  [NAMED, `$1${REDACTED}`],
]
