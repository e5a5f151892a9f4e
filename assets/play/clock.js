// The virtual clock: its face in the bar, and the sheet from which it jumps.

import { jump } from "./api.js";
import { button, get, make, toast } from "./dom.js";
import { now, on, setClock, world } from "./world.js";
import { language, word } from "./words.js";
import { dayText, fieldInstant, fieldText, fullText, presets, timeText } from "./zone.js";

const TICK_MS = 1000;
const HOUR_MS = 3_600_000;

/** Draws the clock and keeps it going. */
export function clock() {
  on(["reset", "clock", "lang"], draw);
  setInterval(draw, TICK_MS);
  get("clock").addEventListener("click", open);
  get("clock-close").addEventListener("click", () => get("clock-sheet").close());
  get("clock-sheet").addEventListener("click", (event) => {
    if (event.target === get("clock-sheet")) get("clock-sheet").close();
  });
  get("clock-form").addEventListener("submit", (event) => {
    event.preventDefault();
    travel(fieldInstant(get("clock-field").value, world.zone));
  });
}

function draw() {
  if (!world.members.length) return;
  const [day, time] = [dayText(now(), world.zone, language()), timeText(now(), world.zone)];
  if (get("clock-time").textContent === time && get("clock-day").textContent === day) return;
  get("clock-day").textContent = day;
  get("clock-time").textContent = time;
  get("clock").setAttribute("aria-label", word("clockLabel", `${day} ${time}`));
  get("clock-face").replaceChildren(make("b", "", time), make("span", "", day));
}

function open() {
  const at = now();
  get("clock-problem").textContent = "";
  get("clock-field").min = fieldText(at, world.zone);
  get("clock-field").value = fieldText(at + HOUR_MS, world.zone);
  get("presets").replaceChildren(...presets(at, world.zone).map(([key, to]) => {
    const node = button("preset", "", () => travel(to));
    node.append(make("b", "", word(key)), make("span", "", fullText(to, world.zone, language())));
    node.disabled = to <= at;
    return node;
  }));
  get("clock-sheet").showModal();
}

async function travel(to) {
  const problem = get("clock-problem");
  if (Number.isNaN(to)) return;
  busy(true);
  problem.textContent = "";
  try {
    const { now_ms: at } = await jump(to);
    setClock(at);
    get("clock-sheet").close();
    toast(word("jumped", fullText(at, world.zone, language())));
  } catch (error) {
    problem.textContent = word(error.message === "range" ? "jumpRange" : "jumpFailed");
  } finally {
    busy(false);
  }
}

function busy(is) {
  get("clock-go").disabled = is;
  get("clock-go").textContent = word(is ? "jumping" : "jump");
  get("presets").inert = is;
}
