import assert from "node:assert/strict";
import test from "node:test";

import { copy } from "../../learners/static/learners/js/copy.js";
import { pauseMs, showState } from "../../learners/static/learners/js/import_progress.js";

test("a server that fails is asked less and less often", () => {
  assert.deepEqual([0, 1, 2, 9].map(pauseMs), [1000, 2000, 4000, 15000]);
});

/** @param {boolean} underWay */
function state(underWay) {
  const marks = new Set(underWay ? ["data-under-way"] : []);
  return {
    childNodes: [underWay ? "bar" : "done"],
    hasAttribute: (/** @type {string} */ name) => marks.has(name),
    toggleAttribute: (/** @type {string} */ name, /** @type {boolean} */ on) => (on ? marks.add(name) : marks.delete(name)),
    /** @param {string[]} nodes */
    replaceChildren(...nodes) { this.childNodes = nodes; },
  };
}

test("the state that is shown follows the one of the server, until it is done", () => {
  const shown = /** @type {any} */ (state(true));
  assert.equal(showState(shown, /** @type {any} */ (state(true))), true);
  assert.equal(showState(shown, /** @type {any} */ (state(false))), false);
  assert.deepEqual(shown.childNodes, ["done"]);
});

test("what was copied is said for a moment", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {string[]} */
  const copied = [];
  Object.defineProperty(globalThis, "navigator", {
    value: { clipboard: { writeText: async (/** @type {string} */ text) => { copied.push(text); } } }, configurable: true,
  });
  const words = { textContent: "Copy the link" };
  const button = /** @type {any} */ ({ dataset: { copy: "https://x.org/join/1/", copied: "Copied" }, querySelector: () => words });
  await copy(button);
  assert.deepEqual(copied, ["https://x.org/join/1/"]);
  assert.equal(words.textContent, "Copied");
  t.mock.timers.tick(2000);
  assert.equal(words.textContent, "Copy the link");
});
