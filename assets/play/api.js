// The page's four requests. Everything else the page knows it works out itself.

const RETRY_MS = 2000;

/** The whole state, to begin with. */
export async function load() {
  const response = await fetch("/play/state");
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

/** Says a line; resolves once it is durable. Rejects with the server's word for why not. */
export const say = (body) => post("/play/say", body);

/** Jumps the clock; resolves with `{now_ms}` once everything on the way is done. */
export const jump = (toMs) => post("/play/clock", { to_ms: toMs });

async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? "failed");
  return answer;
}

/** Follows the stream after a line; reconnects by itself until told to reload. */
export function follow(after, heard) {
  const source = new EventSource(`/play/stream?after=${after}`);
  let last = after;
  source.addEventListener("open", () => heard.online(true));
  source.addEventListener("line", (event) => {
    const line = JSON.parse(event.data);
    last = line.id;
    heard.line(line);
  });
  source.addEventListener("clock", (event) => heard.clock(JSON.parse(event.data).now_ms));
  source.addEventListener("reload", () => {
    source.close();
    heard.reload();
  });
  source.addEventListener("error", () => {
    heard.online(false);
    // A browser retries a broken connection, but not a refused one.
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => follow(last, heard), RETRY_MS);
    }
  });
}
