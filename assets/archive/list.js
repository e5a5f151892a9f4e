// The list of what was found, newest first: moving in it, choosing in it, opening a message.

import { choose, count, isChosen } from "./chosen.js";
import { get, make } from "./dom.js";
import { head, labels, text } from "./message.js";
import { narrow } from "./filter.js";
import { word } from "./words.js";

let shown = [];
let current = -1;
let anchor = -1;
let open = () => {};

/** Wires the list; `opens` is given the number of a message to read. */
export function wire(opens) {
  open = opens;
  get("all").addEventListener("change", (event) => {
    choose(shown.filter((m) => !m.gone).map((m) => m.number), event.target.checked);
  });
}

/** The messages that are shown. */
export const messages = () => shown;

/** Shows these instead of others. */
export function replace(list) {
  shown = list;
  current = -1;
  anchor = -1;
  get("list").replaceChildren(...list.map(row));
  showChosen();
}

/** Shows more behind them. */
export function append(list) {
  const known = new Set(shown.map((message) => message.number));
  const fresh = list.filter((message) => !known.has(message.number));
  const first = shown.length;
  shown = [...shown, ...fresh];
  get("list").append(...fresh.map((message, nth) => row(message, first + nth)));
  showChosen();
}

function row(message, nth) {
  const handle = `M${message.number}`;
  const box = document.createElement("input");
  box.type = "checkbox";
  box.setAttribute("aria-label", word("choose", handle));
  box.disabled = message.gone !== null;
  box.addEventListener("click", (event) => {
    event.stopPropagation();
    chooseTo(nth, box.checked, event.shiftKey);
  });
  const body = make("div", "row-body", head(message), text(message));
  const tags = labels(message, narrow);
  if (tags) body.append(tags);
  const node = make("li", "row", make("label", "row-box", box), body);
  node.dataset.number = message.number;
  node.tabIndex = nth === 0 ? 0 : -1;
  node.setAttribute("aria-label", `${handle} ${message.who ?? ""}`);
  body.addEventListener("click", (event) => {
    if (event.target.closest("button")) return;
    // Whoever marks words with the mouse wants them, not another page.
    if (String(getSelection())) return;
    if (event.shiftKey) return chooseTo(nth, true, true);
    move(nth, false);
    open(message.number);
  });
  node.addEventListener("focus", () => { mark(nth); });
  return node;
}

/** Chooses a row; with `range`, all from the last one chosen to it. */
function chooseTo(nth, on, range) {
  const from = range && anchor >= 0 ? Math.min(anchor, nth) : nth;
  const to = range && anchor >= 0 ? Math.max(anchor, nth) : nth;
  const rows = shown.slice(from, to + 1).filter((message) => !message.gone);
  anchor = nth;
  choose(rows.map((message) => message.number), on);
}

/** Shows what is chosen. */
export function showChosen() {
  for (const node of get("list").children) {
    const on = isChosen(Number(node.dataset.number));
    node.classList.toggle("is-chosen", on);
    node.querySelector("input").checked = on;
  }
  const listed = shown.filter((message) => isChosen(message.number)).length;
  const elsewhere = count() - listed;
  get("chosen-elsewhere").textContent = elsewhere ? word("chosenElsewhere", elsewhere) : "";
  const open = shown.filter((message) => !message.gone);
  get("all").checked = open.length > 0 && open.every((message) => isChosen(message.number));
  get("all").disabled = open.length === 0;
}

function mark(nth) {
  const rows = get("list").children;
  rows[0]?.setAttribute("tabindex", "-1");
  rows[current]?.setAttribute("tabindex", "-1");
  rows[current]?.classList.remove("is-current");
  current = nth;
  rows[nth]?.setAttribute("tabindex", "0");
  rows[nth]?.classList.add("is-current");
}

function move(nth, focus) {
  if (nth < 0 || nth >= shown.length) return;
  mark(nth);
  if (focus) get("list").children[nth].focus();
}

/** Goes to the next row, or with -1 to the one before. */
export const step = (by) => move(current < 0 ? 0 : current + by, true);

/** Goes back to the row that was opened. */
export const back = () => move(Math.max(current, 0), true);

/** Which row is the current one; -1 for none. */
export const place = () => current;

/** Goes to a row, or to the last one before it. */
export const goTo = (nth) => move(Math.min(nth, shown.length - 1), true);

/** Chooses the current row, or chooses it no more. */
export function toggle() {
  const message = shown[current];
  if (message && !message.gone) chooseTo(current, !isChosen(message.number), false);
}

/** Opens the current row. */
export function openCurrent() {
  const message = shown[current];
  if (message) open(message.number);
}
