// SPDX-License-Identifier: MIT
// Time of the engine in WebAssembly per couple and day of the model's time, random numbers
// and events included:
//
//     node engine_wasm.mjs ENGINE.wasm MODEL [COUPLES [DAYS [STEP]]]
//
// Prints what bench/couple_days does: ns of processor time and ns by the clock, the best of
// ROUNDS runs after one that only warms the compiler.
import { readFileSync } from "node:fs";
import { Desk, load } from "../tests/engine.mjs";

const ROUNDS = 5;
const [path, file, couples = 4096, days = 10, step = 0.05] = process.argv.slice(2);
const engine = load(path);
const desk = new Desk(engine.exports);
desk.do("read_model", readFileSync(file, "utf8"));
desk.do("option", "length", String(days));
desk.do("option", "step", String(step));
desk.do("option", "seed", "1");
desk.do("times", Float64Array.of(days));

const best = [Infinity, Infinity];
desk.prepare();
for (let round = 0; round <= ROUNDS; round++) {
    const cpu = process.cpuUsage(), begin = performance.now();
    desk.do("run", 0, Number(couples), 0);
    const { user, system } = process.cpuUsage(cpu);
    const took = [(user + system) * 1e3, (performance.now() - begin) * 1e6];
    if (round) took.forEach((ns, i) => { best[i] = Math.min(best[i], ns / (couples * days)); });
}
console.log(best.map((ns) => ns.toFixed(2)).join(" "));
desk.free();
