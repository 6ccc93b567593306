import type { Category } from '../../plan/plan.ts'
import type { ListEntry } from './list-entries.ts'
import type { Heading } from './heading.ts'
import { isPhaseName } from './phase-name.ts'

/**
 * The phase heading of each entry, `undefined` before the first one. Phases are headings down to the third level; deeper
 * headings divide a phase, and a single heading of the first level is the title.
 */
export function phaseHeadings(entries: readonly ListEntry[]): (Heading | undefined)[] {
  const level = phaseLevel(entries)
  return entries.map(({ above }) => above.findLast(heading => belongs(heading, level)))
}

/** The category of each phase, by the words of its heading and by the phases before it. */
export function categoriesOf(names: readonly string[]): Category[] {
  let building = false
  return names.map(name => {
    const category = categoryOf(name)
    // Tests in a later phase are written for existing code.
    if (category === 'test' && building) return 'polish'
    building ||= category === 'core' || category === 'work'
    return category
  })
}

function categoryOf(name: string): Category {
  const topic = name.replace(NUMBER, '')
  if (STORY.test(topic)) return 'work'
  const matches = CATEGORIES.map(({ category, pattern }) => ({
    category,
    at: topic.search(pattern),
  }))
  const [first] = matches.filter(({ at }) => at >= 0).toSorted((a, b) => a.at - b.at)
  if (first?.category === 'setup' && FEATURE_SETUP.test(topic)) return 'work'
  return first?.category ?? 'work'
}

/** `Account setup flow` is a feature of the program; `Project setup` prepares the work. */
const FEATURE_SETUP =
  /\b(accounts?|users?|profiles?|password|passkey|two-factor|2fa|mfa|otp|customers?|tenants?|organi[sz]ation|teams?|subscriptions?|payments?|billing|device|printer|game|shop|store|wallet|member|guest|household|onboarding|notification|alarm|goal|budget|course|event|meeting|event|tournament|match)\s+(set-?up|initiali[sz]ation|bootstrap)|\bset-?\s?up\s+(flows?|wizards?|screens?|pages?|forms?|links?|emails?|process|fees?|assistant|journey|steps? for|experience|api|endpoints?|dialogs?|reminders?|service|ui)\b/i

/** Does the heading say that it is a phase, in any of the known languages? */
export function isPhaseHeading({ text }: Heading): boolean {
  return isPhaseName(text)
}

function belongs(heading: Heading, level: number): boolean {
  return heading.level === level || (heading.level > 1 && heading.level < level)
}

/** The level on which most tasks have a heading that says it is a phase, else the first level that divides them. */
function phaseLevel(entries: readonly ListEntry[]): number {
  const tally = new Map<number, number>()
  // A single heading of the first level is the title, whatever it says.
  const lowest = spread(entries, 1).names > 1 ? 1 : 2
  for (const { above } of entries) {
    const named = (heading: Heading) => isOnLevel(heading, lowest) && isPhaseHeading(heading)
    const level = above.find(named)?.level
    if (level !== undefined) tally.set(level, (tally.get(level) ?? 0) + 1)
  }
  const [called] = [...tally].toSorted(([a, most], [b, more]) => more - most || a - b)
  return called?.[0] ?? dividingLevel(entries, lowest)
}

function isOnLevel({ level }: Heading, lowest: number): boolean {
  return level >= lowest && level <= MAX_DEPTH
}

/** The first level that divides the tasks; 0, which no heading has, if only the title is above them. */
function dividingLevel(entries: readonly ListEntry[], lowest: number): number {
  const levels = [2, MAX_DEPTH].map(level => spread(entries, level))
  const dividing = levels.find(({ names, covered }) => names > 1 && covered * 2 > entries.length)
  const first = dividing ?? levels.find(({ covered }) => covered > 0)
  return first?.level ?? (lowest === 1 ? 1 : 0)
}

/** How many headings of a level have tasks below them, and how many tasks that is. */
function spread(entries: readonly ListEntry[], level: number): Spread {
  const lines = entries.flatMap(({ above }) => above.find(one => one.level === level)?.line ?? [])
  return { level, names: new Set(lines).size, covered: lines.length }
}

interface Spread {
  level: number
  names: number
  covered: number
}

const MAX_DEPTH = 3

const NUMBER =
  /^\W*(implementation\s+)?(phase|stage|group|fase|fas|faza|fáze|étape|etapa|etap|aşama|этап|фаза|giai đoạn|フェーズ|阶段|階段)\s*[\w.]*\s*[:：—-]?\s*|^\W*\d+\s*단계\s*[:：—-]?\s*/iu

const STORY =
  /\buser stor(y|ies)\b|\bUS\d|\bhistória\b|\bhistoria de usuario\b|\bhistoire utilisateur\b|история|ユーザーストーリー|用户故事|사용자 스토리/iu

/** In other languages a word that also names a feature has to be all that the heading says, but for the project. */
const SETUP_ALONE =
  /^(?:preparação|configuração|inicialização|preparación|configuración|inicialización|mise en place|initialisation|préparation|(?:projekt)?(?:einrichtung|vorbereitung)|настройка|инициализация|подготовка|(?:프로젝트 |환경 |개발 환경 |초기 |기본 )?설정|環境構築|初期設定|设置|設置|项目(?:搭建|设置)|环境搭建|thiết lập|chuẩn bị|preparazione|configurazione|konfiguracja|przygotowanie|kurulum|hazırlık)(?:\s+(?:inicial|(?:d[oea]l?|del|du|des|von|для|dự|do)\s+(?:projeto|proyecto|ambiente|entorno|projet|projekts?|проекта|án)|проекта|окружения|dự án|projektu|iniziale|initiale))?\s*(?:$|[(（—–:：-])/iu

const POLISH_ALONE =
  /^(?:polimento|acabamento|finalização|pulido|acabado|finitions?|feinschliff|abschluss|полировка|доработка|завершение|完善|完善与优化|优化|rifinitura|hoàn thiện)(?!\p{L})/iu

const CATEGORIES: readonly { category: Category; pattern: RegExp }[] = [
  { category: 'setup', pattern: SETUP_ALONE },
  { category: 'polish', pattern: POLISH_ALONE },
  {
    category: 'setup',
    pattern:
      /\bset-?\s?up\b|\bscaffold|\binitiali[sz]ation\b|\bbootstrap|セットアップ|环境准备|准备工作|基础设施准备|初始化/i,
  },
  {
    category: 'test',
    pattern:
      /\btests?\b|\btesting\b|\bTDD\b|\btestes\b|\bpruebas\b|тесты|тестирование|测试|測試|テスト|테스트/iu,
  },
  {
    category: 'polish',
    pattern:
      /\bpolish|\bcross-cutting\b|\bclean-?up\b|\bdocumentation\b|\bfinal\b|\brelease\b|\bhardening\b|収尾|收尾|收官|优化与完善|研磨|仕上げ|마무리/i,
  },
  { category: 'integration', pattern: /\bintegration\b|集成|整合|統合|통합/i },
  {
    category: 'core',
    pattern: /\bcore\b|\bfoundation(al)?\b|\bimplementation\b|核心|基础|基礎|実装|구현|기반/i,
  },
]
