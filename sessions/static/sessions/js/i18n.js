// @ts-check
/**
 * Words for people in the language of the page. A page that is not in English loads them as
 * a script before the modules (tutorplatform/interface_texts.py); without it, and in tests,
 * each text is itself. `make messages` finds the calls, so the texts have to be literals.
 */

/** @typedef {{texts: Record<string, string | string[]>, form: (n: number) => number}} InterfaceTexts */

/** @type {InterfaceTexts} */
const { texts, form } = /** @type {any} */ (globalThis).interfaceTexts ?? { texts: {}, form: (/** @type {number} */ n) => (n === 1 ? 0 : 1) };

/**
 * @param {string} message
 * @returns {string}
 */
export function gettext(message) {
  const found = texts[message];
  return typeof found === "string" && found !== "" ? found : message;
}

/**
 * The same word may need others elsewhere: `context` says where this one stands.
 * @param {string} context
 * @param {string} message
 */
export function pgettext(context, message) {
  const key = `${context}\u0004${message}`;
  const found = gettext(key);
  return found === key ? message : found;
}

/**
 * @param {string} one
 * @param {string} many
 * @param {number} n
 * @returns {string}
 */
export function ngettext(one, many, n) {
  const found = texts[one];
  return (Array.isArray(found) && found[form(n)]) || (n === 1 ? one : many);
}

/**
 * Puts values where a text says `%(name)s`.
 * @param {string} text
 * @param {Record<string, string | number>} values
 */
export function fill(text, values) {
  return text.replace(/%\((\w+)\)s|%%/g, (all, name) => (name === undefined ? "%" : Object.hasOwn(values, name) ? String(values[name]) : all));
}
