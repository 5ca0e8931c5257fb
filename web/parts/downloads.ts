/* SPDX-License-Identifier: MIT
 *
 * Downloads made in the page from the document it holds; nothing is fetched or sent.
 */
import type { Report } from "./document.js";
import { h } from "./dom.js";

/** Offers a file, made here, to be saved. */
export function save(name: string, type: string, content: BlobPart): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = h("a", { href: address, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** The weeks as CSV: one row a week, empty where a number is missing. */
export function weeksCsv(report: Report): string {
  const { weeks } = report;
  const columns: [string, (string | number | null)[]][] = [
    ["week_begin", weeks.begin.map((wall) => wall.slice(0, 10))],
  ];
  (["messages", "turns", "followups", "reply_minutes"] as const).forEach((name) => {
    columns.push([`${name}_a`, weeks[name][0]], [`${name}_b`, weeks[name][1]]);
  });
  columns.push(["longest_silence_h", weeks.longest_silence_h]);
  const rows = weeks.begin.map((_, i) =>
    columns.map(([, column]) => column[i] ?? "").join(","),
  );
  return `${[columns.map(([name]) => name).join(","), ...rows].join("\r\n")}\r\n`;
}

export function saveJson(report: Report): void {
  save("ebb-report.json", "application/json", `${JSON.stringify(report)}\n`);
}

export function saveCsv(report: Report): void {
  save("ebb-weeks.csv", "text/csv", weeksCsv(report));
}
