// The left side: conversations with their last line, and the language. A drawer on narrow windows.

import { avatar, get, icon, make } from "./dom.js";
import { choose, directOf, go, here, now, on, prefs, speaker, world } from "./world.js";
import { language, word } from "./words.js";
import { dateText, sameDay, timeText } from "./zone.js";

/** Draws the side and keeps it current. */
export function side() {
  on(["reset", "place", "line", "unread", "lang", "clock"], draw);
  get("side-open").addEventListener("click", () => open(true));
  get("side-close").addEventListener("click", () => open(false));
  get("scrim").addEventListener("click", () => open(false));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && get("app").classList.contains("side-open")) open(false);
  });
  for (const node of document.querySelectorAll("[data-lang]")) {
    node.addEventListener("click", () => choose("lang", node.dataset.lang));
  }
}

function open(is) {
  get("app").classList.toggle("side-open", is);
  get("side-open").setAttribute("aria-expanded", String(is));
  (is ? get("places").querySelector("button") : get("side-open"))?.focus();
}

function draw() {
  if (!world.members.length) return;
  get("bot-name").textContent = world.bot;
  document.title = word("page", world.bot);
  const groups = world.conversations.filter((conversation) => !conversation.direct);
  const rows = groups.map((group) => row(group.id, group, group.title, make(
    "span", "avatar group", icon("group"),
  )));
  const direct = row("direct", directOf(prefs.speaker), world.bot, avatar(world.members, null));
  get("places").replaceChildren(...rows, direct);
  const elsewhere = [...groups, directOf(prefs.speaker)]
    .some((one) => one.id !== here().id && world.unread.get(one.id));
  get("menu-dot").hidden = !elsewhere;
  head();
  for (const node of document.querySelectorAll("[data-lang]")) {
    node.setAttribute("aria-pressed", String(node.dataset.lang === language()));
  }
}

function head() {
  const conversation = here();
  get("title").textContent = conversation.direct ? world.bot : conversation.title;
  get("subtitle").textContent = conversation.direct
    ? word("directWith", speaker().name)
    : word("group", world.members.length);
}

function row(place, conversation, title, picture) {
  const last = world.lines.get(conversation.id)?.at(-1);
  const unread = world.unread.get(conversation.id) ?? 0;
  const node = make("button", "place",
    picture,
    make("span", "place-title", title),
    make("span", "place-time", last ? when(last.at_ms) : ""),
    make("span", "place-last", last ? preview(conversation, last) : lastOfNone(conversation)),
    unread ? make("span", "badge", String(Math.min(unread, 99))) : null,
  );
  node.type = "button";
  if (place === prefs.place) node.setAttribute("aria-current", "true");
  node.addEventListener("click", () => {
    go({ place });
    if (get("app").classList.contains("side-open")) open(false);
  });
  return make("li", "", node);
}

const lastOfNone = (conversation) => (conversation.direct
  ? word("direct") : word("group", world.members.length));

function preview(conversation, line) {
  const text = line.text.replace(/\s+/g, " ");
  if (conversation.direct) return text;
  return `${line.speaker ? line.speaker.name : world.bot}: ${text}`;
}

function when(ms) {
  return sameDay(ms, now(), world.zone)
    ? timeText(ms, world.zone) : dateText(ms, world.zone, language());
}
