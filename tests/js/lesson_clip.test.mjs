import assert from "node:assert/strict";
import { test } from "node:test";

import { fallBack, pauseMs, showState } from "../../sessions/static/sessions/js/lesson_clip.js";

class Part {
  constructor(parts) {
    this.parts = parts;
  }

  querySelector(selector) {
    return this.parts[selector] ?? null;
  }
}

class Player extends EventTarget {
  constructor(plays) {
    super();
    this.plays = plays;
    this.source = new EventTarget();
  }

  canPlayType() {
    return this.plays ? "probably" : "";
  }

  querySelector() {
    return this.source;
  }
}

test("progress moves the bar, and words change only when they are others", () => {
  const bar = { value: 0 };
  let written = 0;
  const words = {
    text: "waiting",
    get textContent() { return this.text; },
    set textContent(text) { written += 1; this.text = text; },
  };
  const part = new Part({ "[data-clip-bar]": bar, "[data-clip-words]": words });
  assert.equal(showState(part, { under_way: true, progress: 0.25, message: "waiting" }), true);
  assert.equal(bar.value, 0.25);
  assert.equal(written, 0);
  assert.equal(showState(part, { under_way: false, progress: 1, message: "" }), false);
  assert.equal(written, 1);
});

test("a server that does not answer is asked less and less often", () => {
  assert.equal(pauseMs(0), 2000);
  assert.ok(pauseMs(1) > pauseMs(0));
  assert.equal(pauseMs(20), 30000);
});

test("the sound is offered where the video cannot be played", () => {
  const offered = (player, happens = () => {}) => {
    const sound = { hidden: true };
    fallBack(new Part({ video: player, "[data-clip-sound]": sound }));
    happens(player);
    return !sound.hidden;
  };
  assert.equal(offered(new Player(true)), false);
  assert.equal(offered(new Player(false)), true);
  assert.equal(offered(new Player(true), (p) => p.source.dispatchEvent(new Event("error"))), true);
});
