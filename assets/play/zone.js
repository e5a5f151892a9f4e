// Dates and times in the bot's zone, whatever zone the browser is in.

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const formats = new Map();

function format(locale, zone, options) {
  const key = JSON.stringify([locale, zone, options]);
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }));
  }
  return formats.get(key);
}

const locale = (lang) => (lang === "zh" ? "zh-CN" : "en-GB");

/** The wall clock at an instant, as the milliseconds UTC would have at that wall clock. */
function wall(ms, zone) {
  const parts = format("en-GB", zone, {
    year: "numeric", month: "numeric", day: "numeric",
    hour: "numeric", minute: "numeric", second: "numeric", hourCycle: "h23",
  }).formatToParts(ms);
  const of = (type) => Number(parts.find((part) => part.type === type).value);
  return Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
}

/** The instant of a wall clock; right after a skipped hour. */
function instant(wallMs, zone) {
  const guess = wallMs - (wall(wallMs, zone) - wallMs);
  return guess - (wall(guess, zone) - wallMs);
}

/** `09:05` */
export function timeText(ms, zone) {
  return format("en-GB", zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(ms);
}

/** `11月21日` or `21 Nov` */
export const dateText = (ms, zone, lang) =>
  format(locale(lang), zone, { month: "short", day: "numeric" }).format(ms);

/** `11月21日 周六` or `Sat 21 Nov` */
export function dayText(ms, zone, lang) {
  const day = dateText(ms, zone, lang);
  const weekday = format(locale(lang), zone, { weekday: "short" }).format(ms);
  return lang === "zh" ? `${day} ${weekday}` : `${weekday} ${day}`;
}

/** Both. */
export const fullText = (ms, zone, lang) => `${dayText(ms, zone, lang)} ${timeText(ms, zone)}`;

/** Whether two instants are of one day. */
export const sameDay = (a, b, zone) =>
  Math.floor(wall(a, zone) / DAY) === Math.floor(wall(b, zone) / DAY);

/** What a datetime field shows for an instant. */
export const fieldText = (ms, zone) => new Date(wall(ms, zone)).toISOString().slice(0, 16);

/** The instant that a datetime field says, or NaN. */
export function fieldInstant(text, zone) {
  const wallMs = Date.parse(`${text}Z`);
  return Number.isNaN(wallMs) ? NaN : instant(wallMs, zone);
}

/** The jumps offered, `[key of its words, instant]`. */
export function presets(now, zone) {
  const midnight = Math.floor(wall(now, zone) / DAY) * DAY;
  // 1970-01-01 was a Thursday; Monday is 1, and today's Monday is not the next one.
  const weekday = (midnight / DAY + 4) % 7;
  const untilMonday = (8 - weekday) % 7 || 7;
  return [
    ["plusHour", now + HOUR],
    ["today18", instant(midnight + 18 * HOUR, zone)],
    ["tomorrow9", instant(midnight + DAY + 9 * HOUR, zone)],
    ["monday9", instant(midnight + untilMonday * DAY + 9 * HOUR, zone)],
  ];
}
