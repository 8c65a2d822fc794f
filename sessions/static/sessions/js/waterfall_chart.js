// @ts-check
/** A turn's timing as rows of a chart, in percent of its width. Pure. */

import { gettext } from "./i18n.js";

const STAGE_WORDS = {
  endpoint: gettext("Waiting for your pause"),
  transcribe: gettext("Understanding your words"),
  assess: gettext("Listening to how you said it"),
  respond: gettext("Thinking of an answer"),
  respond_first: gettext("Thinking of the first words"),
  respond_rest: gettext("Thinking of the rest"),
  synthesize: gettext("Finding the voice"),
  animate: gettext("Moving the mouth"),
};
const MARK_WORDS = {
  final_transcript_ms: gettext("your words"),
  first_text_ms: gettext("first word"),
  first_audio_ms: gettext("first sound"),
  first_viseme_ms: gettext("mouth moves"),
  own_words_ms: gettext("words behind the first ones"),
};

// What was done for haste, as sessions/turns/budget.py names it.
const STEP_WORDS = {
  quick_recognition: gettext("a quicker look for your words"),
  later_scores: gettext("sounds judged later"),
  more_openers: gettext("ready-made first words"),
  short_clause: gettext("shorter pieces of speech"),
  face_joins_in: gettext("voice before face"),
};

/** @param {Record<string, string>} words @param {string} name */
const worded = (words, name) => words[name] ?? name.replace(/_ms$/, "").replaceAll("_", " ");

/**
 * A stage that ran several times, once a clause, is one row of several bars.
 * @param {{name: string, start_ms: number, end_ms: number}[]} stages
 */
function rowsOf(stages) {
  /** @type {Map<string, {name: string, spans: {start_ms: number, end_ms: number}[]}>} */
  const rows = new Map();
  for (const { name, ...span } of stages) {
    const row = rows.get(name) ?? { name, spans: [] };
    row.spans.push(span);
    rows.set(name, row);
  }
  return [...rows.values()];
}

/** What was done so that the answer came sooner, in words; older turns say nothing of it. @param {string[]} [pace] */
export const hasteWords = (pace = []) => pace.map((step) => worded(STEP_WORDS, step));

/**
 * @param {{zero: string, stages: {name: string, start_ms: number, end_ms: number}[], marks: Record<string, number>}} timing
 */
export function layOut({ stages, marks }) {
  const ends = [...stages.map((stage) => stage.end_ms), ...Object.values(marks ?? {})];
  const from = Math.min(0, ...stages.map((stage) => stage.start_ms));
  const to = Math.max(...ends, from + 1);
  /** @param {number} ms */
  const percent = (ms) => ((ms - from) / (to - from)) * 100;
  return {
    from,
    to,
    rows: rowsOf(stages).map(({ name, spans }) => ({
      name: worded(STAGE_WORDS, name),
      stage: name,
      ms: Math.round(spans.reduce((sum, span) => sum + span.end_ms - span.start_ms, 0)),
      bars: spans.map(({ start_ms, end_ms }) => ({
        left: percent(start_ms),
        width: Math.max(0.6, percent(end_ms) - percent(start_ms)),
      })),
    })),
    marks: Object.entries(marks ?? {})
      .filter(([, ms]) => typeof ms === "number")
      .map(([name, ms]) => ({ name: worded(MARK_WORDS, name), at: percent(ms), ms: Math.round(ms) }))
      .sort((a, b) => a.at - b.at),
  };
}

/** @param {number} ms */
export const seconds = (ms) => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`);
