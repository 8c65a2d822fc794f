/** Building SVG through the DOM: no markup strings, so a strict content policy has nothing to refuse. */

const NAMESPACE = "http://www.w3.org/2000/svg";
let drawings = 0;

export function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/** Set one attribute of a frame; what has not changed is left alone, so nothing is repainted for it. */
export function write(element, name, value) {
  const text = String(value);
  if (element.getAttribute(name) !== text) element.setAttribute(name, text);
}

/** One drawing with ids of its own, so several faces can live on a page. */
export class Ink {
  #prefix;
  #defs;

  constructor(viewBox) {
    drawings += 1;
    this.#prefix = `avatar${drawings}-`;
    this.root = setAttributes(document.createElementNS(NAMESPACE, "svg"), { viewBox });
    this.#defs = this.add(this.root, "defs");
  }

  add(parent, tag, attributes = {}) {
    return parent.appendChild(setAttributes(document.createElementNS(NAMESPACE, tag), attributes));
  }

  group(parent, attributes) {
    return this.add(parent, "g", attributes);
  }

  path(parent, d, fill, attributes) {
    return this.add(parent, "path", { d, fill, ...attributes });
  }

  stroke(parent, d, colour, width, attributes) {
    return this.add(parent, "path", {
      d, fill: "none", stroke: colour, "stroke-width": width,
      "stroke-linecap": "round", "stroke-linejoin": "round", ...attributes,
    });
  }

  /** A gradient in face units; stops are [offset, colour, opacity]. Returns its paint. */
  linear(name, [x1, y1, x2, y2], stops) {
    return this.#gradient("linearGradient", name, { x1, y1, x2, y2 }, stops);
  }

  radial(name, [cx, cy, r], stops, attributes = {}) {
    return this.#gradient("radialGradient", name, { cx, cy, r, ...attributes }, stops);
  }

  /** A soft spot of one colour: full in the middle, nothing at the rim. */
  glow(parent, [cx, cy, rx, ry], colour, opacity) {
    const name = `glow-${colour.slice(1)}`;
    if (!this.#defs.querySelector(`#${this.#prefix}${name}`)) {
      const stops = [[0, colour, 1], [0.45, colour, 0.55], [0.75, colour, 0.16], [1, colour, 0]];
      this.#gradient("radialGradient", name, { gradientUnits: "objectBoundingBox" }, stops);
    }
    return this.add(parent, "ellipse", { cx, cy, rx, ry, opacity, fill: `url(#${this.#prefix}${name})` });
  }

  /** A clip; returns the path that shapes it and the reference to it. */
  clip(name, d) {
    const clip = this.add(this.#defs, "clipPath", { id: this.#prefix + name });
    return { shape: this.add(clip, "path", { d }), url: `url(#${this.#prefix}${name})` };
  }

  #gradient(tag, name, attributes, stops) {
    const id = this.#prefix + name;
    const gradient = this.add(this.#defs, tag, { id, gradientUnits: "userSpaceOnUse", ...attributes });
    for (const [offset, colour, opacity = 1] of stops) {
      const [plain, dark] = [colour].flat();
      const stop = this.add(gradient, "stop", { offset, "stop-color": plain, "stop-opacity": opacity });
      // Browsers without light-dark() keep the plain colour of the attribute.
      if (dark) stop.style.setProperty("stop-color", `light-dark(${plain}, ${dark})`);
    }
    return `url(#${id})`;
  }
}
