// Say which packages went into the bundles, with version, licence and its text.
//
// esbuild's metafile names the files that were used. A package that was bundled by its publisher
// names what it carries in its source map; the versions of these parts are those of the lock file.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const PACKAGE = /node_modules\/((?:@[^/]+\/)?[^/]+)/;
// Packages that state their licence in their readme only.
const LICENCES = { jsuri: "MIT" };

export function describeParts({ inputs, outputs }, root) {
  const used = new Set(Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs)));
  const carriers = new Map();
  for (const file of Object.keys(inputs).filter((file) => used.has(file) && PACKAGE.test(file))) {
    const carrier = file.match(PACKAGE)[1];
    carriers.set(carrier, "");
    for (const part of partsInside(join(root, file))) {
      if (!carriers.has(part)) carriers.set(part, carrier);
    }
  }
  return [...carriers]
    .sort(([one], [other]) => one.localeCompare(other, "en"))
    .map(([name, within]) => ({ ...describePackage(join(root, "node_modules", name)), within }));
}

function partsInside(file) {
  if (!existsSync(`${file}.map`)) return [];
  const { sources } = JSON.parse(readFileSync(`${file}.map`, "utf8"));
  return sources.filter((source) => PACKAGE.test(source)).map((source) => source.match(PACKAGE)[1]);
}

function describePackage(folder) {
  const { name, version, license, homepage } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  );
  const licence = license ?? LICENCES[name];
  if (!licence) throw new Error(`${name} ${version} states no licence; find it before bundling it`);
  const texts = readdirSync(folder).filter((file) => /^licen[cs]e(\.\w+)?$/i.test(file));
  const text = texts.map((file) => readFileSync(join(folder, file), "utf8").trim()).join("\n\n");
  return { name, version, licence, homepage: homepage ?? "", text };
}
