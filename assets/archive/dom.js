// Making and finding elements. Text goes in as text only: nothing here or elsewhere parses HTML.

/** The element of this id; index.html has them all. */
export const get = (id) => document.getElementById(id);

/** A new element with a class and children; strings become text. */
export function make(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

/** A new button that does something. */
export function button(className, label, does) {
  const node = make("button", className, label);
  node.type = "button";
  node.addEventListener("click", does);
  return node;
}

/** What this browser keeps under a key; some keep nothing. */
export function kept(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Keeps something, where it may be kept. */
export function keep(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A browser that keeps nothing asks anew each time.
  }
}

const SHOWN_MS = 12_000;

/** Shows what came of something at the foot of the page; with `undo`, a button for that. */
export function toast(text, undo) {
  const node = get("toast");
  get("toast-text").textContent = text;
  get("toast-undo").hidden = !undo;
  get("toast-undo").onclick = () => {
    node.hidden = true;
    undo();
  };
  get("toast-close").onclick = () => { node.hidden = true; };
  node.hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { node.hidden = true; }, SHOWN_MS);
}
