/* SPDX-License-Identifier: MIT
 *
 * Builds the pages, of a report, of a simulated couple, of many and the lab: script and style are
 * bundled, minified and put into the template together with a policy that allows exactly
 * these two by their hash. Each is one ASCII file with one token, @@EBB_REPORT@@, for the
 * document.
 *
 *   node build.mjs --out DIR [--modules DIR] [--depfile FILE]
 *
 * writes DIR/report.html, DIR/couple.html, DIR/results.html, DIR/lab.html and DIR/page_asset.c (the same bytes as C
 * arrays), and what they were made from in the form that ninja reads. Modules are looked for in --modules,
 * so that a build leaves the source tree as it found it.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const TOKEN = "@@EBB_REPORT@@";

function options(argv) {
  const found = { out: "build", modules: join(HERE, "node_modules"), language: "en" };
  for (let i = 0; i + 1 < argv.length; i += 2) {
    found[argv[i].replace(/^--/, "")] = argv[i + 1];
  }
  return found;
}

/* Each page: where its script begins, and its array in C. */
const PAGES = [
  { name: "report", entry: "report/main.ts", symbol: "ebb_page_template" },
  { name: "couple", entry: "couple/main.ts", symbol: "ebb_couple_template" },
  { name: "results", entry: "results/main.ts", symbol: "ebb_results_template" },
  { name: "lab", entry: "lab/main.ts", symbol: "ebb_lab_template" },
];

/* Words that all pages say. */
const SHARED =
  /^(leave\..*|page\.skip|table\.all|error\.title|number\.none|notice\.fear|help\.now)$/;

/* What the lab says besides in words of the report, and the tables of its own. */
const LAB_SHARED =
  /^(leave|page\.skip|table\.all|error\.title|number|notice|help|unit|define\.open|person\.self|safety)(\.|$)/;
const LAB_TABLES = ["lab", "lab_story", "lab_own", "quantities"];
const QUANTITIES = "quantities.json"; /* what their numbers mean: of the couple models */
const MODEL_TABLE = "lab_model"; /* what the models' files say in English */
const LANGUAGES = ["en", "de"];

/* A key that stands twice would silently hide a text. */
function readWords(path) {
  const source = readFileSync(join(HERE, "text", path), "utf8");
  const words = Object.entries(JSON.parse(source));
  if (words.length !== [...source.matchAll(/^ {2}"/gm)].length) {
    throw new Error(`${path}: a key stands there twice`);
  }
  return words;
}

/* The report needs no words of the terminal; the other page has a table of its own. */
function pageWords(language, name) {
  const all = readWords(`${language}.json`);
  return Object.fromEntries(
    name === "report"
      ? all.filter(([key]) => !key.startsWith("terminal."))
      : [
          ...all.filter(([key]) => SHARED.test(key)),
          ...(name === "couple" ? readWords(join(language, QUANTITIES)) : []),
          ...readWords(join(language, `${name}.json`)),
        ],
  );
}

/* The lab holds all its languages; a test holds them to the same keys. */
function labWords(language) {
  const shared =
    language === "en"
      ? readWords("en.json").filter(([key]) => LAB_SHARED.test(key))
      : readWords(join(language, "shared.json"));
  const tables = language === "en" ? LAB_TABLES : [...LAB_TABLES, MODEL_TABLE];
  return Object.fromEntries([
    ...shared,
    ...tables.flatMap((table) => readWords(join(language, `${table}.json`))),
  ]);
}

/* What the sources import as "ebb:NAME": words, the lab's languages, its worker. */
function ownPlugin(found) {
  return {
    name: "ebb",
    setup(build) {
      build.onResolve({ filter: /^ebb:/ }, ({ path }) => ({
        path: path.slice("ebb:".length),
        namespace: "ebb",
      }));
      build.onLoad({ filter: /.*/, namespace: "ebb" }, async ({ path }) => ({
        contents: JSON.stringify(await found[path]()),
        loader: "json",
      }));
    },
  };
}

async function bundle(esbuild, modules, entry, words) {
  const workers = [];
  const found = {
    words: () => words,
    languages: () => Object.fromEntries(LANGUAGES.map((l) => [l, labWords(l)])),
    worker: async () => {
      const worker = await bundle(esbuild, modules, "lab/worker.ts", {});
      workers.push(...worker.inputs);
      return worker.script;
    },
  };
  const result = await esbuild.build({
    entryPoints: [join(HERE, entry)],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    absWorkingDir: HERE,
    format: "iife",
    target: "es2021",
    charset: "ascii",
    legalComments: "none",
    outdir: "out",
    nodePaths: [modules],
    logLevel: "warning",
    plugins: [ownPlugin(found)],
  });
  const text = (end) =>
    result.outputFiles.find((file) => file.path.endsWith(end))?.text.trim() ?? "";
  return {
    script: text(".js"),
    style: text(".css"),
    inputs: [...Object.keys(result.metafile.inputs), ...workers],
  };
}

function digest(text) {
  return `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;
}

/* The lab also compiles the engine, and runs it in a worker made of its own script. */
function policy(name, { script, style }) {
  return [
    "default-src 'none'",
    `script-src ${digest(script)}${name === "lab" ? " 'wasm-unsafe-eval'" : ""}`,
    ...(name === "lab" ? ["worker-src blob:"] : []),
    `style-src ${digest(style)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/* HTML text in ASCII. */
function escapeHtml(text) {
  return text
    .replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)
    .replace(/[^\x00-\x7f]/gu, (c) => `&#${c.codePointAt(0)};`);
}

function page(name, parts, words) {
  const holes = {
    CSP: policy(name, parts),
    STYLE: parts.style,
    SCRIPT: parts.script,
    NOSCRIPT_TITLE: escapeHtml(words["noscript.title"]),
    NOSCRIPT_WORDS: escapeHtml(words["noscript.words"]),
    NOSCRIPT_NOTICE: escapeHtml(words["notice.fear"]),
    NOSCRIPT_HELP: escapeHtml(words["help.now"]),
    NOSCRIPT_NOT: escapeHtml(words["paper.not"]),
  };
  const template = readFileSync(join(HERE, "report", "template.html"), "utf8");
  return template.replace(/@@([A-Z_]+)@@/g, (whole, name) => holes[name] ?? whole);
}

function check(html, parts) {
  const problems = [];
  if (html.split(TOKEN).length !== 2)
    problems.push(`the token ${TOKEN} must occur once`);
  if (/[^\x00-\x7f]/.test(html)) problems.push("the page must be ASCII");
  if (/<\/script/i.test(parts.script) || /<!--/.test(parts.script))
    problems.push("the script ends itself");
  if (/<\/style/i.test(parts.style)) problems.push("the style ends itself");
  if (problems.length > 0) {
    throw new Error(problems.join("; "));
  }
}

function cArray(symbol, html) {
  const bytes = Buffer.from(html, "ascii");
  const lines = [];
  for (let i = 0; i < bytes.length; i += 24) {
    lines.push(`    ${[...bytes.subarray(i, i + 24)].join(",")},`);
  }
  return [
    `const char ${symbol}[] = {`,
    ...lines,
    "    0};",
    "",
    `const size_t ${symbol}_size = ${bytes.length};`,
    "",
  ].join("\n");
}

/* Everything read, one rule: a change of any of it makes the pages anew. */
function dependencies(out, inputs, language) {
  const own = inputs
    .filter((path) => !path.includes(":"))
    .map((path) => resolve(HERE, path));
  const others = [
    join(HERE, "report", "template.html"),
    join(HERE, "text", `${language}.json`),
    join(HERE, "text", language, "couple.json"),
    join(HERE, "text", language, QUANTITIES),
    join(HERE, "text", language, "results.json"),
    join(HERE, "text", "de", "shared.json"),
    ...LANGUAGES.flatMap((l) =>
      LAB_TABLES.map((table) => join(HERE, "text", l, `${table}.json`)),
    ),
  ];
  const all = [...new Set([...own, ...others])];
  const escaped = all.map((path) => path.replace(/ /g, "\\ "));
  return `${join(out, "report.html")}: ${escaped.join(" ")}\n`;
}

const { out, modules, language, depfile } = options(process.argv.slice(2));
const esbuild = createRequire(join(resolve(modules), "from.js"))("esbuild");
const arrays = [];
const inputs = [];
mkdirSync(out, { recursive: true });
for (const { name, entry, symbol } of PAGES) {
  const words = name === "lab" ? labWords(language) : pageWords(language, name);
  const parts = await bundle(esbuild, resolve(modules), entry, name === "lab" ? {} : words);
  const html = page(name, parts, words);
  check(html, parts);
  writeFileSync(join(out, `${name}.html`), html);
  arrays.push(cArray(symbol, html));
  inputs.push(...parts.inputs);
}
writeFileSync(
  join(out, "page_asset.c"),
  [
    "/* Made by web/tools/build.mjs from web/; do not edit. */",
    '#include "report/page_asset.h"',
    "",
    ...arrays,
  ].join("\n"),
);
if (depfile) {
  writeFileSync(depfile, dependencies(out, inputs, language));
}
