// The talk in the middle: lines, what is on its way, and three lines to try where nothing was said
// yet.

import { cardNode } from "./card.js";
import { avatar, button, get, icon, make } from "./dom.js";
import { deliver, drop, here, member, on, prefs, speak, speaker, world } from "./world.js";
import { language, word } from "./words.js";
import { dayText, sameDay, timeText } from "./zone.js";

const GROUP_MS = 5 * 60_000; // lines of one speaker this close are drawn as one
const NEAR_END_PX = 120;

let isAtEnd = true;
let hooks = { quote: () => {}, write: () => {} };

/** Draws the talk and keeps it current; `quote(line)` and `write(text)` reach the composer. */
export function talk(reach) {
  hooks = reach;
  on(["reset", "place", "lang"], redraw);
  on(["line"], (line) => {
    if (line.conversation === here().id) append(line);
  });
  on(["pending"], drawPending);
  const scroll = get("scroll");
  scroll.addEventListener("scroll", () => { isAtEnd = isNearEnd(scroll); }, { passive: true });
  // The composer grows, a phone's keyboard opens: who was at the end stays there.
  new ResizeObserver(() => { if (isAtEnd) toEnd(); }).observe(scroll);
}

/** The name of a line's author. */
export const authorName = (line) => (line.speaker ? line.speaker.name : world.bot);

function redraw() {
  const lines = world.lines.get(here().id) ?? [];
  const log = get("lines");
  // Lines that were there before are no news: only what is appended is read aloud.
  log.setAttribute("aria-live", "off");
  log.replaceChildren(...lines.flatMap((line, n) => lineNodes(line, lines[n - 1])));
  if (!lines.length) log.append(emptyNode());
  drawPending();
  toEnd();
  requestAnimationFrame(() => log.setAttribute("aria-live", "polite"));
}

function append(line) {
  const lines = world.lines.get(line.conversation);
  const log = get("lines");
  if (lines.length === 1) log.replaceChildren();
  const nodes = lineNodes(line, lines[lines.length - 2]);
  nodes.at(-1).classList.add("new");
  log.append(...nodes);
  if (isAtEnd || line.speaker?.id === prefs.speaker) toEnd();
}

const isNearEnd = (scroll) =>
  scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_END_PX;

function toEnd() {
  const scroll = get("scroll");
  scroll.scrollTop = scroll.scrollHeight;
  isAtEnd = true;
}

function lineNodes(line, before) {
  const isNewDay = !before || !sameDay(before.at_ms, line.at_ms, world.zone);
  const follows = !isNewDay && before.speaker?.id === line.speaker?.id
    && Math.abs(line.at_ms - before.at_ms) < GROUP_MS && !line.quoted
    && !line.twice; // its head says so
  const node = lineNode(line, follows);
  if (!isNewDay) return [node];
  return [make("p", "day", make("span", "", dayText(line.at_ms, world.zone, language()))), node];
}

function lineNode(line, follows) {
  const isMine = line.speaker?.id === prefs.speaker;
  const node = make("article", `line${isMine ? " mine" : ""}${follows ? " follows" : ""}`);
  node.dataset.message = line.message_id;
  node.append(
    avatar(world.members, line.speaker?.id),
    make("header", "",
      make("span", "author", authorName(line)),
      line.speaker && member(line.speaker.id)?.admin ? make("span", "tag", word("admin")) : null,
      make("time", "", timeText(line.at_ms, world.zone)),
      line.twice ? make("span", "tag", word("deliveredTwice")) : null,
    ),
    make("div", "body",
      line.quoted ? quoteNode(line.quoted) : null,
      line.card
        ? cardNode(line.card, (types) => press(types, line), isMe)
        : textNode(line.text),
      replyNode(line),
    ),
  );
  return node;
}

/** Pressing a button is typing its line as the speaker, quoting the card. */
const press = (types, line) => speak(here().direct ? types : `@${world.bot} ${types}`, line);

const isMe = (name) => speaker().name === name;

function quoteNode(quoted) {
  return make("blockquote", "quoted", make("b", "", authorName(quoted)), quoted.text);
}

function replyNode(line) {
  const node = button("icon-button small reply", icon("reply"), () => hooks.quote(line));
  node.setAttribute("aria-label", word("reply"));
  node.title = word("reply");
  return node;
}

/** A member's text, with the names it @-s marked. */
function textNode(text) {
  const names = [world.bot, ...world.members.map((one) => one.name)]
    .sort((a, b) => b.length - a.length);
  const node = make("p", "bubble");
  let plain = "";
  for (let at = 0; at < text.length;) {
    const name = "@＠".includes(text[at]) && names.find((one) => text.startsWith(one, at + 1));
    if (!name) {
      plain += text[at];
      at += 1;
      continue;
    }
    node.append(plain, make("span", isMe(name) ? "at me" : "at", `@${name}`));
    plain = "";
    at += 1 + name.length;
  }
  node.append(plain);
  return node;
}

function drawPending() {
  const nodes = world.pending
    .filter((waiting) => waiting.conversation === here().id)
    .map(pendingNode);
  get("pending").replaceChildren(...nodes);
  if (nodes.length) {
    get("lines").querySelector(".empty")?.remove();
    toEnd();
  }
}

function pendingNode(waiting) {
  const state = make("header", waiting.problem ? "problem" : "", waiting.problem
    ? problemText(waiting.problem) : word("sending"));
  if (waiting.problem) state.append(wayOut(waiting));
  return make("article", `line ${waiting.sender === prefs.speaker ? "mine" : ""} waiting`,
    avatar(world.members, waiting.sender), state, make("div", "body", textNode(waiting.text)));
}

/** What was refused once is refused again, so it goes back to where it can be changed. */
function wayOut(waiting) {
  if (waiting.problem !== "malformed") {
    return button("link", word("retry"), () => deliver(waiting));
  }
  return button("link", word("takeBack"), () => {
    drop(waiting);
    hooks.write(waiting.text);
  });
}

function problemText(problem) {
  switch (problem) {
    case "malformed": return word("refused");
    case "busy": return word("busy");
    default: return word("failed");
  }
}

function emptyNode() {
  const { direct, title } = here();
  const someone = world.members.find((one) => one.id !== prefs.speaker) ?? speaker();
  const tries = word("tries", direct ? "" : `@${world.bot} `, someone.name);
  return make("div", "empty",
    avatar(world.members, null),
    make("h2", "", direct
      ? word("emptyTitleDirect", world.bot) : word("emptyTitle", title)),
    make("p", "", word("emptyNote")),
    make("div", "tries", ...tries.map((text) => button("try", text, () => hooks.write(text)))),
  );
}
