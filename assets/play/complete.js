// What could come next at the caret: members after @, words after the bot's name, verbs after a
// handle. Pure.

const CHOICES_MAX = 24;

/**
 * The choices for a text up to the caret, or null. `eager`: Enter takes the first one; otherwise
 * Enter still sends.
 * `from` is where the chosen text goes in.
 */
export function complete(before, { bot, members, words, lang, direct }) {
  return mentions(before, bot, members) ?? commands(before, { bot, members, words, lang, direct });
}

function mentions(before, bot, members) {
  const found = /(?:^|[^A-Za-z0-9])[@＠]([^\s@＠]{0,20})$/u.exec(before);
  if (!found) return null;
  const typed = found[1].toLowerCase();
  // An id is what one can type without an input method.
  const all = [{ id: "steward", name: bot }, ...members];
  const fitting = all.filter(({ id, name }) =>
    name.toLowerCase().includes(typed) || (typed && id.startsWith(typed)));
  const isDone = fitting.some(({ name }) => name.toLowerCase() === typed);
  if (!fitting.length || isDone) return null;
  const items = fitting.map(({ id, name }) => ({
    label: `@${name}`, note: "", insert: `@${name} `, picture: id,
  }));
  return { from: before.length - found[1].length - 1, eager: true, items };
}

function commands(before, { bot, members, words, lang, direct }) {
  const opened = opening(before, bot, direct);
  if (!opened) return null;
  const { from, insertFrom, prefix, slash } = opened;
  const rest = before.slice(from);
  const handle = /^([A-Za-z])\d+\s+(\S*)$/u.exec(rest);
  const items = handle
    ? verbsOf(words, handle[1].toUpperCase()).flatMap((word) => fit(word, handle[2], lang))
    : nouns(words, rest, lang, members);
  if (!items.length) return null;
  const start = handle ? before.length - handle[2].length : insertFrom;
  const lead = handle ? "" : prefix;
  return {
    from: start,
    eager: slash,
    items: items.slice(0, CHOICES_MAX).map((item) => ({ ...item, insert: lead + item.insert })),
  };
}

/** Where a command begins: after the bot's @, at the start of a direct chat, or after a slash. */
function opening(before, bot, direct) {
  const slash = /^[/／、]/u.exec(before);
  if (slash) {
    return { from: 1, insertFrom: 0, prefix: direct ? "" : `@${bot} `, slash: true };
  }
  const name = before.slice(1, 1 + bot.length);
  if (/^[@＠]/u.test(before) && name === bot) {
    const blanks = /^\s*/u.exec(before.slice(1 + bot.length))[0].length;
    const from = 1 + bot.length + blanks;
    return { from, insertFrom: from, prefix: blanks ? "" : " ", slash: false };
  }
  return direct && before !== "" ? { from: 0, insertFrom: 0, prefix: "", slash: false } : null;
}

function verbsOf(words, letter) {
  const keys = new Set(words.filter((word) => word.letter === letter).flatMap((w) => w.verbs));
  return words.filter((word) => keys.has(word.key));
}

function nouns(words, typed, lang, members) {
  if (/\n/u.test(typed)) return [];
  const all = words.filter((word) => word.kind === "noun");
  const chosen = all.find((word) => [word.zh.name, word.en.name].includes(typed.trim()));
  if (chosen) {
    const names = chosen[chosen.en.name === typed.trim() ? "en" : "zh"];
    return names.lines.filter((line) => line.length > typed.length)
      .map((line) => named(line, members))
      .map((line) => ({ label: line, note: "", insert: line }));
  }
  return /\s/u.test(typed) ? [] : all.flatMap((word) => fit(word, typed, lang));
}

/** A line of the help with members for the people in it who are not here. */
function named(line, members) {
  let next = 0;
  return line.replace(/@([^\s@]+)/gu, (all, name) => {
    if (members.some((member) => member.name === name)) return all;
    next += 1; // the first member is whoever begins: an example is about somebody else
    return `@${members[next % members.length].name}`;
  });
}

/** A word whose name or alias begins as typed, in the page's language first. */
function fit(word, typed, lang) {
  const start = typed.toLowerCase();
  for (const names of [word[lang], word[lang === "zh" ? "en" : "zh"]]) {
    const name = [names.name, ...names.aliases].find((one) => one.toLowerCase().startsWith(start));
    if (name && name !== typed) return [{ label: name, note: word[lang].help, insert: `${name} ` }];
  }
  return [];
}
