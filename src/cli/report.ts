import { joinAsLines } from '../runner/safe-text.ts'
import path from 'node:path'
import { lastEvent } from '../evidence/event.ts'
import { recordedTests } from '../evidence/recorded-tests.ts'
import { safeText, safeValue } from '../runner/safe-text.ts'
import { VERSION } from '../server/version.ts'
import { writeFile } from '../store/files.ts'
import type { Context } from '../workflow/context/context.ts'
import { loadContext } from '../workflow/context/load-context.ts'
import { taskStates } from '../workflow/context/task-state.ts'
import { eventLine } from '../workflow/report/event-lines.ts'
import { ctrfReport, junitReport, type ExportedReport } from '../workflow/report/exported-report.ts'
import { htmlReport, type ReportedTask } from '../workflow/report/html-report.ts'
import { outcomeReport } from '../workflow/report/outcome-report.ts'
import { FEATURE_ARGUMENT, type Command } from './command.ts'

export const reportCommand: Command = {
  name: 'report',
  usage: '[FEATURE] [--html FILE] [--junit FILE] [--ctrf FILE]',
  summary: 'print the report of a feature, or write it for other tools',
  description:
    'Prints the report of the feature in Markdown. With options it writes files instead: the report as one HTML page that loads nothing, and the recorded tests as JUnit XML or in the Common Test Report Format. Nothing is run. Paths are relative to the working directory.',
  arguments: FEATURE_ARGUMENT,
  options: {
    html: { type: 'string', value: 'FILE', description: 'Write the report as one HTML page.' },
    junit: { type: 'string', value: 'FILE', description: 'Write the recorded tests as JUnit XML.' },
    ctrf: { type: 'string', value: 'FILE', description: 'Write the recorded tests as CTRF JSON.' },
  },
  examples: [
    'redgreen report',
    'redgreen report 001-chat --html report.html',
    'redgreen report --junit junit.xml --ctrf ctrf.json',
  ],
  async run(call, args) {
    const [feature] = args.positionals
    const context = await loadContext({ ...call, feature: feature ?? call.feature })
    const report = outcomeReport(context)
    const exported = exportedReport(context)
    const formats = {
      html: () => htmlReport(exported, reportedTasks(context), safeText(report)),
      junit: () => junitReport(exported),
      ctrf: () => ctrfReport(exported),
    }
    const written: string[] = []
    for (const [name, render] of Object.entries(formats)) {
      const file = args.text(name)
      if (file === undefined) continue
      writeFile(path.resolve(file), render())
      written.push(file)
    }
    const { feature: plan } = context.plan
    const passed = lastEvent(context.ledger.events, 'validation')?.passed ?? false
    return {
      data: { feature: plan.id, validated: passed, written, tests: exported.tests, report },
      text: written.length > 0 ? joinAsLines([`Written: ${written.join(', ')}.`]) : report,
    }
  },
}

function exportedReport({ plan, ledger: { events } }: Context): ExportedReport {
  const { feature, tasks } = safeValue({ feature: plan.feature, tasks: plan.tasks })
  return {
    plan: { feature, tasks },
    tests: safeValue(recordedTests(events)),
    version: VERSION,
    from: events[0]?.at ?? '',
    to: events.at(-1)?.at ?? '',
  }
}

function reportedTasks(context: Context): ReportedTask[] {
  const states = taskStates(context)
  return context.plan.tasks.map(({ id, title, kind }) => {
    const { stage = 'todo', waived = false, unverified = false } = states.get(id) ?? {}
    const note = waived ? ', waived' : unverified ? ', ticked without proof' : ''
    const own = context.ledger.events.filter(event => 'task' in event && event.task === id)
    return safeValue({ id, title, kind, stage: `${stage}${note}`, events: own.map(eventLine) })
  })
}
