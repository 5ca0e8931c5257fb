// SPDX-License-Identifier: MIT
// The functions of src/math in WebAssembly and natively: the same bits.
//   node lanes_wasm.mjs MODULE... -- TEST_LANES
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const program = process.argv.at(-1);
const modules = process.argv.slice(2, process.argv.indexOf("--"));
const native = execFileSync(program, ["--digests"], { encoding: "utf8" })
    .trim().split("\n").map((line) => line.split(" "));
let passed = 0, failed = 0;
const check = (holds, what) => {
    passed += holds;
    failed += !holds;
    if (!holds) console.error(`failed: ${what}`);
};

for (const path of modules) {
    const module = new WebAssembly.Module(readFileSync(path));
    check(WebAssembly.Module.imports(module).length === 0, `${path} imports something`);
    const { digest } = new WebAssembly.Instance(module).exports;
    check(native.length > 0 && digest(native.length) === 0n, "as many functions");
    native.forEach(([name, wanted], i) => {
        const got = "0x" + BigInt.asUintN(64, digest(i)).toString(16).padStart(16, "0");
        check(got === wanted, `${path} ${name}: ${got}, natively ${wanted}`);
    });
}
console.log(`lanes_wasm: ${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
