// The search box and what narrows it: everything ends as words in the one line that would be typed
// in the chat.

import { button, get, make } from "./dom.js";
import { language, word } from "./words.js";

/** Parts of a line: what stands between quotation marks is one. */
const PART = /-?(?:"[^"]*"|“[^”]*”|「[^」]*」|『[^』]*』)|\S+/gu;

/** Stretches of time that are said in several words in English. */
const SPANS = /\b(?:this|last) (?:week|month)\b|\d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d/giu;

/** Days that were chosen from the calendar. */
const DAYS = /^\d{4}-\d\d-\d\d(?:(?:到| to )\d{4}-\d\d-\d\d)?$/u;

let search = () => {};

/** The line as it stands. */
export const query = () => get("query").value.trim();

/** Puts a line into the box without searching. */
export function setQuery(line) {
  get("query").value = line;
  showParts();
}

/** Adds a part to the line and searches; one that is there already is taken out. */
export function narrow(part) {
  const all = parts(query());
  const rest = all.filter((other) => other !== part);
  if (rest.length === all.length) rest.push(part);
  setQuery(rest.join(" "));
  search();
}

/** What the box holds, part by part. */
export function parts(line) {
  // A stretch of two words stays one part.
  const glued = line.replace(SPANS, (span) => span.replaceAll(" ", "\u{1}"));
  return (glued.match(PART) ?? []).map((part) => part.replaceAll("\u{1}", " "));
}

/** Wires the box; `run` searches for what stands in it. */
export function wire(run) {
  search = run;
  const box = get("query");
  get("search").addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  // Enter that ends a composition is the input method's.
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.isComposing) event.preventDefault();
  });
  box.addEventListener("input", showParts);
  get("clear").addEventListener("click", () => {
    setQuery("");
    box.focus();
    run();
  });
  for (const [id, mark] of [["by-person", "@"], ["by-tag", "#"], ["by-cabinet", ""]]) {
    const select = get(id);
    select.addEventListener("change", () => {
      const part = mark || cabinetMark();
      if (select.value) narrow(`${part}${select.value}`);
      select.value = "";
    });
  }
  get("day-go").addEventListener("click", narrowDays);
}

const cabinetMark = () => (language() === "zh" ? "库:" : "in:");

/** Fills what there is to choose from. */
export function setChoices(state) {
  choices("by-person", "byPerson", state.people);
  choices("by-tag", "byTag", state.tags);
  choices("by-cabinet", "byCabinet", state.cabinets);
  datalist("tag-names", state.tags);
  datalist("cabinet-names", state.cabinets);
  get("query").placeholder = word("placeholder");
  get("search-mark").textContent = word("searchMark");
  showParts();
}

function choices(id, label, names) {
  const none = make("option", "", word(label));
  none.value = "";
  const options = names.map((name) => {
    const option = make("option", "", name);
    option.value = name;
    return option;
  });
  const select = get(id);
  select.replaceChildren(none, ...options);
  select.setAttribute("aria-label", word(label));
  select.disabled = names.length === 0;
}

function datalist(id, names) {
  get(id).replaceChildren(...names.map((name) => {
    const option = document.createElement("option");
    option.value = name;
    return option;
  }));
}

function narrowDays() {
  const [from, to] = [get("day-from").value, get("day-to").value];
  if (!from && !to) return;
  const [first, last] = [from || to, to || from].sort();
  const rest = parts(query()).filter((part) => !DAYS.test(part) && !isPreset(part));
  const through = language() === "zh" ? "到" : " to ";
  const span = first === last ? first : `${first}${through}${last}`;
  setQuery([...rest, span].join(" "));
  get("days").open = false;
  search();
}

const isPreset = (part) => word("presets").includes(part);

/** One stretch of time at a time. */
function choosePreset(preset) {
  const all = parts(query());
  const rest = all.filter((part) => !isPreset(part) && !DAYS.test(part));
  setQuery((all.includes(preset) ? rest : [...rest, preset]).join(" "));
  search();
}

/** Draws the presets and the parts in effect. */
export function showParts() {
  const all = parts(query());
  const pressed = (node, part) => {
    node.setAttribute("aria-pressed", String(all.includes(part)));
    return node;
  };
  const presets = word("presets").map(
    (part) => pressed(button("chip", part, () => choosePreset(part)), part),
  );
  const unfiled = word("unfiled");
  presets.push(pressed(button("chip", unfiled, () => narrow(unfiled)), unfiled));
  get("presets").replaceChildren(...presets);
  get("tokens").replaceChildren(...all.map((part) => {
    const drop = button("token", "", () => narrow(part));
    drop.append(make("span", "", part), make("span", "token-x", "×"));
    drop.setAttribute("aria-label", word("drop", part));
    return make("li", "", drop);
  }));
  get("tokens").hidden = all.length === 0;
  get("clear").hidden = get("query").value === "";
}
