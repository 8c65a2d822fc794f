/**
 * Closes a head that is cut open: flesh where the plane passes through skin and tongue.
 *
 * A ray that leaves a closed surface more often than it enters it, beyond the plane, began inside:
 * the stencil counts, and the cap is drawn where something is left over.
 */

import {
  AlwaysStencilFunc, BackSide, DecrementWrapStencilOp, DoubleSide, FrontSide, IncrementWrapStencilOp,
  KeepStencilOp, Mesh, NotEqualStencilFunc, Object3D, PlaneGeometry, ShaderMaterial,
} from "../vendor/three.module.js";
import { CAP_FRAGMENT, CAP_VERTEX, DEPTH, VERTEX } from "./avatar3d_shaders.js";

/** What is solid, and the colour of its inside, as the screen shows it. */
const SOLIDS = [["skin", [0.87, 0.67, 0.61]], ["tongue", [0.83, 0.43, 0.44]]];
const CAP_METRES = 0.5;

export class Cutaway {
  #caps = [];
  #counters = [];

  constructor(head, shared) {
    this.root = new Object3D();
    SOLIDS.forEach(([name, flesh], i) => {
      const mesh = head.mesh(name);
      if (mesh) this.#close(mesh, flesh, 10 + 3 * i, shared);
    });
    this.show(null);
  }

  #close(mesh, flesh, order, shared) {
    const count = (side, operation) => {
      const counter = mesh.clone();
      counter.material = new ShaderMaterial({
        vertexShader: VERTEX, fragmentShader: DEPTH, side,
        uniforms: { ...shared.uniforms, paint: { value: null } },
        colorWrite: false, depthWrite: false, depthTest: false,
        stencilWrite: true, stencilFunc: AlwaysStencilFunc,
        stencilFail: KeepStencilOp, stencilZFail: operation, stencilZPass: operation,
      });
      counter.morphTargetInfluences = mesh.morphTargetInfluences;
      counter.renderOrder = order;
      mesh.parent.add(counter);
      this.#counters.push(counter);
      return counter;
    };
    const front = count(FrontSide, DecrementWrapStencilOp);
    count(BackSide, IncrementWrapStencilOp);
    front.onBeforeRender = (renderer) => renderer.clearStencil();
    const cap = new Mesh(new PlaneGeometry(CAP_METRES, CAP_METRES), new ShaderMaterial({
      vertexShader: CAP_VERTEX, fragmentShader: CAP_FRAGMENT, side: DoubleSide,
      uniforms: { flesh: { value: flesh } },
      stencilWrite: true, stencilFunc: NotEqualStencilFunc, stencilRef: 0,
      stencilFail: KeepStencilOp, stencilZFail: KeepStencilOp, stencilZPass: KeepStencilOp,
    }));
    cap.rotation.y = Math.PI / 2;
    cap.renderOrder = order + 1;
    this.root.add(cap);
    this.#caps.push(cap);
  }

  /** Cut at `{x, side}` in metres, or close the head with null. */
  show(cut) {
    for (const each of [...this.#caps, ...this.#counters]) each.visible = cut !== null;
    if (cut) for (const cap of this.#caps) cap.position.x = cut.x * cut.side;
  }

  dispose() {
    for (const each of [...this.#caps, ...this.#counters]) each.material.dispose();
    for (const cap of this.#caps) cap.geometry.dispose();
  }
}
