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
  // Boxes and polygons on pictures. The package carries no licence file of its own: it is kept beside this script.
  ["@annotorious/annotorious/dist/annotorious.es.js", "annotorious.js"],
  ["@annotorious/annotorious/dist/annotorious.css", "annotorious.css"],
  ["../scripts/licences/annotorious.txt", "annotorious.LICENSE.txt"],
  // The wave of a recording, and segments drawn on it.
  ["wavesurfer.js/dist/wavesurfer.esm.js", "wavesurfer.js"],
  ["wavesurfer.js/dist/plugins/regions.esm.js", "regions.js"],
  ["wavesurfer.js/LICENSE", "wavesurfer.LICENSE.txt"],
];

// What must read differently here, each exactly once: a package that no longer has it must be looked at again.
const changes = {
  // There is no Node here; and the policy lets a script set styles, but not the attribute.
  "annotorious.js": [
    ["process.env.NODE_ENV", '"production"'],
    ["e.getAttribute(t) !== n && e.setAttribute(t, n)", 'e.getAttribute(t) !== n && (t === "style" ? (e.style.cssText = n) : e.setAttribute(t, n))'],
  ],
  // Our Content-Security-Policy forbids <style>; the desk adopts the same rules as a style sheet object.
  "wavesurfer.js": [['<style${i?` nonce="${i}"`:""}>', "<template data-style>"], ["</style>", "</template>"]],
};

const content = (source, name) => {
  if (!source.endsWith(".js")) return readFileSync(source);
  // A map that is not served would only be asked for in vain.
  let text = readFileSync(source, "utf8").replace(/^\/\/# sourceMappingURL=.*$/gm, "");
  for (const [from, to] of changes[name] ?? []) {
    if (text.split(from).length !== 2) {
      console.error(`assets: ${name} does not hold ${from} once; see whether it still needs the change`);
      process.exit(1);
    }
    text = text.replace(from, () => to);
  }
  return Buffer.from(text);
};
const same = (made, target) => existsSync(target) && made.equals(readFileSync(target));

mkdirSync(vendor, { recursive: true });
for (const [from, to] of assets) {
  const source = join(packages, from);
  const target = join(vendor, to);
  if (!existsSync(source) || statSync(source).size === 0) {
    console.error(`assets: ${from} is missing from node_modules; run 'npm ci' first`);
    process.exit(1);
  }
  const made = content(source, to);
  if (same(made, target)) {
    // Make compares times: a file that is already right must count as newer than what it was made from.
    utimesSync(target, new Date(), new Date());
  } else {
    writeFileSync(target, made);
    console.log(`assets: ${to}`);
  }
}
