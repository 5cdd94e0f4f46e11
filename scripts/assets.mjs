// Copies the front-end packages' files, each with its licence, to where Django finds static files.
// A file is written only when it differs, so a second run changes nothing.

import { existsSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const packages = join(root, "node_modules");
const vendor = join(root, "src/evenkeel/ground/static/vendor");

const assets = [
  ["htmx.org/dist/htmx.min.js", "htmx.min.js"],
  ["htmx.org/LICENSE", "htmx.LICENSE.txt"],
  // Boxes and polygons on pictures. The package carries no licence file of its own; its README names BSD-3-Clause.
  ["@annotorious/annotorious/dist/annotorious.es.js", "annotorious.js"],
  ["@annotorious/annotorious/dist/annotorious.css", "annotorious.css"],
  ["@annotorious/annotorious/README.md", "annotorious.README.md"],
  // The wave of a recording, and segments drawn on it.
  ["wavesurfer.js/dist/wavesurfer.esm.js", "wavesurfer.js"],
  ["wavesurfer.js/dist/plugins/regions.esm.js", "regions.js"],
  ["wavesurfer.js/LICENSE", "wavesurfer.LICENSE.txt"],
];

// A map that is not served would only be asked for in vain.
const content = (source) =>
  source.endsWith(".js") ? Buffer.from(readFileSync(source, "utf8").replace(/^\/\/# sourceMappingURL=.*$/gm, "")) : readFileSync(source);
const same = (made, target) => existsSync(target) && made.equals(readFileSync(target));

mkdirSync(vendor, { recursive: true });
for (const [from, to] of assets) {
  const source = join(packages, from);
  const target = join(vendor, to);
  if (!existsSync(source) || statSync(source).size === 0) {
    console.error(`assets: ${from} is missing from node_modules; run 'npm ci' first`);
    process.exit(1);
  }
  const made = content(source);
  if (same(made, target)) {
    // Make compares times: a file that is already right must count as newer than what it was made from.
    utimesSync(target, new Date(), new Date());
  } else {
    writeFileSync(target, made);
    console.log(`assets: ${to}`);
  }
}
