/** Bundles the part of three that the site uses, with what tells whether it is still the right one. */

import { createHash } from "node:crypto";
import { copyFile, readFile, writeFile } from "node:fs/promises";

import { build } from "esbuild";

const ENTRY = "scripts/browser/three_entry.mjs";
const TARGET = "sessions/static/sessions/vendor/three.module.js";
const LICENCE = "sessions/static/sessions/vendor/three.LICENSE";

const versionOf = async (name) =>
  JSON.parse(await readFile(`node_modules/${name}/package.json`, "utf8")).version;

const [three, esbuild] = await Promise.all(["three", "esbuild"].map(versionOf));
const entry = createHash("sha256").update(await readFile(ENTRY)).digest("hex");

const { outputFiles } = await build({
  entryPoints: [ENTRY],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
  write: false,
});
const origin = `/*! three ${three}, MIT, see three.LICENSE | esbuild ${esbuild} | entry ${entry} | make bundle-js */`;
await writeFile(TARGET, `${origin}\n${outputFiles[0].text}`);
await copyFile("node_modules/three/LICENSE", LICENCE);
