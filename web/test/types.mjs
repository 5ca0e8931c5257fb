/* SPDX-License-Identifier: MIT
 *
 * Checks the types of the page strictly, with packages from the build folder.
 *
 *   node types.mjs BUILD_DIR
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const web = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const out = resolve(process.argv[2] ?? join(web, "build"));
const modules = process.env.EBB_WEB_MODULES ?? join(web, "node_modules");
const config = join(out, "types", "tsconfig.json");
mkdirSync(dirname(config), { recursive: true });
writeFileSync(
  config,
  JSON.stringify({
    extends: join(web, "tsconfig.json"),
    compilerOptions: { paths: { uplot: [join(modules, "uplot")] } },
    include: ["parts", "report", "couple", "results", "lab"].map((dir) => join(web, dir)),
  }),
);
const tsc = join(modules, "typescript", "bin", "tsc");
const { status, stdout } = spawnSync(
  process.execPath,
  [tsc, "--noEmit", "-p", config],
  { encoding: "utf8" },
);
process.stdout.write(stdout);
console.log(status === 0 ? "1 passed, 0 failed" : "0 passed, 1 failed");
process.exit(status === 0 ? 0 : 1);
