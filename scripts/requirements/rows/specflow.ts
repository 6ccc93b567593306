import type { Row } from '../row.ts'

const LOOP = 'test/e2e/loop.test.ts'
const DIARY = 'test/dialects/specflow/loop-progress.test.ts'
const ROUND = 'test/dialects/specflow/loop.test.ts'
const ORDER = 'test/plan/order.test.ts'
const FEATURES = 'test/dialects/specflow/features.test.ts'
const CLIENTS = 'test/e2e/clients.test.ts'
const READING = 'test/dialects/specflow/read.test.ts'
const HISTORY = 'test/evidence/history.test.ts'
const REFUSALS = 'test/workflow/refusals.test.ts'
const MARKING = 'test/dialects/specflow/marking.test.ts'

/** The implementation step of SpecFlow and Maestro. */
export const specflow: readonly Row[] = [
  {
    id: 'R1',
    text: 'The loop goes on until every task of the active feature is done.',
    shown: { test: LOOP, name: 'finishes a feature, and the plan changes in its marks alone' },
  },
  {
    id: 'R2',
    text: 'The step says which step of which playbook it is.',
    assistant:
      "the playbook's own document carries that heading, and its runner shows it; the server names feature and dialect with every task.",
  },
  {
    id: 'R3',
    text: 'What the loop remembers for the playbook lies in `.maestro/` at the root of the project.',
    shown: { test: DIARY, name: 'the diary is begun with the first task' },
  },
  {
    id: 'R4',
    text: 'One round does one task: the next that is not done.',
    shown: { test: ORDER, name: 'tasks that are not [P] are still done one at a time' },
  },
  {
    id: 'R5',
    text: 'Work does not begin without a tasks.md.',
    shown: { test: FEATURES, name: 'is none when the one that is pointed to has no tasks yet' },
  },
  {
    id: 'R6',
    text: 'Work does not begin before a person has approved the tasks, and that can be checked.',
    shown: { test: FEATURES, name: 'when a person has agreed, which no file says' },
  },
  {
    id: 'R7',
    text: 'Work begins in the phases `tasks` and `implement` alone; another phase is refused by its name.',
    shown: { test: FEATURES, name: 'not in phase %s' },
  },
  {
    id: 'R8',
    text: 'In phase `plan` the command is named that writes the tasks.',
    shown: {
      test: FEATURES,
      name: 'not in phase %s',
      case: "['plan', 'Run `specflow tasks F-7` first.']",
    },
  },
  {
    id: 'R9',
    text: 'A state folder that is missing is made, and is no error.',
    shown: { test: ROUND, name: 'makes the folder of the outputs where it is missing' },
  },
  {
    id: 'R10',
    text: 'The folder of the outputs keeps what it holds.',
    shown: { test: DIARY, name: 'an entry is added below what is there, and never twice' },
  },
  {
    id: 'R11',
    text: 'Without an argument the task of the current or next ready feature is given.',
    shown: { test: FEATURES, name: 'the lowest number that is ready' },
  },
  {
    id: 'R12',
    text: 'A feature can be chosen by its id.',
    shown: {
      test: 'test/workflow/failure.test.ts',
      name: 'are those of the feature that the caller names',
    },
  },
  {
    ids: 'R13–R14',
    text: 'The context of a task has the specification and the technical plan of the feature.',
    shown: { test: ROUND, name: 'has the specification and the technical plan in its context' },
  },
  {
    id: 'R15',
    text: 'The context has the task list with its progress.',
    shown: {
      test: CLIENTS,
      name: "are the user's own files, byte for byte, and what was witnessed",
    },
  },
  {
    id: 'R16',
    text: 'The context has an instruction for the assistant.',
    shown: { test: CLIENTS, name: 'offer the whole loop as one instruction' },
  },
  {
    id: 'R17',
    text: 'The chosen task is told by id and title.',
    shown: {
      test: 'test/workflow/failure.test.ts',
      name: 'names the phase, its tasks, the task, and what may go on beside it',
    },
  },
  {
    id: 'R18',
    text: 'Task ids such as `T-1.2` are understood.',
    shown: { test: READING, name: 'are tasks; examples, sign-offs and other tables are not' },
  },
  {
    id: 'R19',
    text: 'Feature ids such as `F-1` are understood.',
    shown: { test: FEATURES, name: '%s means %j', case: "['F-10', ['F-010-sync']]" },
  },
  {
    id: 'R20',
    text: 'The folder of a feature is found by its id, in capitals or not.',
    shown: { test: FEATURES, name: 'is the one that %j points to', case: 'Feature ID: f-001' },
  },
  {
    id: 'R21',
    text: 'RED, GREEN, clean-up and record come in this order; none is recorded before the one ahead of it.',
    shown: { test: HISTORY, name: 'moves along the way of its kind' },
  },
  {
    id: 'R22',
    text: 'A failing test comes before any code of the task.',
    shown: { test: REFUSALS, name: 'the fact, and the step that would help', case: 'red_passes' },
  },
  {
    id: 'R23',
    text: 'The new tests are run and seen to fail; how many ran and how many failed is recorded.',
    shown: { test: LOOP, name: 'finishes a feature, and the plan changes in its marks alone' },
  },
  {
    id: 'R24',
    text: 'A task of configuration may be proven by a check instead of tests, with the reason noted.',
    shown: { test: READING, name: 'need no test where the Test field says so' },
  },
  {
    id: 'R25',
    text: 'What was checked instead of tests is recorded.',
    shown: { test: DIARY, name: 'a task without tests says how it was checked' },
  },
  {
    id: 'R26',
    text: 'The written tests are noted in `.maestro/outputs/LOOP_PROGRESS.md`.',
    shown: { test: DIARY, name: 'the diary is begun with the first task' },
  },
  {
    id: 'R27',
    text: 'An entry there begins with `## Task:` and the name of the task.',
    shown: { test: DIARY, name: 'the diary is begun with the first task' },
  },
  {
    id: 'R28',
    text: 'The entry has a section `### Tests Written`.',
    shown: { test: DIARY, name: 'the diary is begun with the first task' },
  },
  {
    id: 'R29',
    text: 'Each test stands there as a bullet with an asterisk, its name and a description.',
    shown: { test: DIARY, name: 'the diary is begun with the first task' },
  },
  {
    id: 'R30',
    text: 'Older entries with a box before the test are read, and their boxes are no tasks.',
    shown: {
      test: DIARY,
      name: 'entries of a template, of another feature and of an assistant are told apart',
    },
  },
  {
    id: 'R31',
    text: 'The diary is begun where there is none, and gets an entry for every task.',
    shown: { test: DIARY, name: 'the diary is begun with the first task' },
  },
  {
    id: 'R32',
    text: 'What was implemented is recorded; how little code is enough, the assistant judges.',
    shown: { test: DIARY, name: 'the diary is begun with the first task' },
  },
  {
    id: 'R33',
    text: 'GREEN is seen in a run of the tests.',
    shown: { test: LOOP, name: 'finishes a feature, and the plan changes in its marks alone' },
  },
  {
    id: 'R34',
    text: 'The usual test command is `bun test`.',
    shown: {
      test: 'test/runner/detection.test.ts',
      name: 'a framework is found',
      case: "['bun test', 'bun.lock', '']",
    },
  },
  {
    id: 'R35',
    text: 'A test command of the project goes before the usual one.',
    shown: {
      test: 'test/workflow/runners.test.ts',
      name: 'is told as such in every answer, and flagged in every event',
    },
  },
  {
    id: 'R36',
    text: 'Passed out of all tests is noted for the module and for the whole suite.',
    shown: { test: DIARY, name: 'the diary is begun with the first task' },
  },
  {
    id: 'R37',
    text: 'What was observed is recorded where the proof is no unit test.',
    shown: { test: DIARY, name: 'a task without tests says how it was checked' },
  },
  {
    id: 'R38',
    text: 'Cleaning up is optional.',
    shown: { test: LOOP, name: 'finishes a feature, and the plan changes in its marks alone' },
  },
  {
    id: 'R39',
    text: 'The tests run again after cleaning up, and pass.',
    shown: { test: REFUSALS, name: 'the fact, and the step that would help', case: 'suite_fails' },
  },
  {
    id: 'R40',
    text: 'Whoever leaves cleaning up out says why.',
    assistant:
      "the reason is the assistant's; `mark_complete` takes it as `refactor` and keeps it in ledger and diary, and does not insist on it.",
  },
  {
    id: 'R41',
    text: '"Nothing to clean up" is a good answer when it gives its reason.',
    shown: { test: LOOP, name: 'finishes a feature, and the plan changes in its marks alone' },
  },
  {
    id: 'R42',
    text: 'The diary is brought up to date after each round.',
    shown: { test: ROUND, name: 'leaves the diary up to date, each of them' },
  },
  {
    id: 'R43',
    text: 'The entry lists the files that were created and modified.',
    shown: { test: DIARY, name: 'the diary is begun with the first task' },
  },
  {
    id: 'R44',
    text: 'The entry says how many tests pass.',
    shown: { test: DIARY, name: 'the diary is begun with the first task' },
  },
  {
    id: 'R45',
    text: 'The entry is that of the task, by its id.',
    shown: { test: DIARY, name: 'the diary is begun with the first task' },
  },
  {
    id: 'R46',
    text: 'tasks.md gets the mark for done that it uses itself.',
    shown: { test: MARKING, name: '%s becomes %s where no task is done', case: "['☐', '☑']" },
  },
  {
    ids: 'R47–R48',
    text: 'The step leaves a list of new and changed source and test files.',
    shown: { test: DIARY, name: 'the diary is begun with the first task' },
  },
  {
    id: 'R49',
    text: 'The step leaves the diary up to date.',
    shown: { test: ROUND, name: 'leaves the diary up to date, each of them' },
  },
  {
    id: 'R50',
    text: 'After a round, progress decides whether the loop goes on.',
    shown: { test: LOOP, name: 'finishes a feature, and the plan changes in its marks alone' },
  },
  {
    id: 'R51',
    text: "Each point of the step's own checklist is ticked when it is done.",
    assistant:
      "the checklist is the playbook's, for its reader; the server proves what the points ask for and leaves the document alone.",
  },
  {
    id: 'R52',
    text: 'What was seen is written behind a ticked point without touching the rest of it.',
    assistant:
      'the same document; what was seen stands in the ledger and the diary, from where it can be quoted.',
  },
]
