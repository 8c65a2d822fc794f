// @ts-check
/**
 * Clips of a tutor that listens or thinks, over the one of waiting. Each is fetched when its
 * state first comes; until it is there, or if it never is, the tutor is seen waiting.
 */

/** As long as the fade in face.css: a clip that is left plays on until nobody sees it. */
const FADE_MS = 160;

/**
 * @param {object} options
 * @param {string} options.idleUrl  the clip of waiting; those of states are at `?state=`
 * @param {string[]} options.states
 * @param {(name: string) => HTMLVideoElement} options.layer
 */
export function createStateClips({ idleUrl, states, layer }) {
  /** @type {Map<string, {video: HTMLVideoElement, address: string, asked: boolean, timer: any}>} */
  const clips = new Map();
  for (const name of states) {
    const video = layer("state");
    video.loop = true;
    clips.set(name, { video, address: "", asked: false, timer: null });
  }
  let wanted = "";
  let hidden = false;
  let gone = false;

  /** @param {string} name @param {{video: HTMLVideoElement, address: string, asked: boolean}} clip */
  async function fetchClip(name, clip) {
    clip.asked = true;
    try {
      const answer = await fetch(`${idleUrl}?state=${name}`);
      if (!answer.ok) return;
      const data = await answer.blob();
      if (gone) return;
      clip.address = URL.createObjectURL(data);
      clip.video.src = clip.address;
      clip.video.addEventListener("loadeddata", arrange, { once: true });
    } catch {
      // Waiting is shown: a clip of listening is no matter to tell anybody of.
    }
  }

  function arrange() {
    for (const [name, clip] of clips) {
      const { video } = clip;
      clearTimeout(clip.timer);
      const shown = name === wanted && video.readyState >= 2;
      if (shown && video.dataset.shown !== "1") video.currentTime = 0;
      video.dataset.shown = shown ? "1" : "0";
      if (shown && !hidden) video.play().catch(() => {});
      else clip.timer = setTimeout(() => video.pause(), hidden ? 0 : FADE_MS);
    }
  }

  return {
    layers: [...clips.values()].map((clip) => clip.video),
    /** @param {string} name  a state that has no clip shows the one of waiting */
    show(name) {
      wanted = name;
      const clip = clips.get(name);
      if (clip && !clip.asked) void fetchClip(name, clip);
      arrange();
    },
    /** @param {boolean} now  whether nobody can see the page */
    setHidden(now) {
      hidden = now;
      arrange();
    },
    destroy() {
      gone = true;
      for (const clip of clips.values()) {
        clearTimeout(clip.timer);
        clip.video.pause();
        if (clip.address) URL.revokeObjectURL(clip.address);
      }
    },
  };
}
