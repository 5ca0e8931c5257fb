// SPDX-License-Identifier: MIT
// The digests of tests/bits.tsv out of WebAssembly, by the recipe of tests/bits.h; what the
// desk says of each model, as natively; and the module itself: it imports nothing, shows
// what include/ebb/engine.h declares and the memory, and stays below its size.
//
//     node bits_wasm.mjs ENGINE.wasm ROOT TEST_BITS
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { Desk, load } from "./engine.mjs";

const COUPLES = 67, TIMES = 5, BYTES_MOST = 400_000;
const [path, root, program] = process.argv.slice(2);
const engine = load(path);
let passed = 0, failed = 0;
const check = (holds, what) => {
    passed += holds;
    failed += !holds;
    if (!holds) console.error(`failed: ${what}`);
};

// --- the module

function checkModule() {
    const shown = WebAssembly.Module.exports(engine.module).map(({ name }) => name).sort();
    const declared = readFileSync(`${root}/include/ebb/engine.h`, "utf8")
        .replace(/\/\*[^]*?\*\//g, "").match(/\bebb_\w+(?=\()/g);
    const imports = WebAssembly.Module.imports(engine.module).map(({ name }) => name);
    check(imports.length === 0, `the module imports ${imports}`);
    check(String(shown) === String([...declared, "memory"].sort()),
        `the module shows ${shown}, the header declares ${declared}`);
    check(engine.size < BYTES_MOST, `the module has ${engine.size} bytes`);
}

// --- digests

const mix = (digest, word) => {
    const mixed = BigInt.asUintN(64, (digest ^ word) * 0x100000001b3n);
    return mixed ^ (mixed >> 29n);
};
const BEGIN = 0xcbf29ce484222325n;

function mixNumbers(digest, values) {
    const words = new BigUint64Array(values.buffer, values.byteOffset, values.length);
    for (let k = 0; k < values.length; k++) {
        digest = mix(digest, Number.isNaN(values[k]) ? 0x7ff8000000000000n : words[k]);
    }
    return digest;
}

function mixText(digest, text) {
    for (const byte of new TextEncoder().encode(text)) digest = mix(digest, BigInt(byte));
    return digest;
}

// --- runs

// The module's native code where there is some, narrower blocks of it, and the interpreter.
const CHOICES = [[], [["lanes", "8"]], [["engine", "interpreter"]]];

function start({ low, high }, k) {
    const from = low ?? (high === null ? -1 : high - 1);
    const to = high ?? from + 2;
    return from + (to - from) * ((k + 1) / 24);
}

function vary(desk, model, scenario) {
    const each = (list, value) => list.forEach((scalar, i) => desk.do("vary", scalar.name,
        Float64Array.from({ length: COUPLES }, (_, c) => start(scalar, value(c, i) % 23))));
    each(model.states, (c, i) => 7 * c + 3 * i);
    if (scenario === "-") each(model.traits, (c, i) => 5 * c + 2 * i);
}

function prepare(desk, model) {
    let length;
    try {
        length = desk.prepare().length;
    } catch {
        length = model.steps ? 24 : 3;
        desk.do("option", "length", String(length));
    }
    const times = Float64Array.from({ length: TIMES }, (_, k) => length * k / (TIMES - 1));
    desk.do("option", "step", String(length / 200));
    desk.do("times", model.steps ? times.map(Math.floor) : times);
    desk.prepare(1);
}

// Mean, quantile and so on of each output at each time, side by side as in bits.h.
function mixTotals(digest, desk) {
    const totals = desk.totals(), quantiles = desk.numbers(desk.each, "quantile", 0.3).values;
    for (let k = 0; k < desk.each; k++) {
        digest = mixNumbers(digest, totals.slice(5 * k, 5 * k + 5));
        digest = mixNumbers(digest, quantiles.slice(k, k + 1));
    }
    for (const { kept } of JSON.parse(desk.do("verdicts"))) digest = mix(digest, BigInt(kept));
    return digest;
}

function runDigest(desk, model, file, scenario, method, choice) {
    if (scenario !== "-") desk.do("read_scenario", file, scenario);
    for (const [name, value] of [["method", method], ["seed", "7"], ["tolerance", "1e-6"], ...choice]) {
        desk.do("option", name, value);
    }
    vary(desk, model, scenario);
    prepare(desk, model);
    // in two pieces, as no result depends on that
    const first = desk.couples(0, 23), rest = desk.couples(23, COUPLES);
    return mixTotals(mixNumbers(mixNumbers(BEGIN, first), rest), desk);
}

function digestOf(name, scenario, method, choice = []) {
    const desk = new Desk(engine.exports);
    try {
        const file = readFileSync(`${root}/${name}`, "utf8");
        desk.do("read_model", file);
        const said = desk.do("describe");
        return method === "describe" ? mixText(BEGIN, said)
            : runDigest(desk, JSON.parse(said), file, scenario, method, choice);
    } finally {
        desk.free();
    }
}

// --- what is wrong comes back as a sentence

function caught(action) {
    try {
        action();
        return "";
    } catch (error) {
        return error.message;
    }
}

function refusal(desk, ...call) {
    return caught(() => desk.do(...call));
}

function checkRefusals() {
    const desk = new Desk(engine.exports);
    check(refusal(desk, "describe") === "no model has been read", "no model");
    check(/^model:3:\d+: error: /.test(refusal(desk, "read_model",
        'model m "x"\ntime day\nstate x = y\nd x = 1\n')), "a report with its place");
    desk.do("read_model", 'model m "ü"\ntime day\nparam g = 1 in [0, 2]\nstate x = 0\nd x = g\n');
    check(desk.describe().text === "ü", "text beyond ASCII");
    check(/did you mean `g`|has no|no .*`gg`/.test(refusal(desk, "set", "gg", 1)), "a name");
    check(refusal(desk, "set", "g", 3) === "`g` is 3; it may be from 0 to 2", "a range");
    check(refusal(desk, "option", "stp", "1") ===
        "there is no option `stp`; did you mean `step`?", "an option");
    check(/no run is prepared/.test(refusal(desk, "run", 0, 1, 0)), "no run");
    desk.free();
}

checkModule();
checkRefusals();
const table = readFileSync(`${root}/tests/bits.tsv`, "utf8");
const described = execFileSync(program, [root, "--describe"], { encoding: "utf8" });
const rows = (table + described).trim().split("\n").map((line) => line.split("\t"));
check(rows.length > 100, "a table");
const gated = "tests/lang/good/scenario.ebb afraid"; // declares facts: the desk does not run it
for (const [name, scenario, method, wanted] of rows) {
    if (`${name} ${scenario}` === gated) {
        check(/declares facts/.test(caught(() => digestOf(name, scenario, method))), gated);
        continue;
    }
    for (const choice of method === "describe" ? [[]] : CHOICES) {
        const got = "0x" + digestOf(name, scenario, method, choice).toString(16).padStart(16, "0");
        check(got === wanted, `${name} ${scenario} ${method} ${choice}: ${got}, wanted ${wanted}`);
    }
}
console.log(`bits_wasm: ${passed} passed, ${failed} failed (${engine.size} bytes)`);
process.exit(failed ? 1 : 0);
