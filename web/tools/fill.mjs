/* SPDX-License-Identifier: MIT
 *
 * Puts a report document into the page, as the program does: `<` and the two line
 * separators of JavaScript are escaped, so that nothing in a document can end its frame.
 *
 *   node fill.mjs TEMPLATE.html REPORT.json PAGE.html
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const TOKEN = "@@EBB_REPORT@@";

export function fill(template, json) {
  const safe = json.replace(
    /[<\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  const [before, after] = template.split(TOKEN);
  return before + safe + after;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [template, json, page] = process.argv.slice(2);
  writeFileSync(page, fill(readFileSync(template, "utf8"), readFileSync(json, "utf8")));
}
