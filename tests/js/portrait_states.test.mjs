import assert from "node:assert/strict";
import { test } from "node:test";

import { isUnderWay, showStates } from "../../sessions/static/sessions/js/portrait_states.js";

class State {
  constructor(id, state) {
    this.id = id;
    this.dataset = { state };
    this.childNodes = [`words of ${state}`];
    this.replaced = 0;
  }

  replaceChildren(...nodes) {
    this.replaced += 1;
    this.childNodes = nodes;
  }
}

class Page {
  constructor(states, underWay = false) {
    this.states = states;
    this.underWay = underWay;
  }

  querySelectorAll() {
    return this.states;
  }

  querySelector(selector) {
    if (selector === "[data-under-way]") return this.underWay ? this : null;
    return this.states.find((state) => selector === `[id="${state.id}"]`) ?? null;
  }
}

test("only what has changed is written anew", () => {
  const same = new State("portrait-a", "READY");
  const other = new State("portrait-b", "RUNNING");
  const page = new Page([same, other], true);
  const fresh = new Page([new State("portrait-a", "READY"), new State("portrait-b", "FAILED")]);
  showStates(page, fresh);
  assert.equal(same.replaced, 0);
  assert.deepEqual([other.replaced, other.dataset.state], [1, "FAILED"]);
  assert.deepEqual(other.childNodes, ["words of FAILED"]);
});

test("a portrait that the page does not show is passed over", () => {
  const page = new Page([]);
  showStates(page, new Page([new State("portrait-new", "QUEUED")]));
  assert.deepEqual(page.states, []);
});

test("the page is asked for as long as something is under way", () => {
  assert.equal(isUnderWay(new Page([], true)), true);
  assert.equal(isUnderWay(new Page([])), false);
});
