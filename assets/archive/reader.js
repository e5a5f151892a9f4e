// A message among its neighbours, oldest first, and the way to any other by its number.

import { around } from "./api.js";
import { get, make, toast } from "./dom.js";
import { narrow, query } from "./filter.js";
import { head, labels, text } from "./message.js";
import { word } from "./words.js";

/** Neighbours on either side at first, and each time more are asked for. */
const NEAR = 10;

let at = 0;
let shown = [];
let closed = () => {};
let failed = () => {};

/** Whether a message is open. */
export const isOpen = () => !get("reader").hidden;

/** Wires the reader; `back` gets the focus when it closes, `problem` a refusal. */
export function wire(back, problem) {
  closed = back;
  failed = problem;
  get("reader-close").addEventListener("click", close);
  get("earlier").addEventListener("click", () => more(true));
  get("later").addEventListener("click", () => more(false));
  get("jump").addEventListener("submit", (event) => {
    event.preventDefault();
    const number = numberOf(get("jump-to").value);
    if (number) open(number);
  });
}

/** The number of a message that a text is, such as `M12`; 0 if it is anything else. */
export function numberOf(line) {
  const found = /^\s*[mMｍＭ]?\s*(\d{1,9})\s*$/u.exec(line);
  return found ? Number(found[1]) : 0;
}

/** Opens a message. */
export async function open(number) {
  try {
    const found = await around(number, NEAR, NEAR, query());
    at = number;
    shown = found.messages;
    get("earlier").hidden = !found.before;
    get("later").hidden = !found.behind;
    get("jump-to").value = "";
    show();
    lay(true);
    const own = get("talk").querySelector(".is-own");
    own?.scrollIntoView({ block: "center" });
    get("reader-title").focus({ preventScroll: true });
  } catch (error) {
    if (error.message === "none") toast(word("noSuch", `M${number}`));
    else failed(error);
  }
}

/** Closes it. */
export function close() {
  lay(false);
  closed();
}

/** Lays it beside the list or takes it away; where it covers the rest, that is out of reach. */
function lay(open) {
  get("reader").hidden = !open;
  get("app").classList.toggle("reading", open);
  const covers = open && matchMedia("(max-width: 760px)").matches;
  for (const node of document.querySelectorAll(".bar, .search, .results, .chosen")) {
    node.inert = covers;
  }
}

/** Closes it and forgets what it showed. */
export function empty() {
  shown = [];
  get("talk").replaceChildren();
  lay(false);
}

/** Draws it anew, in the page's language. */
export function show() {
  get("reader-title").textContent = word("aroundOf", `M${at}`);
  get("jump-to").placeholder = word("jumpHint");
  get("talk").replaceChildren(...shown.map(said));
}

/** Asks anew for what is shown: something was done to it. */
export async function again() {
  if (!isOpen()) return;
  const before = shown.filter((message) => message.number < at).length;
  const found = await around(at, before, shown.length - before - 1, query());
  shown = found.messages;
  show();
}

function said(message) {
  const node = make("li", "said", head(message), text(message));
  const tags = labels(message, (part) => {
    // Where it covers the list, what is found would not be seen.
    if (get("results").inert) close();
    narrow(part);
  });
  if (tags) node.append(tags);
  if (message.number === at) {
    node.classList.add("is-own");
    node.setAttribute("aria-current", "true");
  }
  return node;
}

async function more(before) {
  const end = before ? shown[0] : shown[shown.length - 1];
  try {
    const found = await around(end.number, before ? NEAR : 0, before ? 0 : NEAR, query());
    const fresh = found.messages.filter((message) => message.number !== end.number);
    const scroll = get("reader-scroll");
    const below = scroll.scrollHeight - scroll.scrollTop;
    shown = before ? [...fresh, ...shown] : [...shown, ...fresh];
    get(before ? "earlier" : "later").hidden = before ? !found.before : !found.behind;
    show();
    // What was being read stays where it was.
    if (before) scroll.scrollTop = scroll.scrollHeight - below;
  } catch (error) {
    failed(error);
  }
}
