import { titleWords } from './title-words.ts'

/** Its verb or its object is the program's behaviour, whatever else the title says. */
export function isBehaviour(title: string): boolean {
  if (BEHAVIOUR_VERB.test(title)) return true
  const { verb, objects } = titleWords(title)
  return ADDS.test(verb) && objects.some(object => PRODUCT.test(object))
}

export const BEHAVIOUR_VERB =
  /^(implement|allow|let|enable users|handle|reject|refund|return|respond|parse|render|serve|read|load|import|export|show|display|fetch|sync|expose|support|download|upload|index|search|convert|send|calculate|compute|store|persist|enforce|notify|prevent|block|redirect|retry|resolve|cache|encrypt|sort|filter|list|log|warn|require|limit|detect|emit|publish|schedule|track)\b|^(ensure|validate)\b(?!.*\b(quickstart|lighthouse|performance|coverage|lint\w*|tests?|builds?|works?|docs?|documentation|readme)\b)/i

/** A second part of the sentence that asks for behaviour. */
export const SECOND_CLAUSE =
  /\b(and|then)\s+(then\s+)?(expose|reject|alert|send|store|show|display|notify|return|refund|block|charge|cancel|email|serve|render|redirect|warn the user|log the user)\b/i

/** A part of the sentence after the first one, or after a label such as `Readme:`, that asks for new code, whatever the first one says. */
export const ALSO_IMPLEMENTS =
  /(?:\b(?:and|then)|[:;])\s+(?:also\s+|then\s+)?(?:implement|develop)\b/i

/** Does a second part of the sentence add a part of the program, as in `Run the tests and add a cache`? */
export function alsoBuilds(title: string): boolean {
  const [, added] =
    /\b(?:and|then)\s+(?:also\s+)?(?:add|build|introduce)\s+(.{1,100})/i.exec(title) ?? []
  if (ALSO_IMPLEMENTS.test(title)) return true
  return (
    added !== undefined && titleWords(`add ${added}`).objects.some(object => PRODUCT.test(object))
  )
}

export const ADDS = /^(add|create|build|make|develop|introduce|provide|extend|set-up)$/

/** What a program is made of, at the end of a noun phrase. */
export const PRODUCT =
  /\b(endpoints?|routes?|handlers?|pages?|screens?|views?|viewer|forms?|buttons?|dialogs?|modals?|widgets?|panels?|dashboards?|charts?|tables?|columns?|fields?|toggles?|wizards?|flows?|services?|clients?|servers?|controllers?|repositor(y|ies)|queues?|jobs?|workers?|schedul(er|ing)|parsers?|loaders?|runners?|generators?|calculators?|calculations?|search|upload|uploads|downloads?|imports?|exports?|importer|exporter|editor|preview|history|feed|notifications?|reminders?|validation|validator|orders?|requests?|rules engine|engine|cache|middleware|hooks?|commands?|subcommands?|bookings?|payments?|filters?|sorting|pagination|logic|button|reports?|results|scores?|override|mode|api|apis|modal|tab|tabs|menu|store|storage|badge|banner|tracker|tracking|alerts?|webhooks?|sidebar|index)$/

export const WRITES =
  /^(update|write|add|author|create|revise|rewrite|extend|improve|generate|finali[sz]e|complete|draft|prepare|polish|expand|refresh|review|publish|produce|fix|maintain|remove|delete|record|provide)$/
