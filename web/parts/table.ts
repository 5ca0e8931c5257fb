/* SPDX-License-Identifier: MIT
 *
 * Tables: the readable twin of every chart. Wide ones scroll inside their own frame, so
 * that the page never does.
 */
import { h, type Child } from "./dom.js";
import { text } from "./words.js";

export interface Column {
  head: Child;
  numeric?: boolean;
}

/** A table with a caption; the first cell of each row is its heading. */
export function table(
  caption: string,
  columns: Column[],
  rows: Child[][],
): HTMLElement {
  const head = columns.map((c) =>
    h("th", { scope: "col", class: c.numeric ? "number" : null }, c.head),
  );
  const body = rows.map((row) =>
    h(
      "tr",
      {},
      row.map((cell, i) =>
        i === 0
          ? h("th", { scope: "row" }, cell)
          : h("td", { class: columns[i]?.numeric ? "number" : null }, cell),
      ),
    ),
  );
  return h(
    "div",
    { class: "table-frame", tabindex: "0", role: "region", "aria-label": caption },
    h(
      "table",
      {},
      h("caption", {}, caption),
      h("thead", {}, h("tr", {}, head)),
      h("tbody", {}, body),
    ),
  );
}

const FIRST_ROWS = 60;

/** A long table: the first rows at once, the rest on demand. */
export function longTable(
  caption: string,
  columns: Column[],
  rows: Child[][],
): HTMLElement {
  if (rows.length <= FIRST_ROWS) {
    return table(caption, columns, rows);
  }
  const holder = h("div", {}, table(caption, columns, rows.slice(0, FIRST_ROWS)));
  const more = h(
    "button",
    {
      type: "button",
      class: "plain",
      click: () => holder.replaceChildren(table(caption, columns, rows)),
    },
    text("table.all", { n: String(rows.length) }),
  );
  holder.append(more);
  return holder;
}
