/* SPDX-License-Identifier: MIT
 *
 * Numbers as the program writes them into tables: the first of 15, 16 and 17 digits that
 * reads back to the same number, in the notation of C's %g.
 */
import type { Result } from "./engine.js";

function notation(value: number, digits: number): string {
  const [mantissa = "0", power = "+0"] = value.toExponential(digits - 1).split("e");
  const exponent = Number(power);
  const bare = (s: string): string =>
    s.includes(".") ? s.replace(/0+$/, "").replace(/\.$/, "") : s;
  if (exponent < -4 || exponent >= digits) {
    const size = String(Math.abs(exponent)).padStart(2, "0");
    return `${bare(mantissa)}e${exponent < 0 ? "-" : "+"}${size}`;
  }
  return bare(value.toFixed(Math.max(0, digits - 1 - exponent)));
}

/** A number in a table; "" where there is none. */
export function tableNumber(value: number): string {
  if (!Number.isFinite(value)) {
    return "";
  }
  if (value === 0) {
    return Object.is(value, -0) ? "-0" : "0";
  }
  const least = Math.abs(value) < 2.2250738585072014e-308 ? 1 : 15;
  for (let digits = least; digits < 17; digits++) {
    if (Number(value.toPrecision(digits)) === value) {
      return notation(value, digits);
    }
  }
  return notation(value, 17);
}

/** All numbers of a result, as `ebb simulate --format csv` writes them. */
export function tableText(result: Result): string {
  const rows: string[] = [`couple,time,${result.outputs.join(",")}`];
  const width = result.outputs.length;
  for (let c = 0; c < result.couples; c++) {
    for (let t = 0; t < result.times.length; t++) {
      const from = (c * result.times.length + t) * width;
      const cells = Array.from(result.values.subarray(from, from + width), tableNumber);
      rows.push(`${c},${tableNumber(result.times[t] ?? 0)},${cells.join(",")}`);
    }
  }
  return `${rows.join("\n")}\n`;
}
