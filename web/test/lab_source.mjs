/* SPDX-License-Identifier: MIT
 *
 * Sources of the lab in node: bundled as the page has them, with the engine that lies in
 * the page. For what needs no browser.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const WEB = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const MODULES = resolve(process.env.EBB_WEB_MODULES ?? join(WEB, "node_modules"));

/* Words in node: of one language, as the page's first table. */
function words(table) {
  return {
    name: "words",
    setup(build) {
      build.onResolve({ filter: /^ebb:/ }, ({ path }) => ({ path, namespace: "ebb" }));
      build.onLoad({ filter: /.*/, namespace: "ebb" }, ({ path }) => ({
        contents: path === "ebb:words" ? JSON.stringify(table) : '""',
        loader: "json",
      }));
      build.onLoad({ filter: /\.css$/ }, () => ({ contents: "", loader: "js" }));
    },
  };
}

/** What the modules export together; `from` are paths within web/lab. */
export async function load(from, table = {}) {
  const esbuild = createRequire(join(MODULES, "from.js"))("esbuild");
  const result = await esbuild.build({
    stdin: {
      contents: from.map((path) => `export * from "./${path}";`).join("\n"),
      resolveDir: join(WEB, "lab"),
    },
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    logLevel: "error",
    nodePaths: [MODULES],
    plugins: [words(table)],
  });
  const code = Buffer.from(result.outputFiles[0].text).toString("base64");
  return import(`data:text/javascript;base64,${code}`);
}

/** The document within a page of the lab. */
export function libraryOf(path) {
  const html = readFileSync(path, "utf8");
  return JSON.parse(
    /<script type="application\/json" id="report">([^]*?)<\/script>/.exec(html)[1],
  );
}

/** The engine within a page of the lab. */
export async function engineOf(path) {
  const { loadEngine } = await load(["engine.js"]);
  const library = libraryOf(path);
  return loadEngine(Buffer.from(library.engine, "base64"), library);
}
