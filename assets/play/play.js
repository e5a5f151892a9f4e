// The page put together: load the state, draw, follow the stream.

import { follow, load } from "./api.js";
import { clock } from "./clock.js";
import { composer, quote, write } from "./composer.js";
import { get } from "./dom.js";
import { side } from "./side.js";
import { talk } from "./talk.js";
import { setLanguage, word } from "./words.js";
import { addLine, fill, on, prefs, setClock, world } from "./world.js";

const RETRY_MS = 2000;

function browserLanguage() {
  const known = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) =>
    tag === "zh" || tag === "en");
  return known ?? world.lang;
}

function online(is) {
  get("offline").hidden = is;
}

async function begin() {
  let state;
  try {
    state = await load();
  } catch {
    get("offline").textContent = word("unloaded");
    online(false);
    setTimeout(begin, RETRY_MS);
    return;
  }
  world.lang = state.lang;
  setLanguage(prefs.lang ?? browserLanguage());
  fill(state);
  online(true);
  follow(state.after, { line: addLine, clock: setClock, reload: begin, online });
}

// The language first: everything drawn afterwards reads it.
on(["lang"], () => setLanguage(prefs.lang));
side();
talk({ quote, write });
composer();
clock();
setLanguage(prefs.lang ?? browserLanguage());
begin();
