/* The row of keys where there is no keyboard, and how much of the window a phone's own keyboard leaves. */

import { isLow } from "./screen.js?v=VERSION";

const SENT = {
  Enter: "\r",
  Escape: "\x1b",
  ArrowUp: "\x1b[A",
  ArrowDown: "\x1b[B",
  ArrowRight: "\x1b[C",
  ArrowLeft: "\x1b[D",
};

const KEYBOARD = 120; /* pixels: what covers less is no keyboard */

/** Let the row's keys type on the screen. */
export function serveKeys(row, screen) {
  const keyboard = document.getElementById("keyboard");
  let isShown = false;
  let wasTall = false;

  const show = (wanted) => {
    isShown = wanted;
    wasTall = false;
    keyboard.setAttribute("aria-pressed", String(isShown));
    row.classList.toggle("-typing", isShown);
    screen.showKeyboard(isShown);
  };

  row.addEventListener("pointerdown", (event) => event.preventDefault()); /* the focus stays */
  row.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button === keyboard) {
      show(!isShown);
    } else if (button?.id === "paste") {
      paste(screen);
    } else if (button) {
      screen.press(SENT[button.dataset.key] ?? button.dataset.key);
    }
  });

  const fitToView = () => {
    const { height, offsetTop, scale } = window.visualViewport;
    if (scale > 1.01) {
      return; /* somebody looks closer */
    }
    document.documentElement.style.setProperty("--height", `${height}px`);
    document.documentElement.style.setProperty("--top", `${offsetTop}px`);
    document.body.classList.toggle("-low", isLow(height));
    const isCovered = screenHeight() - height > KEYBOARD;
    if (isShown && wasTall && !isCovered) {
      show(false); /* the phone's own way to hide its keyboard was taken */
    }
    wasTall = isShown && isCovered;
  };
  window.visualViewport.addEventListener("resize", fitToView);
  window.visualViewport.addEventListener("scroll", fitToView);
  fitToView();
}

/** Paste, where the browser allows it: on a phone nothing else can. */
async function paste(screen) {
  try {
    screen.paste(await navigator.clipboard.readText());
  } catch {
    /* nobody allowed it */
  }
}

/** Return how high the window is without a keyboard, as far as is known. */
const tallest = {};
function screenHeight() {
  const way = matchMedia("(orientation: portrait)").matches ? "upright" : "sideways";
  tallest[way] = Math.max(tallest[way] ?? 0, window.innerHeight);
  return tallest[way];
}
