/**
 * Reads a tutor's GLB into plain arrays: meshes, morph targets, joints, pictures.
 *
 * It knows the part of glTF 2.0 that tutors use: quantised and sparse accessors, one primitive a
 * mesh, WebP textures in the file. Pictures stay bytes, so that no address of theirs is needed.
 */

const MAGIC = 0x46546c67;
const JSON_CHUNK = 0x4e4f534a;
const BINARY_CHUNK = 0x004e4942;
const ARRAYS = {
  5120: Int8Array, 5121: Uint8Array, 5122: Int16Array, 5123: Uint16Array, 5125: Uint32Array,
  5126: Float32Array,
};
const WIDTHS = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4, MAT4: 16 };
const COVERS = new Set(["solid", "two_sided", "cut_out", "shadow"]);
export const JOINTS = Object.freeze(["torso", "neck", "head", "eye_left", "eye_right"]);

/** The file is no head that could be drawn. */
export class HeadFileError extends Error {
  name = "HeadFileError";
}

/**
 * The head in `bytes` (an ArrayBuffer): `{tutor, metres, nodes, parts, images, joints}`.
 *
 * `parts` have `{name, node, skinned, attributes, index, targets, material}`; an attribute is
 * `{array, width, normalized}` whose rows may be padded. Throws HeadFileError.
 */
export function readHead(bytes) {
  const { tree, binary } = chunksOf(bytes);
  try {
    return headOf(tree, binary);
  } catch (odd) {
    if (odd instanceof HeadFileError) throw odd;
    throw new HeadFileError(`the description does not fit: ${odd.message}`);
  }
}

function chunksOf(bytes) {
  const view = new DataView(bytes);
  if (bytes.byteLength < 20 || view.getUint32(0, true) !== MAGIC) {
    throw new HeadFileError("not a glTF binary");
  }
  if (view.getUint32(4, true) !== 2 || view.getUint32(8, true) !== bytes.byteLength) {
    throw new HeadFileError("of another version, or cut off");
  }
  const chunks = new Map();
  for (let at = 12; at + 8 <= bytes.byteLength;) {
    const size = view.getUint32(at, true);
    if (at + 8 + size > bytes.byteLength) throw new HeadFileError("a chunk is cut off");
    chunks.set(view.getUint32(at + 4, true), new Uint8Array(bytes, at + 8, size));
    at += 8 + size;
  }
  if (!chunks.has(JSON_CHUNK) || !chunks.has(BINARY_CHUNK)) {
    throw new HeadFileError("description or data are missing");
  }
  try {
    const tree = JSON.parse(new TextDecoder().decode(chunks.get(JSON_CHUNK)));
    return { tree, binary: chunks.get(BINARY_CHUNK) };
  } catch {
    throw new HeadFileError("the description is not JSON");
  }
}

function headOf(tree, binary) {
  const reader = new Accessors(tree, binary);
  const parents = new Map();
  tree.nodes.forEach((node, number) => {
    for (const child of node.children ?? []) parents.set(child, number);
  });
  const nodes = tree.nodes.map((node, number) => ({
    // Eyes are joints and meshes of the same name.
    name: node.mesh === undefined ? node.name : null,
    parent: parents.get(number) ?? null,
    translation: node.translation ?? [0, 0, 0],
    scale: node.scale ?? [1, 1, 1],
  }));
  const missing = JOINTS.filter((joint) => !nodes.some(({ name }) => name === joint));
  if (missing.length > 0) throw new HeadFileError(`joints are missing: ${missing.join(", ")}`);
  const skin = tree.skins[0];
  return {
    tutor: tree.asset.extras.tutor,
    metres: tree.asset.extras.metres,
    nodes,
    parts: tree.nodes.flatMap((node, number) =>
      node.mesh === undefined ? [] : [partOf(tree, reader, node, number)]),
    images: tree.textures.map(({ extensions }) => {
      const { bufferView, mimeType } = tree.images[extensions.EXT_texture_webp.source];
      return { type: mimeType, bytes: reader.bytes(bufferView) };
    }),
    joints: { nodes: skin.joints, inverses: reader.read(skin.inverseBindMatrices).array },
  };
}

function partOf(tree, reader, node, number) {
  const mesh = tree.meshes[node.mesh];
  const [primitive] = mesh.primitives;
  const { POSITION, NORMAL, TEXCOORD_0, COLOR_0, JOINTS_0, WEIGHTS_0 } = primitive.attributes;
  const count = tree.accessors[POSITION].count;
  const attributes = {
    position: reader.read(POSITION),
    normal: reader.read(NORMAL),
    uv: reader.read(TEXCOORD_0),
    tint: reader.read(COLOR_0),
  };
  const skinned = node.skin !== undefined;
  if (skinned) {
    attributes.skinIndex = reader.read(JOINTS_0);
    attributes.skinWeight = reader.read(WEIGHTS_0);
  }
  const index = reader.read(primitive.indices).array;
  if (index.some((point) => point >= count)) {
    throw new HeadFileError(`${mesh.name}: a triangle names a point that is not there`);
  }
  const names = mesh.extras?.targetNames ?? [];
  const targets = (primitive.targets ?? []).map((target, i) => ({
    name: names[i],
    position: reader.read(target.POSITION),
    normal: target.NORMAL === undefined ? null : reader.read(target.NORMAL),
  }));
  const material = tree.materials[primitive.material];
  const { cover, shine, sharpness, warmth, sheen } = material.extras;
  if (!COVERS.has(cover)) throw new HeadFileError(`${mesh.name}: covers like nothing known`);
  const texture = material.pbrMetallicRoughness.baseColorTexture.index;
  if (!tree.textures[texture]) throw new HeadFileError(`${mesh.name}: its picture is missing`);
  return {
    name: mesh.name, node: number, skinned, attributes, index, targets,
    material: { name: material.name, texture, cover, shine, sharpness, warmth, sheen },
  };
}

/** Typed arrays of a file's accessors. */
class Accessors {
  #tree;
  #binary;

  constructor(tree, binary) {
    this.#tree = tree;
    this.#binary = binary;
  }

  bytes(number) {
    const { byteOffset = 0, byteLength } = this.#tree.bufferViews[number];
    if (byteOffset + byteLength > this.#binary.length) {
      throw new HeadFileError("a view reaches beyond the data");
    }
    return this.#binary.subarray(byteOffset, byteOffset + byteLength);
  }

  /** `{array, width, count, normalized}`; `width` counts the padding of a row too. */
  read(number) {
    const { count, type, componentType, bufferView, byteOffset, sparse, normalized } =
      this.#tree.accessors[number];
    const Kind = ARRAYS[componentType];
    let width = WIDTHS[type];
    let array;
    if (bufferView === undefined) {
      array = new Kind(count * width);
    } else {
      const stride = this.#tree.bufferViews[bufferView].byteStride;
      if (stride) width = stride / Kind.BYTES_PER_ELEMENT;
      array = this.#values(bufferView, byteOffset ?? 0, Kind, count * width);
    }
    if (sparse) this.#fill(array, width, Kind, sparse);
    return { array, width, count, normalized: normalized ?? false };
  }

  #fill(array, width, Kind, { count, indices, values }) {
    const Rows = ARRAYS[indices.componentType];
    const rows = this.#values(indices.bufferView, indices.byteOffset ?? 0, Rows, count);
    const fresh = this.#values(values.bufferView, values.byteOffset ?? 0, Kind, count * width);
    for (let i = 0; i < count; i += 1) {
      if ((rows[i] + 1) * width > array.length) {
        throw new HeadFileError("a target moves a point that is not there");
      }
      for (let k = 0; k < width; k += 1) array[rows[i] * width + k] = fresh[i * width + k];
    }
  }

  /** A copy, so that no alignment in the file matters. */
  #values(view, offset, Kind, length) {
    const bytes = this.bytes(view);
    const size = length * Kind.BYTES_PER_ELEMENT;
    if (offset + size > bytes.length) throw new HeadFileError("an accessor reaches beyond its data");
    return new Kind(bytes.slice(offset, offset + size).buffer);
  }
}
