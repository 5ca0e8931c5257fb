/* SPDX-License-Identifier: MIT
 *
 * What every section is given: the document, the seat it is told from, and what the page
 * remembers while it is open. Nothing of it outlives the page.
 */
import type { Calm, Report } from "../parts/document.js";
import type { Voice } from "../parts/words.js";

export interface View {
  report: Report;
  voice: Voice;
  calm: Calm;
  sheltered: boolean; /* a yes was given: no loop, no roles, no experiment */
}
