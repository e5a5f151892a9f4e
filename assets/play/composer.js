// Where one writes: who speaks, the text with its completions, the quote, the two switches.

import { complete } from "./complete.js";
import { avatar, get, make } from "./dom.js";
import { authorName } from "./talk.js";
import { choose, directOf, go, here, on, prefs, speak, world } from "./world.js";
import { language, word } from "./words.js";

let quoted = null;
let choices = null; // what complete() gave
let chosen = -1;
let lastSaid = "";

/** Draws the composer and keeps it current. */
export function composer() {
  on(["reset", "place", "unread", "lang"], drawSpeakers);
  on(["reset", "place", "lang", "options"], drawOptions);
  on(["place"], () => { quote(null); close(); });
  on(["lang"], () => { drawQuote(); close(); });
  const text = get("text");
  text.addEventListener("input", () => { fit(); offer(); });
  text.addEventListener("keydown", keydown);
  text.addEventListener("click", offer);
  text.addEventListener("blur", close);
  get("composer").addEventListener("submit", (event) => { event.preventDefault(); send(); });
  get("quoting-drop").addEventListener("click", () => { quote(null); text.focus(); });
  get("twice").addEventListener("change", (e) => choose("twice", e.target.checked));
  get("only-mentions").addEventListener("change", (e) => choose("onlyMentions", e.target.checked));
  document.addEventListener("keydown", switchByKey);
}

/** Replies to a line, or to none. */
export function quote(line) {
  quoted = line;
  drawQuote();
  if (line) get("text").focus();
}

/** Puts a text in, ready to be sent. */
export function write(text) {
  const area = get("text");
  area.value = text;
  fit();
  area.focus();
  area.setSelectionRange(text.length, text.length);
}

function send() {
  const area = get("text");
  const text = area.value.trim();
  if (!text) return;
  lastSaid = text;
  area.value = "";
  speak(text, quoted);
  quote(null);
  close();
  fit();
  area.focus();
}

function keydown(event) {
  // While an input method composes, Enter and the arrows are its own (229: browsers that forget to
  // say so).
  if (event.isComposing || event.keyCode === 229) return;
  if (choices && pickByKey(event)) {
    event.preventDefault();
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    send();
  } else if (event.key === "Escape" && quoted) {
    quote(null);
  } else if (event.key === "ArrowUp" && event.target.value === "" && lastSaid) {
    event.preventDefault();
    write(lastSaid);
  }
}

function pickByKey(event) {
  const count = choices.items.length;
  switch (event.key) {
    case "ArrowDown": mark((chosen + 1) % count); return true;
    case "ArrowUp": mark((chosen <= 0 ? count : chosen) - 1); return true;
    case "Escape": close(); return true;
    case "Tab": if (event.shiftKey) return false; pick(Math.max(chosen, 0)); return true;
    case "Enter": if (event.shiftKey || chosen < 0) return false; pick(chosen); return true;
    default: return false;
  }
}

function offer() {
  const area = get("text");
  const isAtCaret = area.selectionStart === area.selectionEnd;
  choices = isAtCaret && complete(area.value.slice(0, area.selectionStart), {
    bot: world.bot, members: world.members, words: world.words,
    lang: language(), direct: here().direct,
  }) || null;
  if (!choices) return close();
  const list = get("choices");
  list.replaceChildren(...choices.items.map(choiceNode), hintNode());
  list.hidden = false;
  mark(choices.eager ? 0 : -1);
}

function choiceNode(item, n) {
  const node = make("li", "choice",
    item.picture === undefined ? null : avatar(world.members, item.picture),
    make("span", "choice-label", item.label), make("span", "choice-note", item.note));
  node.id = `choice-${n}`;
  node.setAttribute("role", "option");
  // Before blur closes the list.
  node.addEventListener("pointerdown", (event) => { event.preventDefault(); pick(n); });
  return node;
}

function hintNode() {
  const node = make("li", "choices-hint", word("chooseHint"));
  node.setAttribute("role", "presentation");
  return node;
}

function mark(n) {
  chosen = n;
  const nodes = [...get("choices").querySelectorAll(".choice")];
  nodes.forEach((node, at) => node.setAttribute("aria-selected", String(at === n)));
  nodes[n]?.scrollIntoView({ block: "nearest" });
  if (n < 0) get("text").removeAttribute("aria-activedescendant");
  else get("text").setAttribute("aria-activedescendant", `choice-${n}`);
}

function pick(n) {
  const area = get("text");
  const { from, items } = choices;
  area.setRangeText(items[n].insert, from, area.selectionStart, "end");
  fit();
  offer();
}

function close() {
  choices = null;
  chosen = -1;
  get("choices").hidden = true;
  get("text").removeAttribute("aria-activedescendant");
}

function fit() {
  const area = get("text");
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
  get("send").disabled = area.value.trim() === "";
}

function drawQuote() {
  get("quoting").hidden = !quoted;
  if (!quoted) return;
  get("quoting-name").textContent = word("replyTo", authorName(quoted));
  get("quoting-text").textContent = quoted.text.replace(/\s+/g, " ");
}

function drawOptions() {
  if (!world.members.length) return;
  get("twice").checked = prefs.twice;
  get("only-mentions").checked = prefs.onlyMentions;
  get("twice").parentElement.title = word("twiceNote");
  get("only-mentions").parentElement.title = word("onlyMentionsNote");
  const key = here().direct ? "placeholderDirect"
    : prefs.onlyMentions ? "placeholderDeaf" : "placeholder";
  get("text").placeholder = word(key, world.bot);
}

function drawSpeakers() {
  const focused = document.activeElement?.name === "speaker";
  get("speakers").replaceChildren(...world.members.map(speakerNode));
  if (focused) get("speakers").querySelector("input:checked").focus();
}

function speakerNode(one, n) {
  const input = make("input");
  Object.assign(input, { type: "radio", name: "speaker", value: one.id });
  input.checked = one.id === prefs.speaker;
  input.addEventListener("change", () => go({ who: one.id }));
  const isWaiting = one.id !== prefs.speaker && world.unread.get(directOf(one.id).id);
  const dot = isWaiting ? make("span", "dot") : null;
  if (dot) {
    dot.setAttribute("role", "img");
    dot.setAttribute("aria-label", word("unreadFor", one.name));
  }
  const node = make("label", "speaker", input, avatar(world.members, one.id),
    make("span", "speaker-name", one.name),
    one.admin ? make("span", "tag", word("admin")) : null, dot);
  node.title = isWaiting ? word("unreadFor", one.name) : `Alt+${n + 1}`;
  return node;
}

function switchByKey(event) {
  const digit = /^Digit([1-9])$/u.exec(event.code);
  const one = digit && event.altKey && !event.ctrlKey && world.members[digit[1] - 1];
  if (!one) return;
  event.preventDefault();
  go({ who: one.id });
}
