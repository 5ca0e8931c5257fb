/* SPDX-License-Identifier: MIT
 *
 * The lab without building the program: the document as src/report/page_lab.c writes it,
 * without lines of help, put into the page.
 *
 *   node fill_lab.mjs LAB_TEMPLATE.html ENGINE.wasm LAB.html
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { fill } from "./fill.mjs";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

function texts(folder) {
  return readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith(".ebb"))
    .sort()
    .map((name) => [
      name.replace(/\.ebb$/, ""),
      readFileSync(join(ROOT, folder, name), "utf8"),
    ]);
}

const [template, engine, page] = process.argv.slice(2);
const document = {
  schema: "ebb/lab",
  version: 1,
  help: [],
  models: texts("models").map(([name, file]) => ({
    name,
    text: /^model\s+\w+\s+"([^"]*)"/m.exec(file)[1],
    file,
  })),
  scenarios: texts("scenarios").map(([label, file]) => ({ label, file })),
  engine: readFileSync(engine).toString("base64"),
};
writeFileSync(page, fill(readFileSync(template, "utf8"), JSON.stringify(document)));
