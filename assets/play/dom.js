// Making and finding elements. Text goes in as text only: nothing here or elsewhere parses HTML.

const SVG = "http://www.w3.org/2000/svg";

/** The element of this id; index.html has them all. */
export const get = (id) => document.getElementById(id);

/** A new element with a class and children; strings become text. */
export function make(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** A button that does something. */
export function button(className, label, press) {
  const node = make("button", className, label);
  node.type = "button";
  node.addEventListener("click", press);
  return node;
}

/** An icon of the sprite in index.html. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** A round picture: a member's initial in a colour of their own, or the bot's bell. */
export function avatar(members, id) {
  const index = members.findIndex((member) => member.id === id);
  if (index < 0) return make("span", "avatar bot", icon("bell"));
  const initial = [...members[index].name][0] ?? "?";
  const node = make("span", `avatar hue${index % 6}`, initial.toUpperCase());
  node.setAttribute("aria-hidden", "true");
  return node;
}

/** Shows a passing message at the foot of the page. */
export function toast(text) {
  const node = get("toast");
  node.textContent = text;
  node.hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { node.hidden = true; }, 4000);
}
