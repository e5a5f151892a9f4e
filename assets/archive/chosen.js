// Which messages are chosen, and what is done with them.

import { act } from "./api.js";
import { get, toast } from "./dom.js";
import { word } from "./words.js";

/** As many as the server takes at once. */
const CHOSEN_MAX = 200;

const numbers = new Set();
let changed = () => {};
let failed = () => {};

/** Whether a message is chosen. */
export const isChosen = (number) => numbers.has(number);

/** How many are. */
export const count = () => numbers.size;

/** Chooses messages, or chooses them no more; whether there was room for all of them. */
export function choose(list, on) {
  for (const number of list) {
    if (!on) numbers.delete(number);
    else if (numbers.size < CHOSEN_MAX) numbers.add(number);
    else if (!numbers.has(number)) {
      toast(word("chosenMax", CHOSEN_MAX));
      break;
    }
  }
  show();
}

/** Chooses none. */
export function chooseNone() {
  numbers.clear();
  show();
}

/** Draws how many are chosen. */
export function show() {
  get("chosen").hidden = numbers.size === 0;
  get("app").classList.toggle("choosing", numbers.size > 0);
  get("chosen-count").textContent = word("chosenCount", numbers.size);
  changed();
}

/** Wires the bar: `draw` shows what is chosen, `done` what is different since, `problem` a refusal. */
export function wire(draw, done, problem) {
  changed = draw;
  failed = problem;
  get("chosen-none").addEventListener("click", chooseNone);
  wireForm("tag-form", "tag-name", "tag", done);
  wireForm("file-form", "file-name", "file", done);
}

function wireForm(form, field, what, done) {
  get(form).addEventListener("submit", async (event) => {
    event.preventDefault();
    const name = get(field).value.trim();
    if (!name) return;
    const submit = get(form).querySelector("button");
    // Twice by a double click would be two commands.
    submit.disabled = true;
    const all = [...numbers].sort((a, b) => a - b);
    const fine = await perform({ do: what, numbers: all, name }, done);
    submit.disabled = false;
    if (!fine) return;
    get(field).value = "";
    chooseNone();
  });
}

/** Does something and says what came of it; whether it was done. */
export async function perform(what, done) {
  try {
    const answer = await act(what);
    const undo = answer.undo ? () => perform({ do: "undo" }, done) : null;
    toast(answer.said, undo);
    if (answer.done) await done();
    return answer.done;
  } catch (error) {
    failed(error);
    return false;
  }
}
