import type { Row } from '../row.ts'

const FEATURES = 'test/dialects/json-plan/features.test.ts'
const ORDER = 'test/plan/order.test.ts'
const READING = 'test/dialects/json-plan/read.test.ts'
const REFUSALS = 'test/workflow/refusals.test.ts'
const FRAMEWORKS = 'test/runner/frameworks.test.ts'
const LOOP = 'test/e2e/loop.test.ts'
const VERDICT = 'test/evidence/verdict.test.ts'
const STORE = 'test/store/store.test.ts'
const MARKING = 'test/dialects/json-plan/marking.test.ts'
const CHEATS = 'test/workflow/cheats.test.ts'
const PLAN = 'test/workflow/validation/plan.test.ts'
const NOTES = 'test/workflow/validation/notes.test.ts'
const GARDEN = 'test/workflow/validation/garden.test.ts'
const BAD = 'test/workflow/validation/misbehaving.test.ts'
const GOTCHAS = 'test/evidence/gotchas.test.ts'
const COMPLETE = 'becomes COMPLETE when all gates pass, and nothing else of it changes'
const STAYS = 'stays as it is when a gate fails, and the answer says what, why and how to mend it'
const NOTES_PASS = 'passes, with a flow that carries its cookie and the id that it got'
const ALLOW_RUN = 'test/workflow/allow-run.test.ts'
const EVIDENCE = 'test/workflow/evidence-told.test.ts'

/** Plans in JSON, with the validation of the application. */
export const jsonPlan: readonly Row[] = [
  {
    id: 'R53',
    text: 'The phase is started by a dispatcher with a plan, not by the user.',
    assistant:
      'who starts the work is decided by the client; the server works on the plan that is named, or on the active one.',
  },
  {
    id: 'R54',
    text: 'The input is a plan file in `docs/plans/`.',
    shown: { test: FEATURES, name: 'are the files of docs/plans with tasks that pass or do not' },
  },
  {
    id: 'R55',
    text: 'Work begins on an APPROVED plan alone; another status is named.',
    shown: { test: FEATURES, name: 'on none with the status %j' },
  },
  {
    id: 'R56',
    text: 'Tasks that pass are left out; the others are worked on.',
    shown: { test: ORDER, name: 'what is settled, claimed, deferred or in work is not offered' },
  },
  {
    id: 'R57',
    text: 'The dependencies give the order.',
    shown: {
      test: READING,
      name: 'is that of the dependencies, where the file lists a task before what it waits for',
    },
  },
  {
    id: 'R58',
    text: "For RED a test file is written or changed, in the project's own way.",
    shown: { test: REFUSALS, name: 'the fact, and the step that would help', case: 'red_not_new' },
  },
  {
    id: 'R59',
    text: 'The tests say what the definition of done asks for.',
    shown: {
      test: FEATURES,
      name: 'the assistant is told to test what the definition of done asks for',
    },
  },
  {
    id: 'R60',
    text: 'For RED the named test file runs alone.',
    shown: {
      test: FRAMEWORKS,
      name: 'a file whose path only contains the requested one is not counted',
    },
  },
  {
    id: 'R61',
    text: 'For RED the run has to fail; one that passes leads no further.',
    shown: { test: REFUSALS, name: 'the fact, and the step that would help', case: 'red_passes' },
  },
  {
    id: 'R62',
    text: 'The failing output is shown as it is.',
    shown: {
      test: EVIDENCE,
      name: 'is the exact command, its exit code, and what was printed, in both forms',
    },
  },
  {
    id: 'R63',
    text: 'For GREEN there is no more code than the test needs.',
    assistant:
      'how little is enough is a matter of judgement; the server sees to it that the unchanged test decides.',
  },
  {
    id: 'R64',
    text: 'For GREEN the named test file runs alone again.',
    shown: { test: REFUSALS, name: 'the fact, and the step that would help', case: 'suite_fails' },
  },
  {
    id: 'R65',
    text: 'For GREEN the run has to pass.',
    shown: { test: REFUSALS, name: 'the fact, and the step that would help', case: 'green_fails' },
  },
  {
    id: 'R66',
    text: 'The passing output is shown as it is.',
    shown: {
      test: EVIDENCE,
      name: 'is the exact command, its exit code, and what was printed, in both forms',
    },
  },
  {
    id: 'R67',
    text: 'Structure, names and repetition are cleaned up.',
    assistant:
      "what is better is the assistant's judgement; the answer to record_green asks for it, and the tests decide whether it did harm.",
  },
  {
    id: 'R68',
    text: 'The full suite runs after cleaning up.',
    shown: { test: LOOP, name: 'finishes a feature, and the plan changes in its marks alone' },
  },
  {
    id: 'R69',
    text: 'The full suite has to pass; what it said is shown.',
    shown: { test: REFUSALS, name: 'the fact, and the step that would help', case: 'suite_fails' },
  },
  {
    id: 'R70',
    text: 'The linter runs.',
    shown: { test: REFUSALS, name: 'the fact, and the step that would help', case: 'lint_fails' },
  },
  {
    id: 'R71',
    text: 'What the linter finds is mended before the task is done.',
    shown: { test: REFUSALS, name: 'the fact, and the step that would help', case: 'lint_fails' },
  },
  {
    id: 'R72',
    text: 'The evidence has the exact command.',
    shown: {
      test: EVIDENCE,
      name: 'is the exact command, its exit code, and what was printed, in both forms',
    },
  },
  {
    id: 'R73',
    text: 'The evidence has at least three lines of output.',
    shown: {
      test: EVIDENCE,
      name: 'is the exact command, its exit code, and what was printed, in both forms',
    },
  },
  {
    id: 'R74',
    text: 'The evidence shows that tests passed.',
    shown: {
      test: VERDICT,
      name: 'every test passing',
      case: "['nothing at all', {}, 'tests_missing']",
    },
  },
  {
    id: 'R75',
    text: 'A failing test stands in the way.',
    shown: { test: VERDICT, name: 'an old one failing' },
  },
  {
    id: 'R76',
    text: '`passes` never becomes true without evidence.',
    shown: { test: REFUSALS, name: 'leaves the plan as it was' },
  },
  {
    id: 'R77',
    text: 'The plan is read anew before it is written.',
    shown: { test: STORE, name: 'are not written over what somebody saved in between' },
  },
  {
    id: 'R78',
    text: '`passes` of the finished task becomes true.',
    shown: {
      test: MARKING,
      name: 'finishing a task changes its `passes` and nothing else, and reopening restores the bytes',
    },
  },
  {
    id: 'R79',
    text: 'Everything else in the file stays as it is.',
    shown: {
      test: MARKING,
      name: 'whatever else a plan says, finishing changes one boolean of what it means',
    },
  },
  {
    id: 'R80',
    text: 'Name, description and definition of done never change.',
    shown: {
      test: MARKING,
      name: 'whatever else a plan says, finishing changes one boolean of what it means',
    },
  },
  {
    id: 'R81',
    text: 'The closing steps wait until all tasks pass.',
    shown: {
      test: 'test/workflow/failure.test.ts',
      name: 'does not begin before every task is done, and fails on types and lint',
    },
  },
  {
    id: 'R82',
    text: 'At the end the full suite runs, and what it says is shown.',
    shown: { test: CHEATS, name: 'by taking it away when its task is done' },
  },
  {
    ids: 'R83–R84',
    text: 'At the end type checker and linter run, and what they say is shown.',
    shown: {
      test: 'test/workflow/failure.test.ts',
      name: 'does not begin before every task is done, and fails on types and lint',
    },
  },
  {
    id: 'R85',
    text: 'Suite, type checker and linter all have to pass.',
    shown: {
      test: 'test/workflow/failure.test.ts',
      name: 'does not begin before every task is done, and fails on types and lint',
    },
  },
  {
    id: 'R86',
    text: 'The exact output of all three is kept.',
    shown: {
      test: EVIDENCE,
      name: 'of a validation names suite, types and linter with their logs, and is kept',
    },
  },
  {
    id: 'R87',
    text: 'The application is seen to work before the plan is COMPLETE.',
    shown: { test: PLAN, name: COMPLETE },
  },
  {
    id: 'R88',
    text: 'The file of known traps of the frameworks is read.',
    shown: {
      test: GOTCHAS,
      name: 'is read: framework, topic, both halves, and the words beside them',
    },
  },
  {
    id: 'R89',
    text: "The code is searched for the traps of the project's own stack.",
    shown: { test: PLAN, name: 'falls into no known trap of its stack, unless a person waives it' },
  },
  {
    id: 'R90',
    text: 'Each match is judged: the way that works, or the way that fails.',
    shown: {
      test: GOTCHAS,
      name: 'is told from the way that works, beside it or where its value is made',
    },
  },
  {
    id: 'R91',
    text: 'What was found is written down.',
    shown: { test: PLAN, name: 'falls into no known trap of its stack, unless a person waives it' },
  },
  {
    ids: 'R92–R95',
    text: 'A validator gets the folder, the endpoints that the plan expects, and the main flows.',
    shown: { test: PLAN, name: COMPLETE },
  },
  {
    ids: 'R96–R99',
    text: 'It starts the application itself, and tries its start, its endpoints and a whole flow.',
    shown: { test: NOTES, name: NOTES_PASS },
  },
  {
    id: 'R100',
    text: 'It says PASS or FAIL in detail.',
    shown: { test: PLAN, name: STAYS },
  },
  {
    id: 'R101',
    text: 'What it saw is kept.',
    shown: { test: PLAN, name: COMPLETE },
  },
  {
    id: 'R102',
    text: 'Only after a PASS may the plan become COMPLETE.',
    shown: { test: PLAN, name: COMPLETE },
  },
  {
    id: 'R103',
    text: 'After a FAIL it does not.',
    shown: { test: PLAN, name: STAYS },
  },
  {
    ids: 'R104–R105',
    text: 'After a FAIL the details are told, with the likely cause; they are kept.',
    shown: { test: PLAN, name: STAYS },
  },
  {
    ids: 'R106–R107',
    text: 'It is mended, and validated again.',
    shown: { test: PLAN, name: 'falls into no known trap of its stack, unless a person waives it' },
  },
  {
    id: 'R108',
    text: 'Attempts are limited, to three where the settings say nothing.',
    shown: {
      test: REFUSALS,
      name: 'the fact, and the step that would help',
      case: 'attempts_used_up',
    },
  },
  {
    id: 'R109',
    text: 'After the last attempt a person is asked and the work stops.',
    shown: {
      test: ALLOW_RUN,
      name: 'is told what each attempt found and what they can do, when the last one has failed',
    },
  },
  {
    id: 'R110',
    text: 'The application starts.',
    shown: { test: NOTES, name: NOTES_PASS },
  },
  {
    id: 'R111',
    text: 'Its health endpoint answers, where it has one.',
    shown: { test: NOTES, name: 'waits for an application that is still warming up' },
  },
  {
    id: 'R112',
    text: 'The front end loads, where it has one.',
    shown: { test: GARDEN, name: 'passes, with a flow on the page, and pictures of it' },
  },
  {
    id: 'R113',
    text: 'Static assets are served.',
    shown: {
      test: GARDEN,
      name: 'fails when an asset is missing, also where every path is answered with the page',
    },
  },
  {
    id: 'R114',
    text: 'All endpoints answer with the status that is expected.',
    shown: { test: BAD, name: 'fails on a 500, on another body, and on a path that is not there' },
  },
  {
    id: 'R115',
    text: 'At least one user flow works from beginning to end.',
    shown: {
      test: PLAN,
      name: 'is not complete without a flow, or with one that nobody can carry out',
    },
  },
  {
    id: 'R116',
    text: 'There is no 404 or 500 that nobody expects.',
    shown: { test: BAD, name: 'fails on a 500, on another body, and on a path that is not there' },
  },
  {
    id: 'R117',
    text: 'The browser console has no errors, where there are pages.',
    shown: {
      test: GARDEN,
      name: 'fails on a console error, an uncaught one, and a request that fails',
    },
  },
  {
    id: 'R118',
    text: 'Each point of that list is confirmed, or does not apply, before the gate opens.',
    shown: { test: GARDEN, name: 'is not checked, and does not pass, where there is no browser' },
  },
  {
    ids: 'R119–R122',
    text: 'Then the plan becomes COMPLETE, with `production_validated` and the time.',
    shown: { test: PLAN, name: COMPLETE },
  },
  {
    id: 'R123',
    text: 'No task starts before what it depends on passes.',
    shown: {
      test: ORDER,
      name: 'a task waits for what it names, wherever that stands, and for nothing else',
    },
  },
  {
    id: 'R124',
    text: 'Every change of source comes with a change of a test.',
    shown: {
      test: REFUSALS,
      name: 'the fact, and the step that would help',
      case: 'untested_change',
    },
  },
  {
    id: 'R125',
    text: 'Each step shows the output itself, not a summary.',
    shown: {
      test: EVIDENCE,
      name: 'of a finished task is that of the suite and the linter, word for word',
    },
  },
  {
    id: 'R126',
    text: "RED and GREEN run the task's tests; the full suite runs when it is done.",
    shown: { test: REFUSALS, name: 'the fact, and the step that would help', case: 'suite_fails' },
  },
  {
    ids: 'R127–R128',
    text: 'The validation of the application is never left out, and its failure is a bug to mend.',
    shown: {
      test: PLAN,
      name: 'is not complete without a flow, or with one that nobody can carry out',
    },
  },
  {
    id: 'R129',
    text: 'What the plan should say differently is noted, and its structure is left alone.',
    shown: {
      test: MARKING,
      name: 'whatever else a plan says, finishing changes one boolean of what it means',
    },
  },
  {
    id: 'R130',
    text: 'The full suite runs three times in a working period at most, and this is counted.',
    shown: { test: CHEATS, name: 'count a full run that crashes' },
  },
  {
    id: 'R131',
    text: 'Known failure: a relative path, so that pages are not found.',
    shown: {
      test: GARDEN,
      name: 'fails when files are looked for by a relative path, though they are there',
    },
  },
  {
    id: 'R132',
    text: 'Known failure: a variable that is missing.',
    shown: { test: NOTES, name: 'fails for want of a variable, which is named as the cause' },
  },
  {
    id: 'R133',
    text: 'Known failure: a build that was not run.',
    shown: {
      test: GARDEN,
      name: 'fails when the build was not run: nothing is started, and the cause is named',
    },
  },
  {
    id: 'R134',
    text: 'Known failure: other origins are not let in.',
    shown: { test: BAD, name: 'fails without CORS for their origin, which is named as the cause' },
  },
  {
    id: 'R135',
    text: "The last report has the workflow's own heading.",
    shown: {
      test: EVIDENCE,
      name: 'has the form of its workflow, and says what nobody has checked',
    },
  },
  {
    ids: 'R136–R138',
    text: 'It has tests, types and lint with verdict and output.',
    shown: {
      test: EVIDENCE,
      name: 'has the form of its workflow, and says what nobody has checked',
    },
  },
  {
    ids: 'R139–R143',
    text: 'It has the validation of the application: start, endpoints, flows, traps.',
    shown: { test: PLAN, name: COMPLETE },
  },
  {
    ids: 'R144–R147',
    text: 'It has the state of the plan: tasks done, tests, validation, status.',
    shown: {
      test: EVIDENCE,
      name: 'has the form of its workflow, and says what nobody has checked',
    },
  },
  {
    id: 'R148',
    text: 'When validation fails, what was found is shown before anything is mended.',
    shown: { test: CHEATS, name: 'by taking it away when its task is done' },
  },
  {
    id: 'R149',
    text: 'The phase names a model that it prefers.',
    assistant: 'the client chooses the model; nothing that the server proves depends on it.',
  },
]
