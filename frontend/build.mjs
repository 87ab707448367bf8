// Bundle src/*.js into the folder that is named on the command line, with two tables beside:
// manifest.json names the file of each entry, licences.json the packages that went into the files.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describeParts } from "./licences.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const target = process.argv[2];
const entryPoints = ["src/pages.js", "src/editor.js"];

const { metafile, outputFiles } = await build({
  absWorkingDir: here,
  entryPoints,
  outdir: "bundle",
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none",
  metafile: true,
  write: false,
  logLevel: "warning",
});

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
for (const { path, contents } of outputFiles) {
  writeFileSync(join(target, basename(path)), contents);
}
writeTable("manifest.json", nameEntries(metafile));
writeTable("licences.json", describeParts(metafile, here));

function nameEntries({ outputs }) {
  const files = {};
  for (const [path, { entryPoint, cssBundle }] of Object.entries(outputs)) {
    if (!entryPoints.includes(entryPoint)) continue;
    files[basename(entryPoint)] = basename(path);
    if (cssBundle) files[basename(entryPoint).replace(/js$/, "css")] = basename(cssBundle);
  }
  return files;
}

function writeTable(name, content) {
  writeFileSync(join(target, name), `${JSON.stringify(content, null, 1)}\n`);
}
