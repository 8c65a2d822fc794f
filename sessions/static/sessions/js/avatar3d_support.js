/** Whether this browser draws three dimensions with a graphics card, not with its processor. */

/** Renderers that are programs: a picture of the head takes them a second. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|swrast|software|basic render|paravirtual|apple software/i;
const LEAST = { textureSize: 4096, vertexTextures: 4, layers: 64 };

/**
 * Whether a context with these properties draws fast enough: `{renderer, textureSize,
 * vertexTextures, layers}`. An empty name of the renderer is a browser that keeps it to itself.
 */
export function isCapable({ renderer, textureSize, vertexTextures, layers }) {
  if (SOFTWARE.test(renderer)) return false;
  return textureSize >= LEAST.textureSize && vertexTextures >= LEAST.vertexTextures
    && layers >= LEAST.layers;
}

/** `?face3d=force` in a page's address draws whatever the price, for tests and measurements. */
export function isForced(search) {
  return new URLSearchParams(search).get("face3d") === "force";
}

/** Whether the head can be drawn here; with `force` any WebGL 2 will do. */
export function isSupported({
  force = isForced(globalThis.location?.search ?? ""),
  makeCanvas = () => document.createElement("canvas"),
} = {}) {
  const gl = makeCanvas().getContext("webgl2", { failIfMajorPerformanceCaveat: !force });
  if (!gl) return false;
  const named = gl.getExtension("WEBGL_debug_renderer_info");
  const properties = {
    renderer: String(gl.getParameter(named ? named.UNMASKED_RENDERER_WEBGL : gl.RENDERER) ?? ""),
    textureSize: gl.getParameter(gl.MAX_TEXTURE_SIZE),
    vertexTextures: gl.getParameter(gl.MAX_VERTEX_TEXTURE_IMAGE_UNITS),
    layers: gl.getParameter(gl.MAX_ARRAY_TEXTURE_LAYERS),
  };
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return force || isCapable(properties);
}
