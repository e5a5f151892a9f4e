// What the page knows: cast, lines, who speaks and where. Changes are told to whoever listens;
// nothing is drawn here.

import { say } from "./api.js";

const PREFS = "steward.play";

/** What the server said, and what came since. */
export const world = {
  bot: "", zone: "UTC", lang: "zh", members: [], conversations: [], words: [],
  lines: new Map(), // conversation id -> lines, oldest first
  unread: new Map(), // conversation id -> count
  pending: [], // said here, not yet shown by the server
  aheadMs: 0, // virtual clock minus the browser's
};

/** What this tab remembers, and a new one begins with. `place` is a group's id or "direct". */
export const prefs = restore();

const listeners = new Map();

/** Calls `run` on any of these: reset, place, line, pending, unread, clock, options, lang. */
export function on(topics, run) {
  for (const topic of topics) listeners.set(topic, [...(listeners.get(topic) ?? []), run]);
}

function tell(topic, detail) {
  for (const run of listeners.get(topic) ?? []) run(detail);
}

/** Takes a whole state. */
export function fill(state) {
  Object.assign(world, {
    bot: state.bot, zone: state.zone, lang: state.lang,
    members: state.members, conversations: state.conversations, words: state.words,
  });
  world.lines = new Map(state.conversations.map((conversation) => [conversation.id, []]));
  for (const line of state.lines) world.lines.get(line.conversation)?.push(line);
  if (!member(prefs.speaker)) prefs.speaker = world.members[0].id;
  if (!isPlace(prefs.place)) prefs.place = world.conversations[0].id;
  keep();
  const shown = new Set(state.lines.map((line) => line.message_id));
  world.pending = world.pending.filter((waiting) => !shown.has(waiting.id));
  setClock(state.now_ms);
  tell("reset");
}

const isPlace = (place) => place === "direct"
  || world.conversations.some((conversation) => !conversation.direct && conversation.id === place);

/** The member of an id. */
export const member = (id) => world.members.find((one) => one.id === id);

/** Who speaks. */
export const speaker = () => member(prefs.speaker);

/** The direct chat of a member with the bot. */
export const directOf = (id) => world.conversations.find((one) => one.whose === id);

/** The conversation that is open; a direct chat is the speaker's. */
export const here = () => (prefs.place === "direct"
  ? directOf(prefs.speaker)
  : world.conversations.find((one) => one.id === prefs.place));

/** The virtual clock. */
export const now = () => Date.now() + world.aheadMs;

/** The virtual clock is here. */
export function setClock(nowMs) {
  world.aheadMs = nowMs - Date.now();
  tell("clock");
}

/** Opens a conversation, or has somebody else speak. */
export function go({ place = prefs.place, who = prefs.speaker }) {
  prefs.place = place;
  prefs.speaker = who;
  keep();
  world.unread.delete(here().id);
  tell("place");
  tell("unread");
}

/** Sets a switch or the language. */
export function choose(name, value) {
  prefs[name] = value;
  keep();
  tell(name === "lang" ? "lang" : "options");
}

/** A line came. */
export function addLine(line) {
  const lines = world.lines.get(line.conversation);
  if (!lines || lines.some((known) => known.id === line.id)) return;
  lines.push(line);
  const waited = world.pending.length;
  world.pending = world.pending.filter((waiting) => waiting.id !== line.message_id);
  tell("line", line);
  if (world.pending.length !== waited) tell("pending");
  if (line.conversation !== here().id) {
    world.unread.set(line.conversation, (world.unread.get(line.conversation) ?? 0) + 1);
    tell("unread");
  }
}

/** Says a text here as the speaker. */
export function speak(text, quoted) {
  const waiting = {
    conversation: here().id, sender: prefs.speaker, text,
    id: crypto.randomUUID(), quoted: quoted?.message_id ?? null,
    only_mentions: prefs.onlyMentions, twice: prefs.twice,
  };
  world.pending.push(waiting);
  return deliver(waiting);
}

/** Sends what waits; the same id again is the same message. */
export async function deliver(waiting) {
  delete waiting.problem;
  tell("pending");
  const { problem: _, ...body } = waiting;
  try {
    await say(body);
  } catch (error) {
    waiting.problem = error.message;
    tell("pending");
  }
}

/** Gives up what waits. */
export function drop(waiting) {
  world.pending = world.pending.filter((other) => other !== waiting);
  tell("pending");
}

function restore() {
  const fresh = { lang: null, speaker: null, place: null, twice: false, onlyMentions: false };
  try {
    // A tab's own first: two tabs can be two members, also after a reload.
    const kept = sessionStorage.getItem(PREFS) ?? localStorage.getItem(PREFS);
    return { ...fresh, ...JSON.parse(kept ?? "{}") };
  } catch {
    return fresh; // storage may be switched off
  }
}

function keep() {
  try {
    sessionStorage.setItem(PREFS, JSON.stringify(prefs));
    localStorage.setItem(PREFS, JSON.stringify(prefs));
  } catch {
    // Then it is forgotten on reload, no more.
  }
}
