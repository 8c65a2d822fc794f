// @ts-check
/**
 * The page's half of choosing a face: what this browser can show, what its learner wants,
 * and the words for a change. The server decides (docs/face.md).
 */

import { gettext } from "./i18n.js";

/** @typedef {"video" | "3d" | "drawn" | "voice"} FaceName */
/** Best first. @type {FaceName[]} */
export const FACES = ["video", "3d", "drawn", "voice"];

const KEY = "tutor.face";
/** What the server's encoder makes; each reply says it exactly. */
const LIKELY_TYPE = 'video/mp4; codecs="avc1.64001f"';

/** @type {Record<FaceName, string>} */
const SHOWN = {
  video: gettext("Your tutor is shown as video."),
  "3d": gettext("Your tutor is shown as a 3D head."),
  drawn: gettext("Your tutor is drawn."),
  voice: gettext("You hear your tutor without a picture."),
};

/**
 * What this browser can show, best first.
 * @param {object} environment
 * @param {{isTypeSupported(type: string): boolean} | undefined} environment.MediaSource
 * @param {() => Promise<boolean>} environment.has3d
 * @returns {Promise<FaceName[]>}
 */
export async function possibleFaces({ MediaSource, has3d }) {
  /** @type {FaceName[]} */
  const faces = [];
  if (MediaSource?.isTypeSupported(LIKELY_TYPE)) faces.push("video");
  if (await has3d().catch(() => false)) faces.push("3d");
  return [...faces, "drawn", "voice"];
}

/** @param {Pick<Storage, "getItem">} storage @returns {FaceName | null} */
export function wantedFace(storage) {
  const stored = storage.getItem(KEY);
  return FACES.find((face) => face === stored) ?? null;
}

/** @param {Pick<Storage, "setItem">} storage @param {FaceName} face */
export function keepWish(storage, face) {
  storage.setItem(KEY, face);
}

/**
 * One sentence for a change, "" where nobody has to hear of it.
 * @param {FaceName} face
 * @param {string} reason
 */
export function changeWords(face, reason) {
  switch (reason) {
    case "chosen":
      return SHOWN[face];
    case "capability":
      return `${gettext("This browser cannot show that.")} ${SHOWN[face]}`;
    case "load":
      return `${gettext("Video would come too late just now.")} ${SHOWN[face]}`;
    case "back":
      return `${gettext("Video works again.")} ${SHOWN[face]}`;
    default:
      // At the beginning it is seen; a failure has a banner of its own.
      return "";
  }
}
