/** Builds the head that a file describes: joints, meshes, surfaces, and what moves them. */

import {
  Bone, BufferAttribute, BufferGeometry, ClampToEdgeWrapping, DoubleSide, FrontSide,
  LinearFilter, LinearMipmapLinearFilter, Matrix4, Mesh, Object3D, SRGBColorSpace, Skeleton,
  SkinnedMesh, Texture,
} from "../vendor/three.module.js";
import { makeSurface } from "./avatar3d_surfaces.js";

const NECK_SHARE = 0.4;

/** Read the pictures of a file. Rejects when one of them is damaged. */
export async function paintsOf(images, anisotropy) {
  return Promise.all(images.map(async ({ type, bytes }) => {
    const bitmap = await createImageBitmap(new Blob([bytes], { type }), {
      colorSpaceConversion: "none", premultiplyAlpha: "none",
    });
    const texture = new Texture(bitmap);
    texture.flipY = false;
    texture.colorSpace = SRGBColorSpace;
    texture.wrapS = ClampToEdgeWrapping;
    texture.wrapT = ClampToEdgeWrapping;
    texture.minFilter = LinearMipmapLinearFilter;
    texture.magFilter = LinearFilter;
    texture.anisotropy = anisotropy;
    texture.needsUpdate = true;
    return texture;
  }));
}

/** The head as an object of a scene. `shared` has the `uniforms` of all surfaces and whether `coverage` is to be had. */
export class Head {
  #nodes;
  #parts = [];
  #textures;
  #skeleton;

  constructor(file, textures, shared) {
    this.#textures = textures;
    const bones = new Set(file.joints.nodes);
    this.#nodes = file.nodes.map(({ name, translation, scale }, number) => {
      const node = bones.has(number) ? new Bone() : new Object3D();
      node.name = name ?? "";
      node.position.fromArray(translation);
      node.scale.fromArray(scale);
      return node;
    });
    file.nodes.forEach(({ parent }, number) => {
      if (parent !== null) this.#nodes[parent].add(this.#nodes[number]);
    });
    this.root = this.#nodes[file.nodes.findIndex(({ parent }) => parent === null)];
    this.root.updateMatrixWorld(true);
    const inverses = file.joints.nodes.map((_, i) =>
      new Matrix4().fromArray(file.joints.inverses, 16 * i));
    this.#skeleton = new Skeleton(file.joints.nodes.map((number) => this.#nodes[number]), inverses);
    for (const part of file.parts) this.#add(part, textures, shared);
    const joint = (name) => this.#nodes[file.nodes.findIndex((node) => node.name === name)];
    this.joints = {
      neck: joint("neck"), head: joint("head"),
      left: joint("eye_left"), right: joint("eye_right"),
    };
    this.anchors = anchorsOf(file, this.joints);
  }

  /** `{mesh, seen, shadow}`: the visible surface, and the one the key light sees, if any. */
  get parts() {
    return this.#parts;
  }

  mesh(name) {
    return this.#parts.find(({ mesh }) => mesh.name === name)?.mesh ?? null;
  }

  #add(part, textures, shared) {
    const geometry = geometryOf(part);
    const { seen, shadow, order } = makeSurface(part.material, textures[part.material.texture], shared);
    const mesh = part.skinned ? new SkinnedMesh(geometry, seen) : new Mesh(geometry, seen);
    mesh.name = part.name;
    mesh.frustumCulled = false;
    mesh.renderOrder = order;
    mesh.morphTargetDictionary = Object.fromEntries(part.targets.map(({ name }, i) => [name, i]));
    mesh.morphTargetInfluences = part.targets.map(() => 0);
    if (part.skinned) mesh.bind(this.#skeleton, new Matrix4());
    this.#nodes[part.node].add(mesh);
    this.#parts.push({ mesh, seen, shadow, side: seen.side });
  }

  /** Take up a posture: what `movesOf` tells. */
  pose({ head, eyes, morphs, tongue }) {
    for (const [joint, share] of [[this.joints.neck, NECK_SHARE], [this.joints.head, 1 - NECK_SHARE]]) {
      joint.rotation.set(head.pitch * share, head.yaw * share, -head.roll * share, "YXZ");
    }
    for (const side of ["left", "right"]) {
      this.joints[side].rotation.set(eyes[side].pitch, eyes[side].yaw, 0, "YXZ");
    }
    for (const { mesh } of this.#parts) {
      const weights = mesh.name === "tongue" ? { ...morphs, ...tongue } : morphs;
      for (const [name, place] of Object.entries(mesh.morphTargetDictionary)) {
        const weight = weights[name] ?? 0;
        // Below what can be seen the graphics card skips a target altogether.
        mesh.morphTargetInfluences[place] = Math.abs(weight) < 1e-3 ? 0 : weight;
      }
    }
  }

  /** Show the insides while a lesson cuts the head open. */
  openUp(open) {
    for (const { seen, side } of this.#parts) {
      if ((seen.defines.CUT_OPEN !== undefined) === open) continue;
      seen.side = open && side === FrontSide ? DoubleSide : side;
      if (open) seen.defines.CUT_OPEN = "";
      else delete seen.defines.CUT_OPEN;
      seen.needsUpdate = true;
    }
  }

  dispose() {
    for (const { mesh, seen, shadow } of this.#parts) {
      mesh.geometry.dispose();
      seen.dispose();
      shadow?.dispose();
    }
    for (const texture of this.#textures) {
      texture.image?.close?.();
      texture.dispose();
    }
    this.#skeleton.dispose();
  }
}

function geometryOf({ attributes, index, targets }) {
  const geometry = new BufferGeometry();
  for (const [name, { array, width, normalized }] of Object.entries(attributes)) {
    geometry.setAttribute(name, new BufferAttribute(array, width, normalized));
  }
  geometry.setIndex(new BufferAttribute(index, 1));
  if (targets.length > 0) {
    const attribute = ({ array, width, normalized }) => new BufferAttribute(array, width, normalized);
    const level = { array: new Int8Array(attributes.position.count * 3), width: 3, normalized: true };
    geometry.morphTargetsRelative = true;
    geometry.morphAttributes.position = targets.map(({ position }) => attribute(position));
    if (targets.some(({ normal }) => normal)) {
      geometry.morphAttributes.normal = targets.map(({ normal }) => attribute(normal ?? level));
    }
  }
  return geometry;
}

/** Where the mouth and the eyes are, in metres: what cameras aim at. */
function anchorsOf(file, { left, right }) {
  const teeth = file.parts.find(({ name }) => name === "teeth_upper");
  const { array, width, count } = teeth.attributes.position;
  let [edge, front] = [Infinity, -Infinity];
  for (let i = 0; i < count; i += 1) {
    edge = Math.min(edge, array[i * width + 1]);
    front = Math.max(front, array[i * width + 2]);
  }
  const eyes = [left, right].map((eye) => eye.getWorldPosition(eye.position.clone()));
  return {
    mouth: [0, edge * file.metres, front * file.metres],
    eyes: [0, (eyes[0].y + eyes[1].y) / 2, eyes[0].z],
  };
}
