/**
 * Development page of the three-dimensional face: `?tutor=mei&size=900&scheme=dark`, `face3d=force`
 * where there is no graphics card. Tests drive it by `window.show` and `window.view`.
 */

import { createAvatar3dView, isSupported } from "../../sessions/static/sessions/js/avatar3d_view.js";
import { spokenCues } from "./avatar_speech.mjs";

const query = new URLSearchParams(location.search);
const face = document.getElementById("face");
face.style.width = `${query.get("width") ?? query.get("size") ?? 600}px`;
face.style.height = `${query.get("size") ?? 600}px`;
document.documentElement.style.colorScheme = query.get("scheme") ?? "light dark";

window.supported = isSupported();
window.failures = [];
const view = createAvatar3dView(face, {
  model: query.get("model") ?? `../../inference/static/inference/tutors/${query.get("tutor") ?? "ada"}.glb`,
  reducedMotion: query.has("still"),
  seed: query.has("seed") ? Number(query.get("seed")) : null,
  ratio: query.has("ratio") ? Number(query.get("ratio")) : null,
  onFailure: (reason) => window.failures.push(reason),
});
window.view = view;

/** Wall time of the pictures that `show` draws; each one lets the muscles settle first. */
let now = 0;

/** Draw one viseme held in one state from one view. Resolves to the picture as a data address. */
window.show = async ({ viseme = "sil", state = "idle", camera = {}, after = 1200 } = {}) => {
  view.setState(state);
  view.setCues([[viseme, 0, 1e9]]);
  view.setClock(() => (viseme === "sil" ? null : 5e8));
  if (now === 0) view.step(now);
  view.setView(camera);
  const until = now + after;
  // Only the last picture is looked at; the others are steps of the movement towards it.
  for (; now < until; now += 50) view.move(now);
  view.step(now);
  const blob = await view.toBlob();
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.readAsDataURL(blob);
  });
};

let began = null;
const cues = spokenCues();
window.say = () => {
  began = performance.now();
  view.setClock(() => (began === null ? null : performance.now() - began));
  view.setCues(cues);
  view.setState("speaking");
  setTimeout(() => {
    began = null;
    view.setState("idle");
  }, cues.at(-1)[2]);
};
document.getElementById("say").addEventListener("click", window.say);
for (const button of document.querySelectorAll("[data-state]")) {
  button.addEventListener("click", () => view.setState(button.dataset.state));
}
for (const button of document.querySelectorAll("[data-view]")) {
  button.addEventListener("click", () => view.setView(JSON.parse(button.dataset.view)));
}
