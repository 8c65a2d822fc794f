/** Development page of the face: a spoken-like cue list on a clock that the page fakes. */

import { createAvatarView } from "../../sessions/static/sessions/js/avatar_view.js";
import { drawPortrait } from "../../sessions/static/sessions/js/avatar_portrait.js";
import { POSES } from "../../sessions/static/sessions/js/avatar_visemes.js";

const query = new URLSearchParams(location.search);
const face = document.getElementById("face");
for (const side of ["width", "height"]) face.style[side] = `${query.get("size") ?? 600}px`;
document.documentElement.style.colorScheme = query.get("scheme") ?? "light dark";

const SPOKEN = "sil:120 DD:50 aa:130 kk:60 I:70 SS:90 sil:60 PP:80 O:140 nn:60 E:70 TH:80 aa:90 FF:80 U:120 CH:90 RR:70 I:110 PP:70 aa:160 sil:300";
const cues = [];
let at = 0;
for (const part of SPOKEN.split(" ")) {
  const [viseme, length] = part.split(":");
  cues.push([viseme, at, at + Number(length)]);
  at += Number(length);
}

if (query.has("pose")) {
  const portrait = drawPortrait();
  face.append(portrait.root);
  const number = (name) => Number(query.get(name) ?? 0);
  window.openness = portrait.update({
    pose: POSES[query.get("pose")],
    look: { shut: number("shut"), gaze: { x: number("gx"), y: number("gy") } },
    posture: {
      yaw: number("yaw"), pitch: number("pitch"), roll: number("roll"), brow: number("brow"),
      knit: number("knit"), squint: 0.2, breath: 0,
    },
  });
} else {
  const view = createAvatarView(face, { reducedMotion: query.has("still") });
  window.view = view;
  window.cues = cues;
  let began = null;
  view.setClock(() => (began === null ? null : performance.now() - began));
  window.say = () => {
    began = performance.now();
    view.setCues(cues);
    view.setState("speaking");
    setTimeout(() => { began = null; view.setState("idle"); }, at);
  };
  document.getElementById("say").addEventListener("click", window.say);
  for (const button of document.querySelectorAll("[data-state]")) {
    button.addEventListener("click", () => view.setState(button.dataset.state));
  }
}
