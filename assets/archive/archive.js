// The archive page: the way in, the search, the export. It keeps nothing: what it shows it asks
// for, and what it does is a command in the conversation.

import * as api from "./api.js";
import * as chosen from "./chosen.js";
import * as filter from "./filter.js";
import * as keys from "./keys.js";
import * as list from "./list.js";
import * as reader from "./reader.js";
import { get, keep, kept, make, toast } from "./dom.js";
import { clock, setZone } from "./message.js";
import { language, setLanguage, word } from "./words.js";

const LANGUAGE = "steward-language";

let visit = null;
let next = null;
let line = "";
let asked = 0;

/** Begins with the address that was sent, or goes on with what this browser has open. */
async function start() {
  const token = location.hash.slice(1);
  // Used once and shown to nobody: neither in the bar nor in the history.
  history.replaceState(null, "", location.pathname);
  let gone = false;
  try {
    if (token) await api.begin(token);
  } catch (error) {
    if (error.message !== "gone") return failed(error);
    gone = true;
  }
  try {
    visit = await api.state();
  } catch (error) {
    if (error.message === "over") return gate(gone ? "gateGone" : "gateTitle", "gateNote");
    return failed(error);
  }
  if (!kept(LANGUAGE)) setLanguage(visit.lang);
  if (gone) toast(word("resumed"));
  get("gate").hidden = true;
  get("app").hidden = false;
  showFrame();
  // On a phone that would open its keyboard over half of the page.
  if (matchMedia("(hover: hover)").matches) get("query").focus();
  await search();
}

function showFrame() {
  setZone(visit.zone, visit.now_ms);
  const title = visit.direct ? word("direct") : visit.title;
  const name = language() === "zh" ? `「${title}」` : title;
  get("title").textContent = word("page", name);
  get("whose").textContent = word("whose", visit.by, clock(visit.until_ms));
  document.title = word("page", name);
  filter.setChoices(visit);
  chosen.show();
}

/** Says where an address is had. */
function gate(title, note) {
  get("app").hidden = true;
  get("gate").hidden = false;
  // Whoever comes to this screen next finds nothing in it.
  list.replace([]);
  reader.empty();
  chosen.chooseNone();
  filter.setQuery("");
  get("toast").hidden = true;
  get("gate-title").textContent = word(title);
  get("gate-note").textContent = word(note);
  const at = visit && language() === "zh" ? `@${visit.bot} 存档页` : word("gateLine");
  get("gate-line").textContent = at;
  document.title = word(title);
}

/** Searches for what stands in the box. */
async function search() {
  const number = /^\s*[mM]\d+\s*$/u.test(filter.query()) ? reader.numberOf(filter.query()) : 0;
  if (number) {
    filter.setQuery("");
    await reader.open(number);
  }
  const nth = ++asked;
  get("results").setAttribute("aria-busy", "true");
  try {
    const found = await api.find(filter.query(), null);
    // A later search was faster.
    if (nth !== asked) return;
    showFound(found);
  } catch (error) {
    if (nth !== asked) return;
    if (error.message === "query") showProblem(error.said);
    else failed(error);
  } finally {
    if (nth === asked) get("results").removeAttribute("aria-busy");
  }
}

function showFound(found) {
  line = filter.query();
  list.replace(found.messages);
  get("line").hidden = found.line === "";
  get("line").replaceChildren(word("asTyped"), make("code", "", found.line));
  const notes = found.line === "" ? [word("newest"), ...found.notes] : found.notes;
  get("notes").className = "notes";
  get("notes").replaceChildren(...notes.map((note) => make("li", "", note)));
  const none = found.messages.length === 0;
  // Of a search the first note says so.
  get("empty").hidden = !none || found.line !== "";
  get("empty").textContent = word("nothingKept");
  get("export").disabled = none && found.next === null;
  setNext(found);
}

function setNext(found) {
  next = found.next;
  get("more").hidden = next === null;
  get("more").textContent = word(found.messages.length ? "more" : "moreOlder");
}

function showProblem(said) {
  list.replace([]);
  get("line").hidden = true;
  get("notes").className = "notes problem";
  get("notes").replaceChildren(...said.split("\n").map((note) => make("li", "", note)));
  get("empty").hidden = true;
  get("more").hidden = true;
  get("export").disabled = true;
}

/** What else was found. */
async function more() {
  get("more").disabled = true;
  const nth = asked;
  try {
    const found = await api.find(line, next);
    if (nth !== asked) return;
    list.append(found.messages);
    get("empty").hidden = list.messages().length > 0;
    setNext(found);
  } catch (error) {
    failed(error);
  } finally {
    get("more").disabled = false;
  }
}

/** Asks anew after something was done; the place in the list stays. */
async function refresh() {
  try {
    const top = get("results").scrollTop;
    const [count, place] = [list.messages().length, list.place()];
    visit = await api.state();
    filter.setChoices(visit);
    let found = await api.find(line, null);
    const messages = [...found.messages];
    while (found.next !== null && messages.length < count) {
      found = await api.find(line, found.next);
      messages.push(...found.messages);
    }
    list.replace(messages);
    setNext(found);
    get("results").scrollTop = top;
    if (place >= 0) list.goTo(place);
    await reader.again();
  } catch (error) {
    failed(error);
  }
}

/** What went wrong, where everybody looks; a visit that is over ends the page. */
function failed(error) {
  if (error.message === "over") return gate("gateGone", "gateNote");
  if (error.message === "other") return gate("gateOther", "gateOtherNote");
  const known = ["busy", "offline", "unknown"].includes(error.message);
  toast(word(known ? error.message : "failed"));
}

function wireExport() {
  const sheet = get("export-sheet");
  get("export").addEventListener("click", () => {
    get("export-what").textContent = line || word("exportAll");
    sheet.showModal();
  });
  get("export-close").addEventListener("click", () => sheet.close());
  get("export-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const [format, purpose] = [get("export-format").value, get("export-purpose").value.trim()];
    get("export-go").disabled = true;
    await chosen.perform({ do: "export", query: line, format, purpose }, async () => {});
    get("export-go").disabled = false;
    sheet.close();
  });
}

async function leave() {
  try {
    await api.leave();
    gate("gateLeft", "gateNote");
  } catch (error) {
    failed(error);
  }
}

async function speak(to) {
  setLanguage(to);
  keep(LANGUAGE, to);
  if (!visit) return;
  showFrame();
  await search();
  if (reader.isOpen()) reader.show();
}

const wanted = kept(LANGUAGE) ?? navigator.language;
setLanguage(wanted.startsWith("zh") ? "zh" : "en");
filter.wire(search);
list.wire(reader.open);
chosen.wire(list.showChosen, refresh, failed);
reader.wire(list.back, failed);
keys.wire();
wireExport();
get("more").addEventListener("click", more);
get("leave").addEventListener("click", leave);
for (const node of document.querySelectorAll("[data-lang]")) {
  node.addEventListener("click", () => speak(node.dataset.lang));
}
window.addEventListener("hashchange", start);
start();
