// A message as it is drawn, in the list and among its neighbours.

import { button, make } from "./dom.js";
import { language, word } from "./words.js";

let zone = "UTC";
let thisYear = "";

/** The zone of the conversation: in it all times are told. */
export function setZone(name, now) {
  zone = name;
  thisYear = parts(now).year;
}

/** A moment, with weekday, and with its year where that is another one. */
export function moment(ms) {
  const { year, month, day, weekday, hour, minute } = parts(ms);
  const other = year !== thisYear;
  if (language() === "zh") {
    return `${other ? `${year}年` : ""}${month}月${day}日(${weekday}) ${hour}:${minute}`;
  }
  return `${weekday}, ${day} ${month}${other ? ` ${year}` : ""}, ${hour}:${minute}`;
}

function parts(ms) {
  const zh = language() === "zh";
  const format = new Intl.DateTimeFormat(zh ? "zh-CN" : "en-GB", {
    timeZone: zone, year: "numeric", month: zh ? "numeric" : "short", day: "numeric",
    weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  });
  const found = format.formatToParts(ms).map(({ type, value }) => [type, value]);
  return Object.fromEntries(found);
}

/** The time of day. */
export function clock(ms) {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  }).format(ms);
}

/** Number, person and time of a message. */
export function head(message) {
  const time = make("time", "", moment(message.at_ms));
  time.dateTime = new Date(message.at_ms).toISOString();
  const who = make("span", "who", message.who ?? word("unknownSender"));
  const parts = [make("span", "number", `M${message.number}`), who, time];
  if (!message.heard) parts.push(make("span", "badge", word("quoteOnly")));
  if (message.held) parts.push(make("span", "badge", word("held")));
  return make("p", "head", ...parts);
}

/** What it says, with what was looked for marked; or why it says nothing. */
export function text(message) {
  if (message.gone) return make("p", "text gone", word(message.gone));
  const pieces = message.pieces.map(([piece, marked]) => marked ? make("mark", "", piece) : piece);
  return make("p", "text", ...pieces);
}

/** Its tags and cabinet; `narrow` is given what to add to the search. */
export function labels(message, narrow) {
  const cabinet = message.cabinet;
  const tags = message.tags.map((tag) => button("tag", `#${tag}`, () => narrow(`#${tag}`)));
  const mark = language() === "zh" ? "库:" : "in:";
  const nodes = cabinet === null ? tags : [...tags, button(
    "tag cabinet", word("inCabinet", cabinet), () => narrow(`${mark}${cabinet}`),
  )];
  return nodes.length ? make("p", "labels", ...nodes) : null;
}
