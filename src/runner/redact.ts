/** Replaces values that look like secrets in the output of a program. Expects whole lines. Applied before output is stored. */
export function redact(text: string): string {
  if (!HINT.test(text)) return text
  return [NAMED, OPTION].reduce(
    (redacted, form) => redacted.replace(form, `$1${REDACTED}`),
    redactTokens(text),
  )
}

/** Replaces only values that have the form of a secret, such as access tokens. For text that humans write, such as titles. */
export function redactTokens(text: string): string {
  if (!HINT.test(text)) return text
  return TOKENS.reduce((redacted, [form, by]) => redacted.replace(form, by), text)
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

// One cheap test that decides whether the patterns below are tried at all, because most output contains no secret.
const HINT =
  /[A-Za-z0-9](?:_|-|\.)[A-Za-z0-9]{2}|AKIA|ASIA|AIza|AGE-SECRET|eyJ|bearer|basic|PRIVATE KEY|pass|pwd|secret|token|key|credential|cookie|authorization|sig=|ATBB|AKCp|EAAC|SK[0-9a-f]{32}|:\/\/|\d:[A-Za-z0-9]/i

const SPACES = String.raw`[^\S\n]{0,4}`
const ASSIGNMENT = String.raw`["']?${SPACES}(?::=|=>|=|:)${SPACES}`
// Names of types, words for a missing value, and references to variables are not secrets.
const NOT_A_VALUE = String.raw`(?!(?:null|undefined|none|nil|true|false|string|number|boolean|\*+)\b|["']?(?:\$|<|%\w|\{\{|process\.env|os\.environ|\[redacted))`
const VALUE = String.raw`${NOT_A_VALUE}(?:"[^"\n]+"|'[^'\n]+'|[^\s"',;&]+)`

/** A name that suggests a secret, followed by a value, in any notation. Only applied to the output of programs. */
const NAMED = new RegExp(
  `((?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key(?:[_-]?id)?|private[_-]?key|credentials?|[a-z0-9]_(?:pass|pwd|pw|key)|\\bpass(?==(?!\\d{1,6}\\b))|\\bpwd(?==(?!/)))${ASSIGNMENT})${VALUE}`,
  'gi',
)

/** The same as an option of a command. A value has a digit, because a sentence can follow the name of an option. */
const OPTION =
  /(--(?:[a-z]{1,20}-)?(?:password|passwd|passphrase|secret|token|api-?key)[^\S\n]{1,4}["']?)(?=[^\s"']{0,200}\d)[^\s"'<$]{6,}/gi

/** A variable as in an environment file. Ordinary text does not look like this, so it is redacted everywhere. */
const VARIABLE = new RegExp(
  String.raw`(\b[A-Z0-9_]{0,60}(?:PASS(?:WORD|WD|PHRASE)?|_PWD|SECRET|TOKEN|API_?KEY|ACCESS_KEY(?:_ID)?|PRIVATE_KEY|_KEY|CREDENTIALS?)=)${NOT_A_VALUE}(?!\d{1,5}\b)(?:"[^"\n]+"|'[^'\n]+'|[^\s"',;&]+)`,
  'g',
)

/** Values that have the form of a secret. The patterns are narrow, so that they do not match titles, hashes and UUIDs. */
const TOKENS: [RegExp, string][] = [
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY[^\n]*/g, REDACTED],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, REDACTED],
  [/\bgh[oprsu]_[A-Za-z0-9]{16,}/g, REDACTED],
  [/\bgithub_pat_\w{20,}/g, REDACTED],
  [/\bgl(?:pat|ptt|dt|rt|cbt|agent|soat)-(?=[\w-]{0,60}\d)[\w-]{16,}/g, REDACTED],
  [
    /\b(?:npm|hf|dckr_pat|rubygems|shpat|shpss|shpca|gsk|r8|figd|sntrys|sntryu|lin_api|dop_v1|doo_v1|rk_live|rk_test|whsec|pk_live|PMAK)[_-](?=\w{0,60}\d)[A-Za-z0-9_]{20,}/g,
    REDACTED,
  ],
  [/\bhf_[A-Za-z]{30,}/g, REDACTED],
  [/\bnpm_[A-Za-z0-9]{30,}/g, REDACTED],
  [/\bpypi-(?=[\w-]{0,80}(?:\d|[a-z][A-Z]))[\w-]{16,}/g, REDACTED],
  [/\bxox[abeprs]-[\w-]{10,}/g, REDACTED],
  [/\bxapp-\d-[\w-]{10,}/g, REDACTED],
  [/\bsk[-_](?:live_|test_|ant-|proj-)?(?=[\w-]{0,80}\d)[\w-]{20,}/g, REDACTED],
  [/\b(?:xai|nvapi|pplx)-(?=[\w-]{0,60}\d)[\w-]{24,}/g, REDACTED],
  [/\bAIza[\w-]{30,}/g, REDACTED],
  [/\bya29\.[\w-]{20,}/g, REDACTED],
  [/\bGOCSPX-[\w-]{20,}/g, REDACTED],
  [/\bSG\.[\w-]{16,}\.[\w-]{16,}/g, REDACTED],
  [/\bhvs\.[\w-]{20,}/g, REDACTED],
  [/\bdapi[a-f0-9]{32}\b/g, REDACTED],
  [/\bATATT3[\w=-]{20,}/g, REDACTED],
  [/\bATBB[A-Za-z0-9]{24,}/g, REDACTED],
  [/\bAKCp[A-Za-z0-9]{40,}/g, REDACTED],
  [/\bEAACEdEose0cBA\w{10,}/g, REDACTED],
  [/\b(?:SK|key-)[0-9a-f]{32}\b/g, REDACTED],
  [/\b(?:glsa|glc|sbp|ntn|sgp|pscale_(?:tkn|pw|oauth))_(?=\w{0,80}\d)\w{20,}/g, REDACTED],
  [/\bsecret_(?=[A-Za-z]{0,60}\d)[A-Za-z0-9]{40,}/g, REDACTED],
  [/\b(?:pul|tskey|sq0(?:atp|csp|idp))-(?=[\w-]{0,80}\d)[\w-]{20,}/g, REDACTED],
  [/\bdp\.(?:pt|st|ct|sa|scim|audit)\.\w{20,}/g, REDACTED],
  [/\bamzn\.mws\.[\da-f-]{30,}/g, REDACTED],
  [/\b[MNO][A-Za-z0-9]{23,25}\.[\w-]{6}\.[\w-]{27,}/g, REDACTED],
  [/\bAGE-SECRET-KEY-1[A-Z0-9]{20,}/g, REDACTED],
  [/\b\d{8,10}:[A-Za-z0-9_-]{35}\b/g, REDACTED],
  [/\beyJ[\w-]{10,}\.[\w-]{5,}(?:\.[\w-]*)?/g, REDACTED],
  [/(hooks\.slack\.com\/services\/)[\w/]{10,}/g, `$1${REDACTED}`],
  [/\b((?:Account|SharedAccess|Shared|Primary)Key\s?=\s?)[^\s;"']{6,}/gi, `$1${REDACTED}`],
  [/([?&;](?:sig|signature|X-Amz-Signature|access_token)=)[^\s&"']{8,}/gi, `$1${REDACTED}`],
  [
    /\b((?:bearer|basic)[^\S\n]+)(?:(?=[\w.~+/-]{0,200}(?:\d|=|[a-z][A-Z]))[\w.~+/=-]{8,}|[\w.~+/=-]{28,})/g,
    `$1${REDACTED}`,
  ],
  [
    /\b((?:Bearer|Basic|BEARER|BASIC)[^\S\n]+)(?:(?=[\w.~+/-]{0,200}(?:\d|=|[a-z][A-Z]))[\w.~+/=-]{8,}|[\w.~+/=-]{28,})/g,
    `$1${REDACTED}`,
  ],
  [
    /\b((?:proxy-)?authorization["']?\s?[:=]\s?["']?(?:(?:basic|bearer|token|digest|negotiate|apikey|aws4-hmac-sha256)\s+)?)(?=[^\s"']{0,200}(?:\d|=))(?!\[redacted)[^\s"']{6,}/gi,
    `$1${REDACTED}`,
  ],
  [/\b((?:set-)?cookie["']?\s?[:=]\s?["']?)[\w.%-]{1,100}=[^\n"']{1,4000}/gi, `$1${REDACTED}`],
  [/(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,100}:)[^\s@/]{1,200}@/gi, `$1${REDACTED}@`],
  [/(:\/\/)(?=[\w-]{0,100}\d)[\w-]{20,100}@/g, `$1${REDACTED}@`],
  [VARIABLE, `$1${REDACTED}`],
]
