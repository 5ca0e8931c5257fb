/* SPDX-License-Identifier: MIT
 *
 * What can be said of the built file without a browser.
 */
import { readFileSync, readdirSync, statSync } from "node:fs";
import { createHash } from "node:crypto";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { check, same } from "./harness.mjs";

const WEB = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const TEMPLATE_BUDGET = 250_000;
const PAGE_BUDGET = 1_500_000;

function sources() {
  return ["parts", "report"].flatMap((dir) =>
    readdirSync(join(WEB, dir))
      .sort()
      .map((name) => join(WEB, dir, name)),
  );
}

function words() {
  return JSON.parse(readFileSync(join(WEB, "text", "en.json"), "utf8"));
}

/* Keys whose words belong to other renderers or are chosen by a code in the document. */
const FOREIGN =
  /^(terminal|verdict|reasons|experiments|help\.kind|data\.certainty|data\.date_order)\./;

export const tests = {
  "file: within the size budget": ({ template, pages }) => {
    check(
      statSync(template).size < TEMPLATE_BUDGET,
      `template has ${statSync(template).size} bytes`,
    );
    for (const [name, path] of Object.entries(pages)) {
      check(
        statSync(path).size <= PAGE_BUDGET,
        `${name} has ${statSync(path).size} bytes`,
      );
    }
  },

  "file: ASCII, one token, no address to fetch from": ({ template }) => {
    const html = readFileSync(template, "utf8");
    check(!/[^\x00-\x7f]/.test(html), "not ASCII");
    same(html.split("@@").length, 3, "pieces between @@");
    const addresses = html.match(/https?:\/\/[^"'`\s)]+/g) ?? [];
    same(
      addresses.filter((a) => !a.startsWith("http://www.w3.org/")).join(" "),
      "",
      "addresses",
    );
  },

  "file: no innerHTML and the like": ({ template }) => {
    const html = readFileSync(template, "utf8");
    const found = html.match(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|localStorage|sessionStorage|indexedDB|\.cookie/g,
    );
    same((found ?? []).join(" "), "", "forbidden calls");
  },

  "file: the policy names script and style by hash": ({ template }) => {
    const html = readFileSync(template, "utf8");
    const policy = /content="(default-src[^"]*)"/.exec(html)?.[1] ?? "";
    check(policy.startsWith("default-src 'none';"), policy);
    check(!policy.includes("unsafe"), policy);
    const script = /<script>([^]*?)<\/script>/.exec(html)?.[1] ?? "";
    check(
      policy.includes(createHash("sha256").update(script).digest("base64")),
      "hash of the script",
    );
  },

  "file: every word is used and every used word exists": () => {
    const code = sources()
      .filter((path) => path.endsWith(".ts"))
      .map((path) => readFileSync(path, "utf8"))
      .join("\n");
    const build = readFileSync(join(WEB, "tools", "build.mjs"), "utf8");
    const stems = [...code.matchAll(/`([a-z_.]*)\$\{/g)]
      .map((m) => m[1])
      .filter((stem) => stem.includes("."));
    const literal = new Set(
      [...(code + build).matchAll(/["'`]([a-z_]+(?:\.[a-z_0-9]+)+)["'`]/g)].map(
        (m) => m[1],
      ),
    );
    const table = words();
    const bare = (key) =>
      key
        .replace(/\.(you|you_s|you_o|one|other|term|few|none)$/g, "")
        .replace(/\.(one|other)$/, "");
    const unused = Object.keys(table).filter(
      (key) =>
        !FOREIGN.test(key) &&
        !literal.has(key) &&
        !literal.has(bare(key)) &&
        !stems.some((stem) => key.startsWith(stem)),
    );
    same(unused.join(" "), "", "words that nothing shows");
    const missing = [...literal].filter(
      (key) =>
        /^(arm|cannot|course|data|define|episode|experiment|guess|inside|limits|loop|methods|notice|paper|page|scale|strengths)\./.test(
          key,
        ) &&
        !(key in table) &&
        !Object.keys(table).some((known) => known.startsWith(`${key}.`)),
    );
    same(
      missing.filter((key) => !/\.(js|css|ts)$/.test(key)).join(" "),
      "",
      "words that do not exist",
    );
  },

  "file: words are sorted, and each seat fills the same holes": () => {
    const table = words();
    const keys = Object.keys(table);
    same(keys.join(), [...keys].sort().join(), "order of keys");
    const holes = (text) => new Set(text.match(/\{[a-z_0-9]+\}/g) ?? []);
    for (const key of keys.filter((k) => /\.(you|you_s|you_o)$/.test(k))) {
      const base = table[key.replace(/\.(you|you_s|you_o)$/, "")];
      check(base !== undefined, `${key} has no telling for both`);
      const known = holes(base);
      for (const hole of holes(table[key])) {
        check(
          known.has(hole),
          `${key} fills ${hole}, which its sentence for both does not`,
        );
      }
    }
  },

  "file: no judging or diagnosing words": () => {
    const banned =
      /\b(anxious|avoidant|needy|clingy|toxic|narciss\w*|score|dysfunction\w*|abnormal|sex\w*|guilty|fault)\b/i;
    for (const [key, text] of Object.entries(words())) {
      check(!banned.test(text), `${key}: ${text}`);
    }
  },
};
