/* SPDX-License-Identifier: MIT
 *
 * What of a long table is shown: by words that stand in a row and by its verdicts. Rows
 * that are left out are hidden, on paper too, where the controls are not.
 */
import { freshId, h } from "../parts/dom.js";
import { text } from "../parts/words.js";

/** A verdict to choose by: the words of each row, in the order of rows. */
export interface Sieve {
  label: string;
  values: string[];
}

function chooser(sieve: Sieve, change: () => void): { box: HTMLElement; select: HTMLSelectElement } {
  const id = freshId("sieve");
  const all = h("option", { value: "" }, text("filter.all"));
  const options = [...new Set(sieve.values)].map((value) => h("option", { value }, value));
  const select = h("select", { id, change }, all, options);
  return { box: h("div", {}, h("label", { for: id }, sieve.label), select), select };
}

/** The controls over `rows`, and a line that says how many are shown. */
export function filterOver(rows: HTMLElement[], sieves: Sieve[]): HTMLElement {
  const id = freshId("search");
  const said = h("p", { class: "small", role: "status" });
  const texts = rows.map((row) => (row.textContent ?? "").toLowerCase());
  const search = h("input", { id, type: "search", autocomplete: "off", input: () => apply() });
  const choosers = sieves.map((sieve) => chooser(sieve, () => apply()));
  const apply = (): void => {
    const words = search.value.toLowerCase().split(/\s+/);
    rows.forEach((row, i) => {
      row.hidden = !(
        words.every((word) => texts[i]?.includes(word)) &&
        sieves.every((sieve, k) => ["", sieve.values[i]].includes(choosers[k]?.select.value))
      );
    });
    said.textContent = text("filter.shown", {
      n: String(rows.filter((row) => !row.hidden).length),
      all: String(rows.length),
    });
  };
  apply();
  return h(
    "div",
    {},
    h(
      "div",
      { class: "filter screen-only", role: "search" },
      h("div", {}, h("label", { for: id }, text("filter.search")), search),
      choosers.map((chosen) => chosen.box),
    ),
    said,
  );
}

/** A table whose rows stand below each other on a narrow screen, each cell under the
 * heading of its column, and is a table all the same for who hears it. */
export function stackable(frame: HTMLElement): HTMLTableRowElement[] {
  frame.classList.add("stack");
  const heads = [...frame.querySelectorAll("thead th")].map((head) => head.textContent ?? "");
  const role = (selector: string, name: string): void =>
    frame.querySelectorAll(selector).forEach((e) => e.setAttribute("role", name));
  role("table", "table");
  role("thead, tbody", "rowgroup");
  role("tr", "row");
  role("thead th", "columnheader");
  role("tbody th", "rowheader");
  role("td", "cell");
  const rows = [...frame.querySelectorAll<HTMLTableRowElement>("tbody tr")];
  rows.forEach((row) =>
    [...row.children].forEach((cell, i) => cell.setAttribute("data-head", heads[i] ?? "")),
  );
  return rows;
}
