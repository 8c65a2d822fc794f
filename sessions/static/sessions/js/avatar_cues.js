/** The viseme cues of one reply, kept in time order and found by binary search. */

import { VISEMES } from "./avatar_visemes.js";

const KNOWN = new Set(VISEMES);

/** Gaps shorter than this are rounding between phonemes, not silence. */
const JOINED_MS = 40;

/** Turn wire triples into cues; what cannot be drawn is left out rather than drawn wrong. */
function parse(triples) {
  const cues = [];
  for (const [name, start, end] of triples) {
    if (!Number.isFinite(start) || !Number.isFinite(end) || end <= start) continue;
    cues.push({ viseme: KNOWN.has(name) ? name : "sil", start, end });
  }
  return cues;
}

const silence = (start, end) => ({ viseme: "sil", start, end });

export class CueTrack {
  #cues = [];
  /** Latest end among the cues up to each index: keeps the search right if cues overlap. */
  #reach = [];

  get length() {
    return this.#cues.length;
  }

  clear() {
    this.#cues = [];
    this.#reach = [];
  }

  /** Append cues; a clause that arrives out of order is put where it belongs. */
  add(triples) {
    const fresh = parse(triples);
    for (const cue of fresh) {
      const last = this.#cues.at(-1);
      if (last && cue.start < last.start) {
        this.#cues.splice(this.#firstStartAfter(cue.start), 0, cue);
        this.#reach.length = 0;
      } else {
        this.#cues.push(cue);
      }
    }
    for (let i = this.#reach.length; i < this.#cues.length; i += 1) {
      this.#reach.push(Math.max(this.#reach[i - 1] ?? -Infinity, this.#cues[i].end));
    }
    return fresh;
  }

  /** Cues touching [from, to], with the silences between, before and after them made explicit. */
  window(from, to) {
    const found = [];
    let i = this.#firstEndAfter(from);
    let previousEnd = i > 0 ? this.#reach[i - 1] : -Infinity;
    for (; i < this.#cues.length; i += 1) {
      const cue = this.#cues[i];
      if (cue.start - previousEnd > JOINED_MS && cue.start > from) {
        found.push(silence(previousEnd, cue.start));
      }
      if (cue.start > to) return found;
      found.push(cue);
      previousEnd = Math.max(previousEnd, cue.end);
    }
    if (previousEnd < to) found.push(silence(previousEnd, Infinity));
    return found;
  }

  #firstEndAfter(time) {
    return lowerBound(this.#reach.length, (i) => this.#reach[i] > time);
  }

  #firstStartAfter(time) {
    return lowerBound(this.#cues.length, (i) => this.#cues[i].start > time);
  }
}

/** First index in 0..length for which the monotone predicate holds (length if none). */
export function lowerBound(length, holds) {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
