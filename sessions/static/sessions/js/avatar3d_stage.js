/** The stage: canvas, camera, wall, shadows. Draws a head where and how finely it is told. */

import {
  DepthTexture, LessEqualCompare, LinearFilter, Matrix4, Mesh, OrthographicCamera,
  PerspectiveCamera, PlaneGeometry, Scene, ShaderMaterial, UnsignedIntType, Vector3,
  WebGLRenderTarget, WebGLRenderer,
} from "../vendor/three.module.js";
import { framed } from "./avatar3d_camera.js";
import { Cutaway } from "./avatar3d_cutaway.js";
import { Head, paintsOf } from "./avatar3d_head.js";
import { KEY, WALL_FRAGMENT, WALL_VERTEX } from "./avatar3d_shaders.js";

const WALL = { light: [[0xdf, 0xe6, 0xea], [0xb9, 0xc6, 0xcf]], dark: [[0x4b, 0x57, 0x63], [0x23, 0x2b, 0x34]] };
const SHADOW = { texels: 1024, halfWidth: 0.2, strength: 0.72 };
/** Into texture space, where the shadow's depth is looked up. */
const TO_TEXTURE = new Matrix4().set(0.5, 0, 0, 0.5, 0, 0.5, 0, 0.5, 0, 0, 0.5, 0.5, 0, 0, 0, 1);
const CUTS_NOTHING = 0.55;

const screen = (colour) => colour.map((part) => part / 255);

/** Throws when the browser gives no context; `force` takes one that a program draws. */
export class Stage {
  #renderer;
  #scene = new Scene();
  #camera = new PerspectiveCamera(20, 1, 0.05, 4);
  #sun = new OrthographicCamera(
    -SHADOW.halfWidth, SHADOW.halfWidth, SHADOW.halfWidth, -SHADOW.halfWidth, 0.1, 1.6);
  #shadows;
  #wall;
  #head = null;
  #cutaway = null;
  #size = { width: 0, height: 0, ratio: 0 };
  #uniforms;
  #shared;
  #last = null;

  constructor({ force }) {
    this.#renderer = new WebGLRenderer({
      antialias: true, alpha: false, stencil: true, powerPreference: "default",
      failIfMajorPerformanceCaveat: !force, preserveDrawingBuffer: false,
    });
    this.#renderer.autoClear = false;
    this.canvas = this.#renderer.domElement;
    const gl = this.#renderer.getContext();
    const depth = new DepthTexture(SHADOW.texels, SHADOW.texels, UnsignedIntType);
    depth.compareFunction = LessEqualCompare;
    depth.minFilter = LinearFilter;
    depth.magFilter = LinearFilter;
    this.#shadows = new WebGLRenderTarget(SHADOW.texels, SHADOW.texels, { depthTexture: depth });
    this.#uniforms = {
      shadowMap: { value: depth }, shadowMatrix: { value: new Matrix4() },
      shadowStrength: { value: 0 }, shadowTexel: { value: 1 / SHADOW.texels },
      cut: { value: [1, 1] }, dusk: { value: 0 },
    };
    this.#shared = { uniforms: this.#uniforms, coverage: gl.getParameter(gl.SAMPLES) > 1 };
    this.#wall = new Mesh(new PlaneGeometry(2, 2), new ShaderMaterial({
      vertexShader: WALL_VERTEX, fragmentShader: WALL_FRAGMENT, depthTest: false, depthWrite: false,
      uniforms: { glow: { value: null }, wall: { value: null }, aspect: { value: 1 } },
    }));
    this.#wall.frustumCulled = false;
    this.#wall.renderOrder = -1;
    this.#scene.add(this.#wall);
    this.setScheme("light");
  }

  /** `light` or `dark`, as the page around is. */
  setScheme(scheme) {
    const { glow, wall } = this.#wall.material.uniforms;
    [glow.value, wall.value] = WALL[scheme].map(screen);
    this.#uniforms.dusk.value = scheme === "dark" ? 1 : 0;
  }

  /** Put up the head that `readHead` found; resolves to its anchors. Rejects on damaged pictures. */
  async setFile(file) {
    const anisotropy = Math.min(8, this.#renderer.capabilities.getMaxAnisotropy());
    const head = new Head(file, await paintsOf(file.images, anisotropy), this.#shared);
    this.#head = head;
    this.#cutaway = new Cutaway(head, this.#shared);
    this.#scene.add(head.root, this.#cutaway.root);
    return head.anchors;
  }

  pose(moves) {
    this.#head.pose(moves);
  }

  resize(width, height, ratio) {
    const old = this.#size;
    if (old.width === width && old.height === height && old.ratio === ratio) return;
    this.#size = { width, height, ratio };
    this.#renderer.setPixelRatio(ratio);
    this.#renderer.setSize(Math.max(1, width), Math.max(1, height), false);
  }

  /** Draw one picture from a stand of the camera. */
  draw(stand, { shadows }) {
    this.#last = [stand, { shadows }];
    this.#aim(stand);
    const open = stand.cut < CUTS_NOTHING;
    this.#uniforms.cut.value = [stand.cut, stand.side];
    this.#head.openUp(open);
    this.#cutaway.show(open ? { x: stand.cut, side: stand.side } : null);
    // A head that is cut open is lit evenly: shadows of what is away would confuse.
    const shaded = shadows && !open;
    this.#uniforms.shadowStrength.value = shaded ? SHADOW.strength : 0;
    this.#head.root.updateMatrixWorld(true);
    if (shaded) this.#drawShadows(stand);
    this.#renderer.setRenderTarget(null);
    this.#renderer.clear();
    this.#renderer.render(this.#scene, this.#camera);
  }

  #aim(stand) {
    const { width, height } = this.#size;
    const aspect = Math.max(1, width) / Math.max(1, height);
    const { field, middle } = framed(stand, aspect);
    const [x, , z] = stand.target;
    const camera = this.#camera;
    camera.aspect = aspect;
    camera.fov = (2 * Math.atan(field / 2 / stand.distance) * 180) / Math.PI;
    camera.position.set(
      x + Math.sin(stand.angle) * stand.distance, middle, z + Math.cos(stand.angle) * stand.distance);
    camera.rotation.set(0, stand.angle, 0);
    camera.updateProjectionMatrix();
    this.#wall.material.uniforms.aspect.value = aspect;
  }

  /** The key light turns with the camera, as in the studio that the other renderer draws. */
  #drawShadows(stand) {
    const sun = this.#sun;
    const towards = new Vector3(...KEY).applyEuler(this.#camera.rotation);
    const middle = new Vector3(0, -0.04, 0.0);
    sun.position.copy(middle).addScaledVector(towards, 0.8);
    sun.lookAt(middle);
    sun.updateMatrixWorld(true);
    this.#uniforms.shadowMatrix.value
      .multiplyMatrices(TO_TEXTURE, sun.projectionMatrix).multiply(sun.matrixWorldInverse);
    const { parts } = this.#head;
    this.#wall.visible = false;
    this.#uniforms.shadowMap.value = null;
    for (const { mesh, shadow } of parts) {
      mesh.visible = shadow !== null;
      if (shadow) mesh.material = shadow;
    }
    this.#renderer.setRenderTarget(this.#shadows);
    this.#renderer.clear();
    this.#renderer.render(this.#scene, sun);
    for (const { mesh, seen } of parts) {
      mesh.visible = true;
      mesh.material = seen;
    }
    this.#uniforms.shadowMap.value = this.#shadows.depthTexture;
    this.#wall.visible = true;
  }

  /** The last picture as `{width, height, pixels}`: RGBA from the lower left; null before any. */
  readPixels() {
    if (this.#last === null) return null;
    this.draw(...this.#last);
    const gl = this.#renderer.getContext();
    const { drawingBufferWidth: width, drawingBufferHeight: height } = gl;
    const pixels = new Uint8Array(width * height * 4);
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
    return { width, height, pixels };
  }

  /** The last picture as a Blob of a type; resolves to null before any. */
  toBlob(type, quality) {
    if (this.#last === null) return Promise.resolve(null);
    // The canvas forgets a picture once it was shown, so it is drawn again in this very task.
    this.draw(...this.#last);
    return new Promise((resolve) => {
      this.canvas.toBlob(resolve, type, quality);
    });
  }

  dispose() {
    this.#cutaway?.dispose();
    this.#head?.dispose();
    this.#wall.geometry.dispose();
    this.#wall.material.dispose();
    this.#shadows.depthTexture.dispose();
    this.#shadows.dispose();
    this.#renderer.dispose();
    this.#renderer.forceContextLoss();
    this.canvas.remove();
  }
}
