/** What the three-dimensional face decides: whether to draw, how finely, and from where. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { CameraMove, framed, standOf } from "../../sessions/static/sessions/js/avatar3d_camera.js";
import { LEVELS, QualityLadder } from "../../sessions/static/sessions/js/avatar3d_quality.js";
import { isCapable, isForced, isSupported } from "../../sessions/static/sessions/js/avatar3d_support.js";

const ANCHORS = { mouth: [0, -0.062, 0.023], eyes: [0, 0, 0.025] };
const GOOD = { textureSize: 16384, vertexTextures: 16, layers: 2048 };

/** A canvas whose context tells these values; null has no context. */
function canvas(renderer, seen = {}) {
  const names = { RENDERER: "masked", UNMASKED: renderer, MAX_TEXTURE_SIZE: GOOD.textureSize, UNITS: GOOD.vertexTextures, LAYERS: GOOD.layers };
  return () => ({
    getContext(kind, options) {
      Object.assign(seen, { kind, options });
      if (renderer === null) return null;
      return {
        RENDERER: "RENDERER", MAX_TEXTURE_SIZE: "MAX_TEXTURE_SIZE",
        MAX_VERTEX_TEXTURE_IMAGE_UNITS: "UNITS", MAX_ARRAY_TEXTURE_LAYERS: "LAYERS",
        getParameter: (name) => names[name],
        getExtension: (name) => {
          if (name === "WEBGL_lose_context") return { loseContext: () => { seen.lost = true; } };
          return { UNMASKED_RENDERER_WEBGL: "UNMASKED" };
        },
      };
    },
  });
}

test("programs that play graphics card are told from cards", () => {
  const software = [
    "ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)",
    "llvmpipe (LLVM 15.0.6, 256 bits)", "ANGLE (Mesa, llvmpipe (LLVM 17), OpenGL 4.5)",
    "Microsoft Basic Render Driver", "Google SwiftShader", "softpipe",
  ];
  for (const renderer of software) assert.equal(isCapable({ renderer, ...GOOD }), false, renderer);
  const cards = [
    "ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6)", "Apple M1", "Adreno (TM) 640",
    "ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11 vs_5_0 ps_5_0, D3D11)", "Mali-G78", "",
  ];
  for (const renderer of cards) assert.equal(isCapable({ renderer, ...GOOD }), true, renderer);
  assert.equal(isCapable({ ...GOOD, renderer: "Mali-400", textureSize: 2048 }), false);
});

test("the check asks for speed, gives its context back, and can be overruled", () => {
  const seen = {};
  assert.equal(isSupported({ force: false, makeCanvas: canvas("Apple M1", seen) }), true);
  assert.equal(seen.options.failIfMajorPerformanceCaveat, true);
  assert.equal(seen.lost, true);
  assert.equal(isSupported({ force: false, makeCanvas: canvas("llvmpipe", seen) }), false);
  assert.equal(isSupported({ force: true, makeCanvas: canvas("llvmpipe", seen) }), true);
  assert.equal(seen.options.failIfMajorPerformanceCaveat, false);
  assert.equal(isSupported({ force: true, makeCanvas: canvas(null) }), false);
  assert.ok(isForced("?a=1&face3d=force") && !isForced("?face3d=yes") && !isForced(""));
});

/** Show pictures `every` ms for `time` ms; tells the levels passed through. */
function watch(ladder, every, time, from = 0) {
  const levels = [ladder.level];
  for (let now = from; now < from + time; now += every) {
    if (ladder.shown(now)) levels.push(ladder.level);
  }
  return levels;
}

test("a fast machine keeps the finest level", () => {
  const ladder = new QualityLadder();
  assert.deepEqual(watch(ladder, 1000 / 60, 60_000), [LEVELS[0]]);
});

test("a slow machine gives up sharpness, then shadows, then pace", () => {
  const ladder = new QualityLadder();
  const levels = watch(ladder, 40, 60_000);
  assert.deepEqual(levels, [...LEVELS]);
  const firstDim = levels.findIndex(({ shadows }) => !shadows);
  assert.ok(levels.slice(0, firstDim).every(({ everyMs }) => everyMs < 17));
  assert.ok(levels[firstDim - 1].ratio <= 1);
  assert.equal(ladder.hopeless, false, "25 pictures a second will do");
});

test("a hopeless machine says so", () => {
  const ladder = new QualityLadder();
  watch(ladder, 250, 120_000);
  assert.equal(ladder.hopeless, true);
});

test("single late pictures and hidden tabs cost nothing", () => {
  const ladder = new QualityLadder();
  let now = 0;
  for (let i = 0; i < 3000; i += 1) {
    now += i % 9 === 0 ? 60 : 1000 / 60;
    if (i % 500 === 0) now += 60_000;
    assert.equal(ladder.shown(now), false);
  }
});

test("quality comes back when there is room, and does not swing", () => {
  const ladder = new QualityLadder();
  watch(ladder, 40, 3000);
  const low = LEVELS.indexOf(ladder.level);
  assert.ok(low > 0);
  watch(ladder, 1000 / 60, 240_000, 3000);
  assert.ok(LEVELS.indexOf(ladder.level) < low);
  const swinging = new QualityLadder();
  let changes = 0;
  let now = 0;
  for (let i = 0; i < 20_000; i += 1) {
    now += swinging.level.ratio > 1 ? 30 : 1000 / 60;
    if (swinging.shown(now)) changes += 1;
  }
  assert.ok(changes < 14, `${changes} changes in ${now / 1000} s`);
});

test("shots come nearer to the mouth, the side is the side that was asked for", () => {
  const fields = ["bust", "face", "mouth"].map((shot) => standOf({ shot }, ANCHORS).field);
  assert.ok(fields[0] > fields[1] && fields[1] > fields[2]);
  const front = standOf({ shot: "mouth" }, ANCHORS);
  const side = standOf({ shot: "mouth", angle: -90, cutaway: true }, ANCHORS);
  assert.ok(Math.abs(front.target[1] - ANCHORS.mouth[1]) < 0.01);
  assert.equal(side.side, -1);
  assert.ok(side.cut < 0.002 && front.cut > 0.5, "closed heads are not cut");
  assert.ok(Math.abs(side.angle + Math.PI / 2) < 1e-9);
  assert.equal(standOf({ angle: 400 }, ANCHORS).angle, standOf({ angle: 100 }, ANCHORS).angle);
  for (const view of [{ shot: "foot" }, { shot: "toString" }, { angle: NaN }, { angle: "left" }]) {
    assert.throws(() => standOf(view, ANCHORS), RangeError);
  }
});

test("narrow stages show the whole width, tall ones stay on the chest", () => {
  const bust = standOf({}, ANCHORS);
  const square = framed(bust, 1);
  assert.equal(square.field, bust.field);
  const narrow = framed(bust, 0.5);
  assert.ok(narrow.field * 0.5 >= 0.31);
  assert.ok(narrow.middle - narrow.field / 2 >= -0.2401, "nothing below the clothes");
  assert.equal(framed(bust, 2).field, bust.field);
  const section = standOf({ shot: "mouth", angle: 90, cutaway: true }, ANCHORS);
  for (const aspect of [2, 1, 0.6]) {
    const { field, middle } = framed(section, aspect);
    assert.ok(middle + field / 2 < ANCHORS.eyes[1] - 0.015, "below the eyes");
  }
});

test("the camera moves smoothly from wherever it is, and cuts at once if motion is unwelcome", () => {
  const bust = standOf({}, ANCHORS);
  const mouth = standOf({ shot: "mouth", angle: 90, cutaway: true }, ANCHORS);
  const camera = new CameraMove(bust);
  camera.goTo(mouth, 0);
  let last = camera.at(0);
  assert.equal(last.field, bust.field);
  for (let now = 10; now <= 760; now += 10) {
    const stand = camera.at(now);
    assert.ok(stand.field <= last.field + 1e-12 && stand.field > last.field * 0.9);
    assert.ok(Math.abs(stand.angle - last.angle) < 0.06);
    last = stand;
  }
  assert.deepEqual(camera.at(800), mouth);
  assert.ok(!camera.moving(800));
  camera.goTo(bust, 900);
  const half = camera.at(1200);
  assert.equal(half.side, mouth.side, "a head that closes stays open on its side");
  camera.goTo(mouth, 1200);
  assert.ok(Math.abs(camera.at(1200).field - half.field) < 1e-9);
  camera.goTo(bust, 1300, { still: true });
  assert.deepEqual(camera.at(1300), bust);
});
