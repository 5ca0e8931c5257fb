/* SPDX-License-Identifier: MIT
 *
 * Installs the packages of package-lock.json into a folder of the build, so that the
 * source tree stays as it is. Scripts of packages are not run.
 *
 *   node install.mjs SOURCE DIR STAMP prod|dev
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [source, dir, stamp, kind] = process.argv.slice(2);
mkdirSync(dir, { recursive: true });
for (const file of ["package.json", "package-lock.json", ".npmrc"]) {
  copyFileSync(join(source, file), join(dir, file));
}
const args = [
  "ci",
  "--ignore-scripts",
  "--no-audit",
  "--no-fund",
  ...(kind === "dev" ? [] : ["--omit=dev"]),
];
const { status, stdout, stderr, error } = spawnSync("npm", args, {
  cwd: dir,
  encoding: "utf8",
});
if (status !== 0) {
  process.stderr.write(
    `${stdout ?? ""}${stderr ?? ""}${error ?? ""}\nnpm could not install the packages of web/package-lock.json\n`,
  );
  process.exit(1);
}
writeFileSync(stamp, `${kind}\n`);
