// @ts-check
/** The tutor's face in a talk: stage, menu, stored wish, and what is said about changes. */

import { changeWords, keepWish, possibleFaces, wantedFace } from "./face_ladder.js";
import { createFaceMenu } from "./face_menu.js";
import { createFaceStage } from "./face_stage.js";
import { message } from "./wire_codec.js";

// Only who can show it loads it.
const load3d = () => import("./avatar3d_view.js");

/**
 * @param {object} options
 * @param {HTMLElement} options.container
 * @param {HTMLElement} options.menu
 * @param {boolean} options.reducedMotion
 * @param {(sent: {type: string}) => void} options.send
 * @param {(words: string) => void} options.announce  to screen readers alone
 * @param {(words: string) => void} options.notice  to everybody
 */
export function createLiveFace({ container, menu, reducedMotion, send, announce, notice }) {
  /** @type {import("./face_ladder.js").FaceName[]} */
  let faces = ["drawn", "voice"];
  const stage = createFaceStage(container, {
    reducedMotion,
    load3d,
    onFailed: (face, lasting) => send(message.faceFailed(face, lasting)),
  });
  const shown = createFaceMenu({
    menu,
    onChoose(face) {
      keepWish(localStorage, face);
      send(message.faceChoose(face));
    },
  });

  /** @param {{face: any, faces: string[], idle_url: string, states?: string[]}} now */
  function show(now) {
    stage.show(now.face, now.idle_url, now.states ?? []);
    shown.render(now);
  }

  return {
    view: stage,
    /** To be waited for before the talk begins: the greeting says what can be shown. */
    async look() {
      const has3d = async () => (await load3d()).isSupported();
      faces = await possibleFaces({ MediaSource: globalThis.MediaSource, has3d });
    },
    greeting: () => ({ faces, face: wantedFace(localStorage), language: document.documentElement.lang }),
    /** @param {import("./wire_codec.js").ServerMessage} event */
    handle(event) {
      if (event.type === "session.ready" && event.face) show(event.face);
      if (event.type === "face.changed") {
        show(/** @type {any} */ (event));
        const words = changeWords(event.face, event.reason);
        // Who chose sees what comes of it; any other change would be a riddle.
        if (words) (event.reason === "chosen" ? announce : notice)(words);
      }
    },
  };
}
