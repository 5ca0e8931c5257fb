/* SPDX-License-Identifier: MIT
 *
 * The lab: the notice first, then one of its places. Which one, and in which language,
 * is all that this file knows; nothing of it outlives the page but what the address
 * holds.
 */
import "./lab.css";
import languages from "ebb:languages";
import { h } from "../parts/dom.js";
import { leaveButton, listenForEscape } from "../parts/leave.js";
import { helpList, notice } from "../parts/notice.js";
import { showBroken } from "../parts/page.js";
import { watchPlots } from "../parts/plot.js";
import { say, speak, text } from "../parts/words.js";
import { loadEngine } from "./engine.js";
import { Fan } from "./fan.js";
import { lab, lastOf, layGround, remember, type Language } from "./ground.js";
import { bytesOf, readLibrary } from "./library.js";
import { model } from "./model.js";
import { own } from "./own/index.js";
import type { Place } from "./place.js";
import { sandbox } from "./sandbox.js";
import { story } from "./story/index.js";

const PLACES: Place[] = [story, own, sandbox, model];
const LOCALES: Record<Language, string> = { en: "en-GB", de: "de-DE" };

/* "#story/3" is story and 3; what names no place leads to the first one. */
function wanted(): [Place, string] {
  const fragment = window.location.hash.replace(/^#/, "");
  const cut = fragment.indexOf("/");
  const name = cut < 0 ? fragment : fragment.slice(0, cut);
  const place = PLACES.find((p) => p.name === name);
  return place === undefined
    ? [story, ""]
    : [place, cut < 0 ? "" : fragment.slice(cut + 1)];
}

class Page {
  private place: Place | null = null;
  private entered = false;

  constructor(private readonly root: HTMLElement) {}

  start(): void {
    this.speak(/^de\b/i.test(navigator.language) ? "de" : "en");
    window.addEventListener("hashchange", () => this.turn());
    listenForEscape(document);
    watchPlots();
    new ResizeObserver(() => this.measure()).observe(document.documentElement);
  }

  /* What stays in sight below the bar begins where it ends. */
  private measure(): void {
    const height = this.root.querySelector<HTMLElement>(".bar")?.offsetHeight ?? 0;
    document.documentElement.style.setProperty("--bar-height", `${height}px`);
  }

  /* Everything anew in this language; where one is stays. */
  private speak(language: Language): void {
    speak(languages[language], LOCALES[language]);
    lab().language = language;
    document.documentElement.lang = language;
    document.title = text("lab.title");
    this.place?.close();
    this.place = null;
    this.root.replaceChildren(
      h("a", { class: "skip-link", href: "#main", click: skip }, text("page.skip")),
      this.bar(language),
      h("main", { id: "main", tabindex: "-1" }),
      h(
        "footer",
        { class: "foot" },
        h("h2", {}, text("lab.help")),
        h("p", {}, say("notice.fear")),
        helpList(lab().help),
        h("p", { class: "small" }, say("foot.made")),
      ),
    );
    if (this.entered) {
      this.turn();
    } else {
      this.cover();
    }
  }

  private bar(language: Language): HTMLElement {
    const other: Language = language === "en" ? "de" : "en";
    return h(
      "header",
      { class: "bar" },
      h(
        "p",
        { class: "mark" },
        h("strong", {}, "ebb"),
        h("span", { class: "maker-tag" }, text("bar.tag")),
      ),
      h(
        "nav",
        { class: "places", "aria-label": text("places.label"), hidden: true },
        PLACES.map(({ name }) => h("a", { href: `#${name}` }, text(`place.${name}`))),
      ),
      h(
        "button",
        {
          type: "button",
          class: "plain tongue",
          lang: other,
          click: () => {
            this.speak(other);
            this.root.querySelector<HTMLElement>(".tongue")?.focus();
          },
        },
        text("language.other"),
      ),
      leaveButton(),
    );
  }

  private cover(): void {
    const enter = h(
      "div",
      { class: "enter", role: "group", "aria-labelledby": "enter-title" },
      h("h2", { id: "enter-title" }, text("enter.title")),
      h("p", { class: "small" }, say("enter.words")),
      h(
        "p",
        { class: "buttons" },
        h(
          "button",
          { type: "button", class: "action", click: () => this.enter() },
          text("enter.go"),
        ),
      ),
    );
    this.root.querySelector("#main")?.replaceChildren(notice(lab().help, null, enter));
    this.root.querySelector<HTMLElement>(".foot")?.setAttribute("hidden", "");
  }

  private enter(): void {
    this.entered = true;
    this.turn();
    this.root.querySelector<HTMLElement>("#main")?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }

  /* To other places they lead to where one was in them. */
  private pointLinks(here: Place): void {
    this.root.querySelectorAll("nav.places a").forEach((link, k) => {
      const name = PLACES[k]?.name ?? "";
      link.setAttribute("href", name === here.name ? `#${name}` : lastOf(name));
      if (name === here.name) {
        link.setAttribute("aria-current", "page");
      } else {
        link.removeAttribute("aria-current");
      }
    });
  }

  /* Follows the address. */
  private turn(): void {
    const main = this.root.querySelector<HTMLElement>("#main");
    if (!this.entered || main === null) {
      return;
    }
    const [place, rest] = wanted();
    remember(`#${place.name}${rest === "" ? "" : `/${rest}`}`);
    if (this.place === place && place.turn?.(rest) === true) {
      return;
    }
    const moved = this.place !== null && this.place !== place;
    this.place?.close();
    this.place = place;
    this.root.querySelector("nav.places")?.removeAttribute("hidden");
    this.root.querySelector(".foot")?.removeAttribute("hidden");
    this.pointLinks(place);
    this.measure();
    const host = h("div", { class: `place place-${place.name}` });
    main.replaceChildren(host);
    place.open(host, rest);
    if (moved) {
      window.scrollTo(0, 0);
      main.focus({ preventScroll: true });
    }
  }
}

/* The address belongs to the places: the link skips without going there. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

async function begin(): Promise<void> {
  const root = document.getElementById("page");
  if (root === null) {
    return;
  }
  speak(languages.en, LOCALES.en);
  try {
    const library = readLibrary(document);
    const bytes = bytesOf(library.engine);
    const engine = await loadEngine(bytes, library);
    layGround({
      engine,
      module: bytes,
      fan: new Fan(bytes, library),
      help: library.help,
      language: "en",
    });
    new Page(root).start();
  } catch (error) {
    showBroken(root, error);
  }
}

void begin();
