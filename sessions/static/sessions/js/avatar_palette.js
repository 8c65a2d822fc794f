/** The colours of the tutor, lit from the upper left; pairs are [light page, dark page]. */

export const SKIN = Object.freeze({
  light: "#fbd9b8", base: "#efbd95", mid: "#e2a67c", shade: "#c98560", deep: "#a8623f", blush: "#dd8262", beard: "#8a5f4b", cast: "#8f4d30",
});
export const HAIR = Object.freeze({ base: "#3a2820", dark: "#271914", mid: "#573b2d", light: "#7d563f", glint: "#a87a58" });
export const LIPS = Object.freeze({ upper: "#b46a59", upperDark: "#97503f", lower: "#cb8270", lowerDark: "#b26a58", seam: "#6d2c2a", light: "#f3bfae" });
export const MOUTH = Object.freeze({ deep: "#2b0d10", wall: "#5c1f22", tooth: "#fbf6ee", toothShade: "#d8cbbd", tongue: "#d97a78", tongueLight: "#eb9c96", tongueDark: "#a84a4e" });
export const EYES = Object.freeze({ white: "#fbf7f2", whiteShade: "#cfc3bd", iris: "#6f4a2c", irisLight: "#b58550", irisRim: "#2f1d13", pupil: "#120b08", lash: "#2b1b15", pink: "#dc9a88" });
export const CLOTHES = Object.freeze({ knit: "#3f6b73", knitLight: "#5b8a90", knitDark: "#284a52", rib: "#35606a", shirt: "#f6f3ed", shirtShade: "#c9cdd0", shirtDark: "#9aa5ad" });
export const WALL = Object.freeze({
  top: ["#eef1ec", "#3a4550"], bottom: ["#d3ddd9", "#232b34"], glow: ["#fff6e4", "#6d7479"], disc: ["#c3d3cf", "#56656f"],
});
