/* Who is there, and what the page shows: one of its sections, or the app. */

import { serveKeys } from "./key_row.js?v=VERSION";
import { Line } from "./line.js?v=VERSION";
import { Screen } from "./screen.js?v=VERSION";

const element = (id) => document.getElementById(id);
const whole = new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));

let screen = null;
let line = null;

function show(state, message) {
  document.body.dataset.state = state;
  const section = element(state);
  const told = section?.querySelector("[data-message]");
  if (told && message) {
    told.textContent = message;
  }
  element("lost").hidden = true;
  document.body.classList.remove("-lost");
  section?.querySelector("button")?.focus();
}

/* The secret of a link leaves the address bar at once, and this tab's memory when it has been used. */

function takeSecret() {
  if (location.hash.length > 1) {
    history.replaceState({ secret: location.hash.slice(1) }, "", location.pathname);
  }
}

async function begin() {
  takeSecret();
  let answer;
  try {
    answer = await fetch("/who", { cache: "no-store" });
  } catch {
    show("broken");
    return;
  }
  if (answer.ok) {
    const { name, title } = await answer.json();
    document.title = `${title} · ${name}`; /* on a computer that several use, whose record this is */
    await open();
  } else if (answer.status === 401) {
    show(history.state?.secret ? "enter" : "without");
  } else {
    show("busy", await messageOf(answer));
  }
}

async function enter() {
  const answer = await fetch("/enter", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ secret: history.state?.secret ?? "" }),
  });
  if (answer.ok) {
    history.replaceState(null, "", location.pathname);
    await begin();
  } else if (answer.status === 403) {
    history.replaceState(null, "", location.pathname);
    show("without", await messageOf(answer));
  } else {
    show("busy", await messageOf(answer));
  }
}

async function messageOf(answer) {
  try {
    return (await answer.json()).message;
  } catch {
    return null;
  }
}

/* The app. */

async function open() {
  await whole;
  if (!window.xterm) {
    show("broken");
    return;
  }
  if (!screen) {
    await document.fonts.load("16px 'Roboto Mono'");
    screen = new Screen(element("terminal"), {
      typed: (text) => line.send("stdin", text),
      resized: (size) => line.send("resize", size),
      titled: (title) => (document.title = title || document.title),
      focused: () => line.send("focus"),
      blurred: () => line.send("blur"),
    });
    readAloud(localStorage.getItem(ALOUD) !== null);
    line = new Line(page);
    serveKeys(element("key-row"), screen);
  }
  line.connect();
}

const page = {
  size: () => screen.size,
  begun() {
    screen.reset();
    show("app");
    line.send("resize", screen.size);
    line.send(document.hasFocus() ? "focus" : "blur");
    screen.focus();
  },
  bytes: (data) => screen.write(data),
  lost() {
    document.body.dataset.state = "app";
    document.body.classList.add("-lost");
    element("lost").hidden = false;
  },
  over: show,
  delivered(key, { inline }) {
    const address = `/download/${encodeURIComponent(key)}`;
    if (inline) {
      openPage(address);
    } else {
      const link = document.createElement("a");
      link.href = address;
      link.download = "";
      link.click();
    }
  },
  asked_to_open(url) {
    if (/^https?:/.test(url)) {
      openPage(url);
    }
  },
};

/** Open a page beside the app; where the browser keeps that back, a link to it is shown. */
function openPage(url) {
  const opened = window.open(url, "_blank");
  if (opened) {
    opened.opener = null;
    return;
  }
  element("page-link").href = url;
  element("page").hidden = false;
}

function closePage() {
  element("page").hidden = true;
  screen.focus();
}

/* For screen readers: kept by this browser. */

const ALOUD = "aloud";

function readAloud(isRead) {
  element("aloud").setAttribute("aria-pressed", String(isRead));
  screen.readAloud(isRead);
  if (isRead) {
    localStorage.setItem(ALOUD, "");
  } else {
    localStorage.removeItem(ALOUD);
  }
}

/* What the buttons do. */

const deeds = {
  enter,
  connect: open,
  try_now: () => line.again(),
  begin,
  ask_to_leave: () => show("leaving"),
  async leave() {
    await fetch("/leave", { method: "POST" });
    show(history.state?.secret ? "enter" : "without");
  },
  close_page: closePage,
  read_aloud() {
    readAloud(element("aloud").getAttribute("aria-pressed") !== "true");
    screen.focus();
  },
  reload: () => location.reload(),
};

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("button[data-do]");
  if (!button) {
    return;
  }
  button.disabled = true;
  try {
    await deeds[button.dataset.do]();
  } catch {
    show("broken"); /* no answer came */
  } finally {
    button.disabled = false;
  }
});

element("page-link").addEventListener("click", closePage);
addEventListener("hashchange", () => location.reload()); /* another link, in the same tab */
addEventListener("focus", () => document.body.dataset.state === "app" && screen?.focus());

begin();
