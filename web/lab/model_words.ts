/* SPDX-License-Identifier: MIT
 *
 * What the couple model's file says of its numbers and scenarios, which is English: in
 * another language from that language's table, text/LANGUAGE/lab_model.json.
 */
import { has, text } from "../parts/words.js";

export interface ModelWords {
  words: string;
  lang: "en" | undefined; /* undefined: that of the page */
}

function wordsFor(key: string, own: string): ModelWords {
  return has(key) ? { words: text(key), lang: undefined } : { words: own, lang: "en" };
}

export function paramWords(name: string, own: string): ModelWords {
  return wordsFor(`param.${name}`, own);
}

export function inputWords(name: string, own: string): ModelWords {
  return wordsFor(`input.${name}`, own);
}

export function scenarioWords(name: string, own: string): ModelWords {
  return wordsFor(`scenario.${name}`, own);
}
