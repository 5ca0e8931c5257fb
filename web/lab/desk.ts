/* SPDX-License-Identifier: MIT
 *
 * A desk of the WebAssembly engine: include/ebb/engine.h. Texts and arrays go in as
 * pointer and length; what goes wrong is thrown with the engine's own sentence.
 */

type Call = (...args: number[]) => number;

export interface Exports {
  memory: WebAssembly.Memory;
  [name: string]: unknown;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** What the engine refused, and why. For a model or a scenario the sentence is its
 * report: each error with place, line and caret. */
export class Refusal extends Error {
  constructor(
    readonly code: number,
    words: string,
  ) {
    super(words);
  }
}

export interface Prepared {
  method: string;
  engine: string;
  length: number;
  times: number;
  outputs: string[];
  expects: number;
}

export interface Failed {
  failed: number;
  first: number | null;
  why: string | null;
}

export class Desk {
  private readonly desk: number;

  constructor(private readonly exports: Exports) {
    this.desk = this.call("ebb_desk_new");
  }

  private call(name: string, ...args: number[]): number {
    return (this.exports[name] as Call)(...args);
  }

  free(): void {
    this.call("ebb_desk_free", this.desk);
  }

  private reply(): string {
    const at = this.call("ebb_desk_reply", this.desk) >>> 0;
    const size = this.call("ebb_desk_reply_size", this.desk) >>> 0;
    return decoder.decode(new Uint8Array(this.exports.memory.buffer, at, size));
  }

  private room(size: number): number {
    const at = this.call("ebb_room_new", size) >>> 0;
    if (at === 0) {
      throw new Refusal(0, "not enough memory");
    }
    return at;
  }

  /** Calls ebb_desk_NAME and returns its reply. */
  do(name: string, ...args: (number | string | Float64Array)[]): string {
    const rooms: [number, number][] = [];
    const passed: number[] = [];
    for (const arg of args) {
      if (typeof arg === "number") {
        passed.push(arg);
        continue;
      }
      const bytes =
        typeof arg === "string"
          ? encoder.encode(arg)
          : new Uint8Array(arg.buffer, arg.byteOffset, arg.byteLength);
      const at = this.room(bytes.length);
      new Uint8Array(this.exports.memory.buffer, at, bytes.length).set(bytes);
      rooms.push([at, bytes.length]);
      passed.push(at, typeof arg === "string" ? bytes.length : arg.length);
    }
    const code = this.call(`ebb_desk_${name}`, this.desk, ...passed);
    rooms.forEach(([at, size]) => this.call("ebb_room_free", at, size));
    if (code !== 0) {
      throw new Refusal(code, this.reply());
    }
    return this.reply();
  }

  /** Lends numbers to `act` as a pointer. */
  lend<T>(numbers: Float64Array, act: (at: number) => T): T {
    const at = this.room(8 * numbers.length);
    try {
      new Float64Array(this.exports.memory.buffer, at, numbers.length).set(numbers);
      return act(at);
    } finally {
      this.call("ebb_room_free", at, 8 * numbers.length);
    }
  }

  /** Calls a function that writes `count` numbers to its last argument. */
  numbers(
    count: number,
    name: string,
    ...args: (number | string)[]
  ): { values: Float64Array; said: string } {
    const at = this.room(8 * count);
    try {
      const said = this.do(name, ...args, at);
      const values = new Float64Array(this.exports.memory.buffer, at, count).slice();
      return { values, said };
    } finally {
      this.call("ebb_room_free", at, 8 * count);
    }
  }
}
