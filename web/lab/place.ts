/* SPDX-License-Identifier: MIT
 *
 * The places of the lab, one at a time on the page. Where one is stands in the address
 * fragment, "#story/3": the name of the place, and behind it what the place itself keeps
 * there. So the back button, a bookmark and a link that is passed on all work, and
 * nothing is stored.
 */
export interface Place {
  name: string;
  /** Fills `host`, which is empty. `rest` is the fragment behind the name, as it came:
   * anything may stand in it. */
  open(host: HTMLElement, rest: string): void;
  /** Ends what goes on: timers, listeners, a fan that is being computed. */
  close(): void;
  /** Goes to another fragment without being opened anew; false: open me anew. */
  turn?(rest: string): boolean;
}
