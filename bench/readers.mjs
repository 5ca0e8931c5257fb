/* SPDX-License-Identifier: MIT
 *
 * What one would write first in JavaScript, and what the known readers do: the whole file
 * as a string, one regular expression a line, the messages as objects. Nothing is counted
 * and nothing written, so it does less than ebb.
 *
 *   node readers.mjs whatsapp|telegram|messenger|discord|matrix|signal|line|sms FILE
 */
import { readFileSync } from "node:fs";

const HEAD =
  /^\u200e?\[?(\d{1,4})[./-](\d{1,2})[./-](\d{1,4}),? (\d{1,2}):(\d{2})(?::(\d{2}))?[ \u202f]?([AP]M)?\]?(?: -)? ([^:]+): (.*)$/u;

function readWhatsapp(text) {
  const messages = [];
  for (const line of text.split(/\r?\n/)) {
    const head = HEAD.exec(line);
    if (head !== null) {
      messages.push({ date: head.slice(1, 8), person: head[8], body: head[9] });
    } else if (messages.length > 0) {
      messages[messages.length - 1].body += `\n${line}`;
    }
  }
  /* day or month first: whichever place goes beyond 12 is the day */
  const dayFirst = messages.some(({ date }) => Number(date[0]) > 12);
  return messages.map(({ date, person, body }) => {
    const [first, second, year, hour, minute, seconds, half] = date;
    const [day, month] = dayFirst ? [first, second] : [second, first];
    const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === "PM" ? 12 : 0);
    const full = Number(year) < 100 ? 2000 + Number(year) : Number(year);
    return {
      time: new Date(Date.UTC(full, month - 1, day, hours, minute, seconds ?? 0)),
      person,
      body,
    };
  });
}

function readTelegram(text) {
  return JSON.parse(text).messages.map(({ date_unixtime, from, text: body }) => ({
    time: new Date(Number(date_unixtime) * 1000),
    person: from,
    body,
  }));
}

function readMessenger(text) {
  const mend = (broken) => Buffer.from(broken, "latin1").toString("utf8");
  return JSON.parse(text)
    .messages.map(({ timestamp_ms, sender_name, content }) => ({
      time: new Date(timestamp_ms),
      person: mend(sender_name),
      body: mend(content ?? ""),
    }))
    .reverse();
}

function readDiscord(text) {
  return JSON.parse(text).messages.map(({ timestamp, author, content: body }) => ({
    time: new Date(timestamp),
    person: author.nickname,
    body,
  }));
}

function readMatrix(text) {
  return JSON.parse(text).messages.map(({ origin_server_ts, sender, content }) => ({
    time: new Date(origin_server_ts),
    person: sender,
    body: content.body,
  }));
}

function readSms(text) {
  const messages = [];
  for (const [element] of text.matchAll(/<sms [^>]*>/g)) {
    const found = {};
    for (const [, name, value] of element.matchAll(/(\w+)="([^"]*)"/g)) {
      found[name] = value;
    }
    const body = found.body.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
    messages.push({ time: new Date(Number(found.date)), person: found.type, body });
  }
  return messages;
}

function readSignal(text) {
  return JSON.parse(text).map(({ sent_at, type, body }) => ({
    time: new Date(sent_at),
    person: type,
    body,
  }));
}

function readLine(text) {
  const messages = [];
  let day = [1970, 1, 1];
  for (const line of text.split(/\r?\n/)) {
    const date = /^(\d{4})\/(\d{1,2})\/(\d{1,2})\(/u.exec(line);
    const head = /^(\d{1,2}):(\d{2})\t([^\t]+)\t(.*)$/u.exec(line);
    if (date !== null) {
      day = date.slice(1, 4).map(Number);
    } else if (head !== null) {
      const time = new Date(Date.UTC(day[0], day[1] - 1, day[2], head[1], head[2]));
      messages.push({ time, person: head[3], body: head[4] });
    } else if (messages.length > 0) {
      messages[messages.length - 1].body += `\n${line}`;
    }
  }
  return messages;
}

const readers = {
  whatsapp: readWhatsapp,
  telegram: readTelegram,
  messenger: readMessenger,
  discord: readDiscord,
  matrix: readMatrix,
  signal: readSignal,
  line: readLine,
  sms: readSms,
};
const [format, file] = process.argv.slice(2);
const read = readers[format];
const messages = read(readFileSync(file, "utf8"));
if (messages.length === 0 || Number.isNaN(messages[0].time.getTime())) {
  throw new Error("nothing was read");
}
console.log(messages.length);
