// Copies the front-end packages' files, each with its licence, to where Django finds static files.
// A file is written only when it differs, so a second run changes nothing.

import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync, utimesSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const packages = join(root, "node_modules");
const vendor = join(root, "src/evenkeel/ground/static/vendor");

const assets = [
  ["htmx.org/dist/htmx.min.js", "htmx.min.js"],
  ["htmx.org/LICENSE", "htmx.LICENSE.txt"],
];

const same = (a, b) => existsSync(b) && readFileSync(a).equals(readFileSync(b));

mkdirSync(vendor, { recursive: true });
for (const [from, to] of assets) {
  const source = join(packages, from);
  const target = join(vendor, to);
  if (!existsSync(source) || statSync(source).size === 0) {
    console.error(`assets: ${from} is missing from node_modules; run 'npm ci' first`);
    process.exit(1);
  }
  if (same(source, target)) {
    // Make compares times: a file that is already right must count as newer than what it was made from.
    utimesSync(target, new Date(), new Date());
  } else {
    copyFileSync(source, target);
    console.log(`assets: ${to}`);
  }
}
