// The bot's card: the model's `Outgoing` as the server stores it, drawn block by block.

import { button, make, toast } from "./dom.js";
import { word } from "./words.js";

/** A card; `press` gets the line a button types, `isMe` says whether a mention is the speaker's. */
export function cardNode(card, press, isMe) {
  const node = make("div", `card lane-${card.lane.toLowerCase()}`);
  if (card.title) node.append(make("p", "card-title", card.title));
  for (const block of card.blocks) node.append(blockNode(block, isMe));
  if (card.buttons.length) node.append(buttons(card.buttons, press));
  return node;
}

function blockNode(block, isMe) {
  const [[kind, value]] = Object.entries(block);
  switch (kind) {
    case "Line": return make("p", "", ...value.map((span) => spanNode(span, isMe)));
    case "List": return make("ul", "", ...value.map((spans) => make(
      "li", "", ...spans.map((span) => spanNode(span, isMe)),
    )));
    case "Fields": return make("dl", "", ...value.flatMap(([name, text]) => [
      make("dt", "", name), make("dd", "", text),
    ]));
    case "Quote": return make("blockquote", "", value);
    case "Code": return codeNode(value);
    default: return make("p", "", JSON.stringify(value));
  }
}

function spanNode(span, isMe) {
  const [[kind, value]] = Object.entries(span);
  switch (kind) {
    case "Strong": return make("strong", "", value);
    case "Mention": return make("span", isMe(value.name) ? "at me" : "at", `@${value.name}`);
    default: return String(value);
  }
}

function codeNode(text) {
  const copy = button("copy", word("copy"), async () => {
    await navigator.clipboard.writeText(text);
    toast(word("copied"));
  });
  const code = make("div", "code", make("pre", "", text), copy);
  // Only an address of the bot's own: nothing that anybody typed leads elsewhere.
  if (text.startsWith(`${location.origin}/`)) code.append(openNode(text));
  return code;
}

function openNode(address) {
  const link = make("a", "open", word("openPage"));
  [link.href, link.target, link.rel] = [address, "_blank", "noreferrer"];
  return link;
}

function buttons(list, press) {
  const nodes = list.map(({ label, types }) => {
    const node = button("button", label, async () => {
      // Twice by a double click would be two commands.
      node.disabled = true;
      await press(types);
      node.disabled = false;
    });
    node.title = types;
    return node;
  });
  return make("div", "card-buttons", ...nodes);
}
