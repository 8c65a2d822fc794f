/** Reading tutors' files: what they hold, and that damage is told apart from a head. */

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";

import { Head } from "../../sessions/static/sessions/js/avatar3d_head.js";
import { HeadFileError, readHead } from "../../sessions/static/sessions/js/avatar3d_file.js";
import { Life } from "../../sessions/static/sessions/js/avatar3d_life.js";
import { createRandom } from "../../sessions/static/sessions/js/avatar_noise.js";

const FOLDER = new URL("../../inference/static/inference/tutors/", import.meta.url);
const TUTORS = (await readdir(FOLDER)).filter((name) => name.endsWith(".glb"));

/** The bytes of a tutor's file, as fetch would give them. */
async function bytesOf(name) {
  const content = await readFile(new URL(name, FOLDER));
  return content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength);
}

/** A file with its description changed by `edit`. */
function edited(bytes, edit) {
  const view = new DataView(bytes);
  const size = view.getUint32(12, true);
  const tree = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 20, size)));
  edit(tree);
  let text = JSON.stringify(tree);
  text += " ".repeat(-text.length & 3);
  const rest = new Uint8Array(bytes, 20 + size);
  const out = new Uint8Array(20 + text.length + rest.length);
  out.set(new Uint8Array(bytes, 0, 20));
  out.set(new TextEncoder().encode(text), 20);
  out.set(rest, 20 + text.length);
  const header = new DataView(out.buffer);
  header.setUint32(8, out.length, true);
  header.setUint32(12, text.length, true);
  return out.buffer;
}

const damaged = (bytes) => assert.throws(() => readHead(bytes), HeadFileError);
const headOf = (file) => new Head(file, [], { uniforms: {}, coverage: false });

test("there are tutors to read", () => assert.ok(TUTORS.length >= 3));

for (const name of TUTORS) {
  test(`${name}: every target that is moved moves something, and stays within a hand's breadth`, async () => {
    const file = readHead(await bytesOf(name));
    assert.equal(`${file.tutor}.glb`, name);
    const life = new Life({ random: createRandom(1), reducedMotion: false });
    const { moves } = life.step(0, null, 0);
    const known = new Set(file.parts.flatMap(({ targets }) => targets.map((target) => target.name)));
    for (const target of [...Object.keys(moves.morphs), ...Object.keys(moves.tongue)]) {
      assert.ok(known.has(target), target);
    }
    for (const { targets } of file.parts) {
      for (const { position: { array, width } } of targets) {
        const furthest = array.reduce((most, x, i) => (i % width < 3 ? Math.max(most, Math.abs(x)) : most), 0);
        assert.ok(furthest * file.metres < 0.05);
      }
    }
  });

  test(`${name}: the mouth's shapes differ from each other, and tongue and jaw take part`, async () => {
    const file = readHead(await bytesOf(name));
    const tongue = file.parts.find((part) => part.name === "tongue");
    const lower = file.parts.find((part) => part.name === "teeth_lower");
    const skin = file.parts.find((part) => part.name === "skin");
    for (const viseme of ["TH", "nn", "kk", "aa"]) {
      assert.ok(tongue.targets.some((target) => target.name === viseme), viseme);
    }
    assert.ok(lower.targets.some((target) => target.name === "aa"));
    const shapes = skin.targets.map(({ position }) => position.array.join());
    assert.equal(new Set(shapes).size, shapes.length);
  });
}

test("the head takes up a posture: lips by lips, tongue by tongue, eyes by nodes", async () => {
  const head = headOf(readHead(await bytesOf(TUTORS[0])));
  const level = { yaw: 0, pitch: 0 };
  head.pose({
    head: { yaw: 0.1, pitch: 0.05, roll: 0.02 },
    eyes: { left: { yaw: 0.2, pitch: 0 }, right: level },
    morphs: { aa: 0.9, nn: 0.1, blinkL: 0.00001 },
    tongue: { aa: 0, nn: 1 },
  });
  const weightOf = (name, target) => {
    const mesh = head.mesh(name);
    return mesh.morphTargetInfluences[mesh.morphTargetDictionary[target]];
  };
  assert.equal(weightOf("skin", "aa"), 0.9);
  assert.equal(weightOf("tongue", "aa"), 0);
  assert.equal(weightOf("tongue", "nn"), 1);
  assert.equal(weightOf("skin", "blinkL"), 0, "what cannot be seen is not computed");
  assert.ok(Math.abs(head.joints.neck.rotation.y + head.joints.head.rotation.y - 0.1) < 1e-9);
  assert.equal(head.joints.left.rotation.y, 0.2);
  assert.equal(head.joints.right.rotation.y, 0);
});

test("the mouth is found below the eyes and in front of the middle", async () => {
  for (const name of TUTORS) {
    const { anchors } = headOf(readHead(await bytesOf(name)));
    assert.ok(anchors.eyes[1] - anchors.mouth[1] > 0.04 && anchors.eyes[1] - anchors.mouth[1] < 0.1);
    assert.ok(Math.abs(anchors.mouth[2]) < 0.05);
  }
});

test("a head that is cut open shows its insides, and closes again", async () => {
  const head = headOf(readHead(await bytesOf(TUTORS[0])));
  const { material } = head.mesh("skin");
  const closed = { side: material.side, version: material.version };
  head.openUp(true);
  assert.notEqual(material.side, closed.side);
  assert.ok("CUT_OPEN" in material.defines);
  const { version } = material;
  head.openUp(true);
  assert.equal(material.version, version, "nothing is compiled again while it stays open");
  head.openUp(false);
  assert.equal(material.side, closed.side);
  assert.ok(!("CUT_OPEN" in material.defines));
});

test("no glTF, another version, cut-off files and text instead of a head are refused", async () => {
  const bytes = await bytesOf(TUTORS[0]);
  damaged(new ArrayBuffer(0));
  damaged(new TextEncoder().encode("<!doctype html><title>Not found</title>").buffer);
  damaged(bytes.slice(0, bytes.byteLength - 4));
  damaged(bytes.slice(0, 1000));
  const older = bytes.slice(0);
  new DataView(older).setUint32(4, 1, true);
  damaged(older);
});

test("a description that does not fit its data is refused", async () => {
  const bytes = await bytesOf(TUTORS[0]);
  const edits = [
    (tree) => { delete tree.skins; },
    (tree) => { tree.nodes = tree.nodes.filter((node) => node.name !== "eye_left"); },
    (tree) => { tree.bufferViews[3].byteOffset = 1e9; },
    (tree) => { tree.bufferViews.at(-1).byteLength *= 1000; },
    (tree) => { tree.materials[0].extras.cover = "ghost"; },
    (tree) => { delete tree.materials[0].extras; },
    (tree) => { tree.textures.pop(); },
    (tree) => {
      const { attributes } = tree.meshes[0].primitives[0];
      tree.accessors[attributes.POSITION].count = 10;
    },
    (tree) => { tree.accessors.find(({ sparse }) => sparse).count = 3; },
  ];
  for (const edit of edits) damaged(edited(bytes, edit));
});

test("random damage gives a head or a refusal, never another error", async () => {
  const bytes = await bytesOf(TUTORS[0]);
  const size = new DataView(bytes).getUint32(12, true);
  const random = createRandom(7);
  for (let run = 0; run < 25; run += 1) {
    const broken = bytes.slice(0);
    const view = new Uint8Array(broken);
    for (let i = 0; i < 4; i += 1) view[Math.floor(random() * (20 + size))] = Math.floor(random() * 256);
    try {
      readHead(broken);
    } catch (odd) {
      assert.ok(odd instanceof HeadFileError, `${odd.stack}`);
    }
  }
});
