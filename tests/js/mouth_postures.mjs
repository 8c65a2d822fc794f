/** The postures as pages load them, and all languages' symbols. */

import { readFileSync } from "node:fs";

import { readPostures } from "../../sessions/static/sessions/js/mouth_postures.js";

const url = new URL("../../sessions/static/sessions/data/mouth_postures.json", import.meta.url);
export const data = JSON.parse(readFileSync(url, "utf8"));
export const postures = readPostures(data);
export const LANGUAGES = ["en", "es", "fr", "de"];
/** One posture of a sound that does not move. */
export const posture = (ipa, language = "en") => postures.find(ipa, language).stages[0].posture;
/** A word of sounds that last 100 ms each. */
export const wordOf = (...sounds) => sounds.map((ipa, at) => ({ ipa, start_ms: 100 * at, end_ms: 100 * (at + 1) }));
