// SPDX-License-Identifier: MIT
// The WebAssembly engine in few lines, for tests and benchmarks: include/ebb/engine.h.
import { readFileSync } from "node:fs";

const encoder = new TextEncoder(), decoder = new TextDecoder();

export function load(path) {
    const bytes = readFileSync(path);
    const module = new WebAssembly.Module(bytes);
    return { module, size: bytes.length, exports: new WebAssembly.Instance(module, {}).exports };
}

export class Desk {
    constructor(exports) {
        this.e = exports;
        this.desk = exports.ebb_desk_new();
    }

    free() {
        this.e.ebb_desk_free(this.desk);
    }

    reply() {
        const at = this.e.ebb_desk_reply(this.desk), size = this.e.ebb_desk_reply_size(this.desk);
        return decoder.decode(new Uint8Array(this.e.memory.buffer, at, size));
    }

    // Calls ebb_desk_NAME with texts and arrays of numbers as pointer and length; what is
    // not 0 is thrown with its sentence.
    do(name, ...args) {
        const rooms = [], passed = [];
        for (const arg of args) {
            if (typeof arg === "number") {
                passed.push(arg);
                continue;
            }
            const bytes = typeof arg === "string" ? encoder.encode(arg) : new Uint8Array(arg.buffer);
            const at = this.e.ebb_room_new(bytes.length);
            new Uint8Array(this.e.memory.buffer, at, bytes.length).set(bytes);
            rooms.push([at, bytes.length]);
            passed.push(at, arg.length === undefined || typeof arg === "string" ? bytes.length : arg.length);
        }
        const code = this.e["ebb_desk_" + name](this.desk, ...passed);
        for (const room of rooms) this.e.ebb_room_free(...room);
        if (code) throw Object.assign(new Error(this.reply()), { code });
        return this.reply();
    }

    describe() {
        return JSON.parse(this.do("describe"));
    }

    // What is prepared: also says how many numbers a couple writes.
    prepare(quantiles = 0) {
        this.run = JSON.parse(this.do("prepare", quantiles));
        this.each = this.run.times * this.run.outputs.length;
        return this.run;
    }

    // Calls a function that writes `count` doubles to its last argument.
    numbers(count, name, ...args) {
        const at = this.e.ebb_room_new(8 * count);
        const said = this.do(name, ...args, at);
        const values = new Float64Array(this.e.memory.buffer, at, count).slice();
        this.e.ebb_room_free(at, 8 * count);
        return { values, said };
    }

    couples(begin, end) {
        return this.numbers((end - begin) * this.each, "run", begin, end).values;
    }

    totals() {
        return this.numbers(5 * this.each, "totals").values;
    }
}
