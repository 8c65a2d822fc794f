/** Words in the language of the page; without a catalogue each text is itself. */

import assert from "node:assert/strict";
import { test } from "node:test";

const PLACE = "../../sessions/static/sessions/js/i18n.js";
const plain = await import(PLACE);
globalThis.interfaceTexts = {
  texts: { Stop: "Halt", "voice\u0004on": "an", "%(n)s word": ["%(n)s Wort", "%(n)s Wörter"], Empty: "" },
  form: (n) => Number(n !== 1),
};
const german = await import(`${PLACE}?german`);

test("without a catalogue a text is itself", () => {
  assert.equal(plain.gettext("Stop"), "Stop");
  assert.equal(plain.pgettext("voice", "on"), "on");
  assert.equal(plain.ngettext("%(n)s word", "%(n)s words", 1), "%(n)s word");
  assert.equal(plain.ngettext("%(n)s word", "%(n)s words", 0), "%(n)s words");
  assert.equal(plain.gettext("constructor"), "constructor");
});

test("with one, each number has its form, and what is missing is shown as written", () => {
  assert.equal(german.gettext("Stop"), "Halt");
  assert.equal(german.pgettext("voice", "on"), "an");
  assert.equal(german.gettext("on"), "on");
  assert.equal(german.ngettext("%(n)s word", "%(n)s words", 1), "%(n)s Wort");
  assert.equal(german.ngettext("%(n)s word", "%(n)s words", 0), "%(n)s Wörter");
  assert.equal(german.gettext("Empty"), "Empty");
  assert.equal(german.gettext("%(n)s word"), "%(n)s word");
});

test("values are put where the text has them, once, whatever they hold", () => {
  assert.equal(plain.fill("%(a)s of %(b)s, 5 %%", { a: "%(b)s", b: "$&" }), "%(b)s of $&, 5 %");
  assert.equal(plain.fill("%(missing)s", {}), "%(missing)s");
});
