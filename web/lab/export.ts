/* SPDX-License-Identifier: MIT
 *
 * What can be taken along: the picture, the numbers, the settings, the command line.
 */
import { save } from "../parts/downloads.js";
import { h } from "../parts/dom.js";
import { say, text } from "../parts/words.js";
import type { Bench } from "./engine.js";
import { commandLine, fileText, MODEL, scenarioText, type Mine } from "./mine.js";
import { tableText } from "./numbers_text.js";

const SPACE = 8;
const STYLES = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "font-style",
  "text-anchor",
  "visibility",
];

/* A copy that looks the same without the page's style sheet. All of it by attributes:
 * the page's policy forbids styles, also to pictures that are made on it. */
function styled(source: SVGElement): SVGElement {
  const copy = source.cloneNode(true) as SVGElement;
  const [from, to] = [source.querySelectorAll("*"), copy.querySelectorAll("*")];
  from.forEach((element, i) => {
    const style = getComputedStyle(element);
    const target = to[i] as SVGElement;
    STYLES.forEach((name) => target.setAttribute(name, style.getPropertyValue(name)));
  });
  return copy;
}

/** The strips as one picture, in the colours of the moment. */
export function pictureOf(strips: HTMLElement): string {
  const made = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const style = getComputedStyle(document.documentElement);
  const paper = style.getPropertyValue("--paper").trim();
  const ink = style.getPropertyValue("--ink").trim();
  const wide = strips.clientWidth;
  const origin = strips.getBoundingClientRect();
  let bottom = 0;
  strips.querySelectorAll("figure").forEach((figure) => {
    const title = figure.querySelector("h3")?.getBoundingClientRect();
    const words = document.createElementNS("http://www.w3.org/2000/svg", "text");
    words.textContent = figure.querySelector("h3")?.textContent ?? "";
    words.setAttribute("x", String(SPACE + (title?.left ?? 0) - origin.left));
    words.setAttribute("y", String(SPACE + 14 + (title?.top ?? 0) - origin.top));
    words.setAttribute("font-family", "sans-serif");
    words.setAttribute("font-size", "14px");
    words.setAttribute("font-weight", "600");
    words.setAttribute("fill", ink);
    made.append(words);
    figure.querySelectorAll<SVGElement>("svg").forEach((svg) => {
      const box = svg.getBoundingClientRect();
      if (box.width === 0) {
        return;
      }
      const copy = styled(svg);
      copy.setAttribute("x", String(SPACE + box.left - origin.left));
      copy.setAttribute("y", String(SPACE + box.top - origin.top));
      copy.setAttribute("width", String(box.width));
      copy.setAttribute("height", String(box.height));
      made.append(copy);
      bottom = Math.max(bottom, box.bottom - origin.top);
    });
  });
  const [width, height] = [wide + 2 * SPACE, Math.ceil(bottom) + 2 * SPACE];
  made.setAttribute("viewBox", `0 0 ${width} ${height}`);
  made.setAttribute("width", String(width));
  made.setAttribute("height", String(height));
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  ground.setAttribute("width", "100%");
  ground.setAttribute("height", "100%");
  ground.setAttribute("fill", paper);
  made.prepend(ground);
  return new XMLSerializer().serializeToString(made);
}

/* Twice as fine as the screen. */
function savePng(svg: string): void {
  const image = new Image();
  image.onload = () => {
    const canvas = h("canvas", { width: 2 * image.width, height: 2 * image.height });
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => {
      if (blob !== null) {
        save("ebb-sandbox.png", "image/png", blob);
      }
    });
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}

/** All numbers of the first run, as the command writes them. */
export function numbersOf(engine: Bench, mine: Mine): string {
  return tableText(
    engine.run({
      model: MODEL,
      scenario: scenarioText(mine),
      seed: mine.seed,
      couples: mine.couples,
    }),
  );
}

export interface ExportHooks {
  mine: () => Mine;
  engine: Bench;
  strips: HTMLElement;
  opened: (text: string) => void;
}

export class Exports {
  readonly element: HTMLElement;
  private readonly line = h("code", { class: "command" });

  constructor(hooks: ExportHooks) {
    const button = (key: string, act: () => void): HTMLElement =>
      h(
        "button",
        { type: "button", class: `plain export-${key}`, click: act },
        text(`export.${key}`),
      );
    const file = h("input", {
      type: "file",
      accept: ".ebb,text/plain",
      class: "heard",
      tabindex: "-1",
      "aria-hidden": "true",
    });
    file.addEventListener("change", () => {
      void file.files?.[0]?.text().then(hooks.opened);
      file.value = "";
    });
    this.element = h(
      "section",
      { class: "exports", "aria-labelledby": "export-title" },
      h("h2", { id: "export-title" }, text("export.title")),
      h(
        "p",
        { class: "buttons" },
        button("svg", () =>
          save("ebb-sandbox.svg", "image/svg+xml", pictureOf(hooks.strips)),
        ),
        button("png", () => savePng(pictureOf(hooks.strips))),
        button("csv", () =>
          save("ebb-sandbox.csv", "text/csv", numbersOf(hooks.engine, hooks.mine())),
        ),
        button("file", () => save("mine.ebb", "text/plain", fileText(hooks.mine()))),
        button("open", () => file.click()),
        file,
      ),
      h("p", { class: "small" }, say("export.note")),
      h("p", {}, this.line),
    );
  }

  show(mine: Mine): void {
    this.line.textContent = commandLine(mine);
  }
}
