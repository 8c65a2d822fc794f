// @ts-check
/** One run of exercises: what comes next, what came out. What went wrong comes once more. Pure. */

/** @typedef {"right" | "nearly" | "wrong" | "empty" | "open" | "skipped"} Outcome */
/** @typedef {"now" | "ahead" | Outcome} Step */
/** @typedef {{exercise: string, kind: string, title: string} & Record<string, any>} Task */

/** @param {Task[]} tasks */
export function createPracticeRun(tasks) {
  /** @type {{task: Task, isAgain: boolean, isDone?: boolean}[]} */
  let queue = tasks.map((task) => ({ task, isAgain: false }));
  /** @type {Map<string, Outcome>} */
  const outcomes = new Map();
  let at = 0;

  return {
    /** @returns {Task | null} */
    current: () => queue[at]?.task ?? null,
    /** Whether the exercise at hand went wrong before. */
    isAgain: () => queue[at]?.isAgain ?? false,
    /** @param {Outcome} outcome */
    answered(outcome) {
      const here = queue[at];
      if (!here) return;
      here.isDone = true;
      outcomes.set(here.task.exercise, outcome);
      if (outcome === "wrong" && !here.isAgain) queue = [...queue, { task: here.task, isAgain: true }];
    },
    skip() {
      const here = queue[at];
      if (here && !outcomes.has(here.task.exercise)) outcomes.set(here.task.exercise, "skipped");
      at += 1;
    },
    next() {
      at += 1;
    },
    /** Where the run is, and how each exercise stands. */
    progress() {
      const here = queue[at]?.isDone ? undefined : queue[at]?.task.exercise;
      return {
        at: Math.min(at + 1, queue.length),
        of: queue.length,
        steps: tasks.map(({ exercise }) => /** @type {Step} */ (exercise === here ? "now" : outcomes.get(exercise) ?? "ahead")),
      };
    },
    results: () => tasks.map((task) => ({ task, outcome: outcomes.get(task.exercise) ?? /** @type {Outcome} */ ("skipped") })),
  };
}
