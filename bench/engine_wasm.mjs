// SPDX-License-Identifier: MIT
// Time of the engine in WebAssembly per couple and step, random numbers and events
// included:
//
//     node engine_wasm.mjs ENGINE.wasm MODEL [COUPLES [DAYS [STEP]]]
//
// Prints a line as bench/couple_days does: ns of processor time, the best of ROUNDS runs
// after one that only warms the compiler; and the size of the module.
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

let best = Infinity;
for (let round = 0; round <= ROUNDS; round++) {
    const { method } = desk.prepare();
    const begin = process.cpuUsage().user;
    desk.do("run", 0, Number(couples), 0);
    const seconds = (process.cpuUsage().user - begin) / 1e6;
    best = round && seconds < best ? seconds : best;
    if (round === ROUNDS) {
        const each = best * 1e9 / (couples * days);
        console.log(`${couples} couples, ${days} days, ${method}: ${best.toFixed(3)} s, ` +
            `${each.toFixed(1)} ns a couple-day, ${(each * step).toFixed(1)} ns a step; ` +
            `the module has ${engine.size} bytes`);
    }
}
desk.free();
