/* SPDX-License-Identifier: MIT
 *
 * The document of the lab: the engine and the texts that ship, as the program wrote them.
 */
import type { Help } from "../parts/document.js";

export interface Library {
  schema: string;
  version: number;
  help: Help[];
  models: { name: string; text: string; file: string }[];
  scenarios: { label: string; file: string }[]; /* files, each with one or more */
  engine: string; /* the WebAssembly module, base64 */
}

/** Reads the document out of the page. Throws when it is not one this page can show. */
export function readLibrary(source: Document): Library {
  const holder = source.getElementById("report");
  const library = JSON.parse(holder?.textContent ?? "") as Library;
  if (library.schema !== "ebb/lab" || library.version !== 1) {
    throw new Error("not an ebb/lab document of version 1");
  }
  return library;
}

export function bytesOf(base64: string): Uint8Array {
  const letters = atob(base64);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) {
    bytes[i] = letters.charCodeAt(i);
  }
  return bytes;
}
