import type { Row } from '../row.ts'

const ORDER = 'test/plan/order.test.ts'
const REGISTRY = 'test/dialects/conductor/features.test.ts'
const READING = 'test/dialects/conductor/read.test.ts'
const STEPS = 'test/dialects/conductor/steps.test.ts'
const WORDS = 'test/dialects/conductor/questions-and-advice.test.ts'
const STANDARDS = 'test/workflow/standards.test.ts'
const MARKING = 'test/dialects/conductor/marking.test.ts'
const EXAMPLES = 'test/dialects/conductor/examples.test.ts'
const REFUSALS = 'test/workflow/refusals.test.ts'
const LOOP = 'test/e2e/loop.test.ts'

/** The conductor family: components of a storage, and what is built by the same code. */
export const conductor: readonly Row[] = [
  {
    id: 'R150',
    text: 'The tasks of the plan are done one after another.',
    shown: { test: ORDER, name: 'a task that is not [P] waits for all earlier ones' },
  },
  {
    id: 'R151',
    text: 'The active component is planned or in progress in `tracks.md`.',
    shown: { test: REGISTRY, name: 'is the one that is planned or in progress' },
  },
  {
    id: 'R152',
    text: 'Among several, the one updated last is taken, or the user is asked.',
    shown: { test: REGISTRY, name: 'is the one updated last, then the one made last' },
  },
  {
    id: 'R153',
    text: 'The plan is read from the folder of the component.',
    shown: { test: REGISTRY, name: 'is the one that is planned or in progress' },
  },
  {
    ids: 'R154–R160',
    text: 'Product, stack, workflow, standards, template, specification and plan are the context.',
    shown: { test: READING, name: 'the documents are those of the component and of its project' },
  },
  {
    ids: 'R161–R162',
    text: 'At the start metadata.json and tracks.md say "In Progress".',
    shown: {
      test: STEPS,
      name: 'is in progress when its first task starts, in every place, and the counters are counted',
    },
  },
  {
    id: 'R163',
    text: 'The name of a phase is shown when it starts.',
    shown: {
      test: 'test/workflow/failure.test.ts',
      name: 'names the phase, its tasks, the task, and what may go on beside it',
    },
  },
  {
    id: 'R164',
    text: 'A ticked task is left out.',
    shown: { test: ORDER, name: 'what is settled, claimed, deferred or in work is not offered' },
  },
  {
    id: 'R165',
    text: 'workflow.md decides the order: schema, migration, code; or test, failure, code, success.',
    shown: {
      test: WORDS,
      name: 'tells the order of work, the way of migrations and the standards before a task',
    },
  },
  {
    ids: 'R166–R169',
    text: 'Code follows stack, standards, style guides and template.',
    assistant:
      'whether it does is read, not run; the server lists these documents with the task and names them in its advice.',
  },
  {
    ids: 'R170–R175',
    text: 'Schemas, migrations, transactions, indexes, validation and backups are made as the standards ask.',
    assistant:
      'it is the content of the work; the server hands out the task with the standards and asks for the proof of each.',
  },
  {
    id: 'R176',
    text: 'A finished task is ticked in plan.md.',
    shown: {
      test: MARKING,
      name: 'finishing a task changes its carriers and nothing else of the plan',
    },
  },
  {
    id: 'R177',
    text: 'A commit is asked for, with a fitting message, when the workflow wants one.',
    shown: { test: WORDS, name: 'gives task %s a fitting message for its commit' },
  },
  {
    id: 'R178',
    text: 'A finished phase has its status changed in plan.md.',
    shown: { test: STEPS, name: 'has its phase completed when the phase is confirmed' },
  },
  {
    id: 'R179',
    text: 'After a phase the user is asked to see whether it works.',
    shown: { test: EXAMPLES, name: 'asks a person after every phase' },
  },
  {
    id: 'R180',
    text: 'After schema design: is the schema right?',
    shown: {
      test: WORDS,
      name: '%s of a component is "%s"',
      case: "['Schema Design', 'Is the schema right?']",
    },
  },
  {
    id: 'R181',
    text: 'After migrations: do they run?',
    shown: {
      test: WORDS,
      name: '%s of a component is "%s"',
      case: "['Migration Setup', 'Do the migrations run, and are they documented?']",
    },
  },
  {
    id: 'R182',
    text: 'After the core: do create, read, update and delete work?',
    shown: {
      test: WORDS,
      name: '%s of a component is "%s"',
      case: "['Core Storage Implementation',",
    },
  },
  {
    id: 'R183',
    text: 'After indexing: are the queries faster?',
    shown: {
      test: WORDS,
      name: '%s of a component is "%s"',
      case: "['Indexing & Optimization', 'Are the queries faster?']",
    },
  },
  {
    id: 'R184',
    text: 'After data integrity: do constraints and validations hold?',
    shown: {
      test: WORDS,
      name: '%s of a component is "%s"',
      case: "['Data Integrity', 'Do constraints and validations hold?']",
    },
  },
  {
    id: 'R185',
    text: 'After backup: do backup and restore work?',
    shown: {
      test: WORDS,
      name: '%s of a component is "%s"',
      case: "['Backup & Recovery', 'Do backup and restore work?']",
    },
  },
  {
    id: 'R186',
    text: 'The next phase waits until the user has said yes.',
    shown: {
      test: ORDER,
      name: 'a finished phase that waits for a person keeps the next one closed',
    },
  },
  {
    ids: 'R187–R189',
    text: 'Schema first: the schema, then its migrations, then code that matches it.',
    shown: {
      test: WORDS,
      name: 'tells the order of work, the way of migrations and the standards before a task',
    },
  },
  {
    id: 'R190',
    text: 'Tests first: unit and integration tests come before the code.',
    shown: {
      test: WORDS,
      name: 'asks for tests first, automatic migrations, or a commit for each phase',
    },
  },
  {
    id: 'R191',
    text: 'Tests first: they fail at the beginning.',
    shown: { test: REFUSALS, name: 'the fact, and the step that would help', case: 'red_passes' },
  },
  {
    id: 'R192',
    text: 'Tests first: the code makes them pass.',
    shown: { test: REFUSALS, name: 'the fact, and the step that would help', case: 'green_fails' },
  },
  {
    id: 'R193',
    text: 'Tests first: clean-up where it is needed.',
    shown: { test: LOOP, name: 'finishes a feature, and the plan changes in its marks alone' },
  },
  {
    id: 'R194',
    text: 'Versioned migrations: migration files are written.',
    shown: {
      test: WORDS,
      name: 'tells the order of work, the way of migrations and the standards before a task',
    },
  },
  {
    id: 'R195',
    text: 'Automatic migrations: the tool makes them.',
    shown: {
      test: WORDS,
      name: 'asks for tests first, automatic migrations, or a commit for each phase',
    },
  },
  {
    id: 'R196',
    text: 'Commits follow the strategy of workflow.md.',
    shown: {
      test: WORDS,
      name: 'asks for tests first, automatic migrations, or a commit for each phase',
    },
  },
  {
    ids: 'R197–R199',
    text: 'Data stays consistent: transactions where needed, eventual consistency handled, integrity kept.',
    assistant:
      'it is the content of the work; the last question to a person asks whether the standards are followed.',
  },
  {
    ids: 'R200–R202',
    text: 'Backups are automatic, recovery is described, and both are tried.',
    assistant:
      'it is the content of the work; the question after the backup phase has a person try it.',
  },
  {
    ids: 'R203–R205',
    text: 'Indexes follow the queries, slow queries are mended, use is watched.',
    assistant:
      'it is the content of the work; the question after the indexing phase has a person compare.',
  },
  {
    ids: 'R206–R208',
    text: 'Migrations go forward and back, are tried on sample data and are described.',
    assistant:
      'it is the content of the work; the advice asks for both directions, the question has a person run them.',
  },
  {
    ids: 'R209–R211',
    text: 'Data is validated by the database and the application, before it is stored.',
    assistant:
      'it is the content of the work; the question after the integrity phase has a person try wrong values.',
  },
  {
    ids: 'R212–R214',
    text: 'Transactions cover what has several steps, fail well and are isolated enough.',
    assistant:
      'it is the content of the work; tests that the task asks for are what the server can see of it.',
  },
  {
    id: 'R215',
    text: 'plan.md changes after each task.',
    shown: { test: STEPS, name: 'is dated when a task is done, and never named a commit' },
  },
  {
    id: 'R216',
    text: 'The status of a phase changes after each phase.',
    shown: { test: STEPS, name: 'has its phase completed when the phase is confirmed' },
  },
  {
    id: 'R217',
    text: '`updated` in metadata.json keeps up.',
    shown: { test: STEPS, name: 'is dated when a task is done, and never named a commit' },
  },
  {
    id: 'R218',
    text: 'tracks.md has the latest status.',
    shown: {
      test: STEPS,
      name: 'is in progress when its first task starts, in every place, and the counters are counted',
    },
  },
  {
    id: 'R219',
    text: 'A problem is written down.',
    shown: { test: REFUSALS, name: 'the fact, and the step that would help', case: 'halted' },
  },
  {
    id: 'R220',
    text: 'Solutions in the sense of the standards are offered.',
    assistant:
      'the assistant knows standards and code; the server keeps the failure and hands out the standards.',
  },
  {
    id: 'R221',
    text: 'The plan is changed when the scope changes.',
    assistant:
      'the plan belongs to the person; the server changes marks alone, and reads what a person has changed.',
  },
  {
    id: 'R222',
    text: 'The user is asked when the work is stuck.',
    assistant:
      "the instruction of the server says to tell the person after report_failure; speaking with them is the assistant's.",
  },
  {
    ids: 'R223–R227',
    text: 'Failing migrations, schema conflicts, broken integrity, slowness and failed backups are handled.',
    assistant:
      'what they are is seen by the assistant; report_failure takes any of them and halts what builds on it.',
  },
  {
    ids: 'R228–R229',
    text: 'At the end metadata.json and tracks.md say "Completed".',
    shown: { test: STEPS, name: 'is completed in place at the end' },
  },
  {
    id: 'R230',
    text: 'At the end all standards are gone through.',
    shown: {
      test: STANDARDS,
      name: 'are confirmed by a person one by one, and the rest stays open',
    },
  },
  {
    ids: 'R231–R233',
    text: 'At the end the documentation is complete, migrations and backups are tried.',
    shown: {
      test: STANDARDS,
      name: 'need evidence or a person: what has neither is named, nothing is run, and nothing is finished',
    },
  },
  {
    id: 'R234',
    text: 'At the end there is a summary of what was implemented.',
    shown: {
      test: 'test/examples/storage-conductor.test.ts',
      name: 'ends with a summary of what was implemented',
    },
  },
  {
    id: 'R235',
    text: 'Last check: the component was found and its plan read.',
    shown: { test: REGISTRY, name: 'is the one that is planned or in progress' },
  },
  {
    id: 'R236',
    text: 'Last check: all documents of the context were read, the standards too.',
    assistant: "reading is the assistant's; next_task lists each of them.",
  },
  {
    id: 'R237',
    text: 'Last check: the status was set to In Progress.',
    shown: {
      test: STEPS,
      name: 'is in progress when its first task starts, in every place, and the counters are counted',
    },
  },
  {
    id: 'R238',
    text: 'Last check: the tasks were done in order.',
    shown: { test: ORDER, name: 'a task that is not [P] waits for all earlier ones' },
  },
  {
    id: 'R239',
    text: 'Last check: the standards were applied.',
    shown: {
      test: STANDARDS,
      name: 'are not closed with where the check fails that the settings name, whoever has confirmed what',
    },
  },
  {
    id: 'R240',
    text: 'Last check: the schema was designed and described.',
    assistant: 'a person says so in answer to the question after that phase.',
  },
  {
    id: 'R241',
    text: 'Last check: migrations were made and tried.',
    assistant: 'a person says so in answer to the question after that phase.',
  },
  {
    id: 'R242',
    text: 'Last check: plan.md is up to date.',
    shown: { test: MARKING, name: 'finishing a task changes the state of no other' },
  },
  {
    id: 'R243',
    text: 'Last check: a person has looked at every phase.',
    shown: { test: EXAMPLES, name: 'asks a person after every phase' },
  },
  {
    id: 'R244',
    text: 'Last check: code follows stack, standards and style.',
    assistant: 'it is read, not run; the linter is what the server can see of it.',
  },
  {
    ids: 'R245–R246',
    text: 'Last check: the status is Completed, in tracks.md too.',
    shown: { test: STEPS, name: 'is completed in place at the end' },
  },
  {
    id: 'R247',
    text: 'The standards are those that the project has written down.',
    shown: {
      test: WORDS,
      name: 'tells the order of work, the way of migrations and the standards before a task',
    },
  },
  {
    id: 'R248',
    text: 'The user is told what to look at.',
    shown: {
      test: WORDS,
      name: '%s of a component is "%s"',
      case: "['Testing', 'Do the tests cover what matters?']",
    },
  },
  {
    id: 'R249',
    text: 'Tasks are ticked when they are done, and the status of the component follows.',
    shown: { test: STEPS, name: 'is dated when a task is done, and never named a commit' },
  },
]
