/* SPDX-License-Identifier: MIT
 *
 * The story in ten scenes, "#story/1" to "#story/10": one at a time, forward and back by
 * buttons, by the dots and by the arrow keys. A scene is made anew when it is entered.
 */
import "./story.css";
import { h, type Child } from "../../parts/dom.js";
import { text } from "../../parts/words.js";
import { go, lab } from "../ground.js";
import type { Place } from "../place.js";
import { known } from "./known.js";
import { Scene, type Builder } from "./scene.js";
import { firstScene } from "./scene_first.js";
import { harderScene } from "./scene_harder.js";
import { kimScene } from "./scene_kim.js";
import { leversScene } from "./scene_levers.js";
import { loopScene } from "./scene_loop.js";
import { robinScene } from "./scene_robin.js";
import { silenceScene } from "./scene_silence.js";
import { stopScene } from "./scene_stop.js";
import { swapScene } from "./scene_swap.js";
import { yearsScene } from "./scene_years.js";

const SCENES: Builder[] = [
  silenceScene,
  kimScene,
  robinScene,
  loopScene,
  harderScene,
  firstScene,
  yearsScene,
  stopScene,
  leversScene,
  swapScene,
];

/** Which scene a fragment means; the first for whatever means none. */
export function placeOf(rest: string): number {
  const place = /^\d{1,3}$/.test(rest) ? Number(rest) : 1;
  return Math.min(SCENES.length, Math.max(1, place));
}

function link(to: number, key: string, kind: string): Child {
  return to < 1 || to > SCENES.length
    ? h("span", {})
    : h("a", { class: `way ${kind}`, href: `#story/${to}`, rel: kind }, text(key));
}

function dots(place: number): HTMLElement {
  return h(
    "ol",
    { class: "dots" },
    SCENES.map((_, i) =>
      h(
        "li",
        {},
        h(
          "a",
          {
            href: `#story/${i + 1}`,
            "aria-current": i + 1 === place ? "step" : null,
            title: text(`story.${i + 1}.title`),
            "aria-label": text("story.scene", {
              n: String(i + 1),
              title: text(`story.${i + 1}.title`),
            }),
          },
          String(i + 1),
        ),
      ),
    ),
  );
}

class Story {
  private scene: Scene | null = null;
  private watcher: ResizeObserver | null = null;

  open(host: HTMLElement, rest: string): void {
    const place = placeOf(rest);
    const build = SCENES[place - 1];
    const body = h("div", { class: "scene-body" });
    const scene = new Scene(place, lab().engine, lab().fan, body);
    const title = h(
      "h1",
      { class: "scene-title", tabindex: "-1" },
      scene.text("title"),
    );
    host.append(
      h(
        "article",
        {
          class: "scene",
          "aria-label": text("story.scene", {
            n: String(place),
            title: scene.text("title"),
          }),
        },
        h(
          "p",
          { class: "eyebrow" },
          text("story.step", {
            n: String(place),
            all: String(SCENES.length),
            when: scene.text("season"),
          }),
        ),
        title,
        h("p", { class: "lede" }, scene.say("lede")),
        body,
        known(place),
        h("p", { class: "small" }, text("story.foot")),
      ),
      h(
        "nav",
        { class: "story-ways", "aria-label": text("story.ways") },
        link(place - 1, "story.back", "prev"),
        dots(place),
        link(place + 1, "story.on", "next"),
      ),
    );
    body.append(h("div", {}, build?.(scene)));
    this.scene = scene;
    this.watch(body);
    document.addEventListener("keydown", this.keys);
  }

  /* Pictures have the width of the page, and are drawn anew when it changes. */
  private watch(body: HTMLElement): void {
    let width = body.clientWidth;
    this.scene?.draw();
    this.watcher = new ResizeObserver(() => {
      if (body.clientWidth !== width) {
        width = body.clientWidth;
        this.scene?.draw();
      }
    });
    this.watcher.observe(body);
  }

  /* Arrow keys turn the page, unless they move a slider or a choice. */
  private readonly keys = (event: KeyboardEvent): void => {
    const at = event.target instanceof Element ? event.target : null;
    const own = at?.closest("input, textarea, select, summary") ?? null;
    const way = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const place = (this.scene?.place ?? 1) + way;
    if (
      way === 0 ||
      own !== null ||
      event.altKey ||
      event.ctrlKey ||
      event.metaKey ||
      event.shiftKey ||
      place < 1 ||
      place > SCENES.length
    ) {
      return;
    }
    event.preventDefault();
    go(`#story/${place}`);
  };

  close(): void {
    document.removeEventListener("keydown", this.keys);
    this.watcher?.disconnect();
    this.scene?.leave();
    this.scene = null;
  }
}

let current: Story | null = null;
let room: HTMLElement | null = null;

function enter(host: HTMLElement, rest: string): void {
  current?.close();
  current = new Story();
  host.replaceChildren();
  current.open(host, rest);
}

export const story: Place = {
  name: "story",
  open(host, rest) {
    room = host;
    enter(host, rest);
  },
  close() {
    current?.close();
    current = null;
    room = null;
  },
  turn(rest) {
    if (room === null) {
      return false;
    }
    enter(room, rest);
    window.scrollTo(0, 0);
    room.querySelector<HTMLElement>(".scene-title")?.focus({ preventScroll: true });
    return true;
  },
};
