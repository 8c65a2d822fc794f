// @ts-check
/**
 * A round through the exercises of a lesson: where the learner is, what comes next. What went
 * wrong comes once more at the end; what was left stays left until it is asked for. Pure.
 */

/** @typedef {"right" | "nearly" | "wrong" | "empty" | "open" | "skipped"} Outcome */
/** @typedef {"now" | "ahead" | Outcome} Step */
/**
 * @typedef {{exercise: string, type: string, kind: string, title: string, l2: string,
 *   last: Outcome | "", isRepeated: boolean, isLeft: boolean} & Record<string, any>} Task
 */

/** What came out well enough not to be repeated. */
const GOOD = ["right", "open"];

/** @param {Task[]} tasks */
export function createLessonRun(tasks) {
  /** @type {Map<string, Outcome>} */
  const outcomes = new Map();
  const repeated = new Set(tasks.filter(({ isRepeated }) => isRepeated).map(({ exercise }) => exercise));
  for (const { exercise, last, isLeft } of tasks) {
    if (last) outcomes.set(exercise, last);
    else if (isLeft) outcomes.set(exercise, "skipped");
  }
  /** @type {{task: Task, isAgain: boolean, isDone?: boolean}[]} */
  let queue = [
    ...tasks.filter(({ exercise }) => !outcomes.has(exercise)).map((task) => ({ task, isAgain: false })),
    ...tasks.filter(({ exercise, last }) => last === "wrong" && !repeated.has(exercise)).map((task) => ({ task, isAgain: true })),
  ];
  const wasBegun = outcomes.size > 0;
  let at = 0;

  /** @param {(outcome: Outcome) => boolean} test */
  const those = (test) => tasks.filter(({ exercise }) => {
    const outcome = outcomes.get(exercise);
    return outcome !== undefined && test(outcome);
  });
  /** @param {Task[]} again */
  const start = (again) => {
    queue = again.map((task) => ({ task, isAgain: true }));
    at = 0;
  };
  const left = () => those((outcome) => outcome === "skipped");
  const hard = () => those((outcome) => outcome === "wrong" || outcome === "nearly");

  return {
    /** Whether the learner goes on with what was begun before. */
    isResumed: () => wasBegun && queue.length > 0,
    /** @returns {Task | null} */
    current: () => queue[at]?.task ?? null,
    /** Whether the exercise at hand was answered before. */
    isAgain: () => queue[at]?.isAgain ?? false,
    /** @param {Outcome} outcome */
    answered(outcome) {
      const here = queue[at];
      if (!here || outcome === "empty") return;
      const isFirst = !here.isDone;
      here.isDone = true;
      outcomes.set(here.task.exercise, outcome);
      if (outcome === "wrong" && isFirst && !here.isAgain) queue = [...queue, { task: here.task, isAgain: true }];
    },
    /** A better try takes the repetition away again. */
    settle() {
      const here = queue[at];
      if (!here || outcomes.get(here.task.exercise) === "wrong") return;
      queue = queue.filter((one, place) => place <= at || one.task !== here.task);
    },
    leave() {
      const here = queue[at];
      if (here && !outcomes.has(here.task.exercise)) outcomes.set(here.task.exercise, "skipped");
      at += 1;
    },
    next() {
      at += 1;
    },
    progress() {
      const here = queue[at]?.isDone ? undefined : queue[at]?.task.exercise;
      return {
        at: outcomes.size + (queue[at] && !outcomes.has(queue[at].task.exercise) ? 1 : 0),
        of: tasks.length,
        steps: tasks.map(({ exercise }) => /** @type {Step} */ (exercise === here ? "now" : outcomes.get(exercise) ?? "ahead")),
      };
    },
    results: () => tasks.map((task) => ({ task, outcome: outcomes.get(task.exercise) ?? /** @type {Outcome} */ ("skipped") })),
    well: () => those((outcome) => GOOD.includes(outcome)),
    hard,
    left,
    startLeft: () => start(left()),
    startHard: () => start(hard()),
  };
}
