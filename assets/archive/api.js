// The page's requests. What is asked for goes in bodies, never into an address.

import { language } from "./words.js";

const BASE = new URL("../", import.meta.url);

/** Which visit this window speaks for: the server refuses it for any other. */
let stamp = "";

/** A refused request: the server's word for why, and what the bot says of it. */
export class Refused extends Error {
  constructor(word, said) {
    super(word);
    this.said = said;
  }
}

/** Uses an address up for a visit. */
export const begin = (token) => post("in", { token });

/** Ends the visit. */
export const leave = () => post("out", {});

/** Whose visit it is, and what there is to choose from. */
export async function state() {
  const found = await post("state", { lang: language() });
  stamp = found.stamp;
  return found;
}

/** A page of a search, below a number or from the newest on. */
export const find = (query, below) => post("find", { query, below, lang: language() });

/** A message with so many before and behind it. */
export const around = (number, before, behind, query) =>
  post("around", { number, before, behind, query, lang: language() });

/** Does something; resolves with what the bot said. */
export const act = (what) => post("act", { act: what, lang: language() });

async function post(path, body) {
  const response = await fetch(new URL(path, BASE), {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", "X-Archive-Stamp": stamp },
    body: JSON.stringify(body),
  }).catch(() => { throw new Refused("offline"); });
  if (response.status === 204) return {};
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(answer.error ?? "failed", answer.said);
  return answer;
}
