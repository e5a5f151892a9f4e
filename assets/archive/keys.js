// The keyboard: single letters outside of fields, Escape everywhere.

import { count, chooseNone } from "./chosen.js";
import { get } from "./dom.js";
import * as list from "./list.js";
import * as reader from "./reader.js";

const TYPED = "input:not([type=checkbox]), select, textarea";

const KEYS = {
  "/": () => get("query").focus(),
  j: () => list.step(1),
  ArrowDown: () => list.step(1),
  k: () => list.step(-1),
  ArrowUp: () => list.step(-1),
  x: () => list.toggle(),
  Enter: () => list.openCurrent(),
  t: () => count() && get("tag-name").focus(),
  f: () => count() && get("file-name").focus(),
};

/** Wires the keyboard. */
export function wire() {
  document.addEventListener("keydown", (event) => {
    const other = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
    if (other || get("app").hidden || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") return escape(event);
    if (event.target.matches(TYPED)) return;
    // Buttons, boxes and links keep their own Enter; the reader keeps its arrows.
    const own = event.target.closest("button, input, summary, a") && event.key === "Enter";
    const scrolls = event.target.closest(".reader") && event.key.startsWith("Arrow");
    const does = KEYS[event.key];
    if (own || scrolls || !does) return;
    event.preventDefault();
    does();
  });
}

/** One step back: out of a field, out of the reader, out of the choice. */
function escape(event) {
  if (event.target.matches(TYPED)) {
    event.preventDefault();
    return list.messages().length ? list.back() : event.target.blur();
  }
  if (reader.isOpen()) return reader.close();
  if (count()) chooseNone();
}
