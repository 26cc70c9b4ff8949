/* The terminal in the page: its size, its type, touch, copying and pasting. */

const LEAST_TYPE = 13;
const MOST_TYPE = 24;
const TYPE_WHERE_LOW = 10;
const LINE_HEIGHT = 1.32; /* of Roboto Mono, in its size */
const ROWS = 22;
const LEAST_ROWS = 12; /* in fewer the app can't be read */
const LOW = 280; /* pixels: a phone held sideways whose keyboard is up */
const FONT = "'Roboto Mono', monospace";

/** Keys that stay the browser's. */
const BROWSER_KEYS = new Set(["F5", "F11", "F12"]);

/**
 * A size in device pixels that fits neither the page's size nor its density is none: developer tools that show a page as
 * on a phone pretend another density, but measure in the real one, and the terminal would be drawn in parts.
 */
function isSound({ target, contentRect, devicePixelContentBoxSize }) {
  const [box] = (target instanceof HTMLCanvasElement && devicePixelContentBoxSize) || [];
  return !box || Math.abs(box.inlineSize - contentRect.width * devicePixelRatio) <= 2;
}

window.ResizeObserver = class extends ResizeObserver {
  constructor(callback) {
    super((entries, observer) => {
      const sound = entries.filter(isSound);
      if (sound.length) callback(sound, observer);
    });
  }
};

export class Screen {
  #element;
  #terminal;
  #fit;
  #colour = null;

  /** `told` takes `typed(text)`, `resized(size)`, `titled(title)`, `focused()` and `blurred()`. */
  constructor(element, told) {
    this.#element = element;
    const { Terminal, FitAddon, CanvasAddon, Unicode11Addon } = window.xterm;
    const terminal = new Terminal({
      allowProposedApi: true,
      cursorInactiveStyle: "none",
      fontFamily: FONT,
      fontSize: LEAST_TYPE,
      macOptionClickForcesSelection: true,
      scrollback: 0,
      theme: theme(),
    });
    this.#terminal = terminal;
    this.#fit = new FitAddon();
    for (const addon of [this.#fit, new CanvasAddon(), new Unicode11Addon()]) {
      terminal.loadAddon(addon);
    }
    terminal.unicode.activeVersion = "11";
    terminal.open(element);
    this.fit();
    terminal.onData(told.typed);
    terminal.onResize(() => told.resized(this.size));
    terminal.onTitleChange(told.titled);
    terminal.onWriteParsed(() => this.#colourAround());
    terminal.textarea.addEventListener("beforeinput", (event) => this.#insert(event), { capture: true });
    terminal.textarea.addEventListener("focus", told.focused);
    terminal.textarea.addEventListener("blur", told.blurred);
    terminal.attachCustomKeyEventHandler((event) => this.#isForApp(event));
    terminal.parser.registerOscHandler(52, copy);
    matchMedia("(prefers-color-scheme: light)").addEventListener("change", () => {
      terminal.options.theme = theme();
    });
    scrollByTouch(element, terminal);
    new ResizeObserver(() => this.fit()).observe(element);
    this.showKeyboard(false);
  }

  get size() {
    return { width: this.#terminal.cols, height: this.#terminal.rows };
  }

  /** Forget what stands there, and all that an app has asked for: another one may write now. */
  reset() {
    this.#terminal.reset();
  }

  write(bytes) {
    this.#terminal.write(bytes);
  }

  paste(text) {
    this.#terminal.paste(text);
  }

  /** Type what a key of the row stands for. */
  press(text) {
    this.#terminal.input(text);
  }

  focus() {
    this.#terminal.focus();
  }

  /** Say whether what stands in the terminal is there for screen readers too: they can't read a drawing. */
  readAloud(isRead) {
    this.#terminal.options.screenReaderMode = isRead;
  }

  /** Say whether a phone's keyboard comes up where the terminal is focused. */
  showKeyboard(isShown) {
    const { textarea } = this.#terminal;
    textarea.inputMode = isShown || !matchMedia("(pointer: coarse)").matches ? "text" : "none";
    if (isShown) {
      textarea.blur();
    }
    this.focus();
  }

  /** Take the size of the element. */
  fit() {
    const { clientWidth, clientHeight } = this.#element;
    if (clientWidth && clientHeight) {
      this.#terminal.options.fontSize = typeSize(clientWidth, clientHeight);
      this.#fit.fit();
    }
  }

  /** Take text of several lines from a phone's keyboard as pasted: the terminal would lose what parts them. */
  #insert(event) {
    const text = event.data ?? event.dataTransfer?.getData("text/plain") ?? "";
    if (!event.isComposing && /[\r\n]/.test(text)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      this.paste(text);
    }
  }

  #isForApp(event) {
    if (event.type !== "keydown") {
      return true;
    }
    const isPaste = (event.ctrlKey && event.code === "KeyV") || (event.shiftKey && event.code === "Insert");
    const isCopy = event.ctrlKey && event.code === "KeyC" && this.#terminal.hasSelection();
    const isReload = event.ctrlKey && event.code === "KeyR";
    return !(isPaste || isCopy || isReload || BROWSER_KEYS.has(event.key));
  }

  /** Give what stands around the terminal the colour of the app, and say whether that is a light one. */
  #colourAround() {
    const cell = this.#terminal.buffer.active.getLine(0)?.getCell(0);
    const colour = cell?.isBgRGB() ? cell.getBgColor() : null;
    if (colour === null || colour === this.#colour) {
      return;
    }
    this.#colour = colour;
    const parts = [colour >> 16, (colour >> 8) & 255, colour & 255];
    const app = this.#element.parentElement;
    app.style.setProperty("--ground", `rgb(${parts.join(" ")})`);
    app.classList.toggle("-light", Math.max(...parts) > 127);
  }
}

/** Return how many pixels high the type is: larger in a larger window, and always to be read. */
export function typeSize(width, height) {
  const byWidth = LEAST_TYPE + (width - 390) / 200;
  const byHeight = height / ROWS / LINE_HEIGHT;
  const size = Math.round(Math.max(LEAST_TYPE, Math.min(byWidth, byHeight, MOST_TYPE)));
  const fitting = Math.floor(height / LEAST_ROWS / LINE_HEIGHT);
  return height < LOW ? Math.max(TYPE_WHERE_LOW, Math.min(size, fitting)) : size;
}

export function isLow(height) {
  return height < LOW;
}

function theme() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  return { background: colour("--ground"), foreground: colour("--text") };
}

/** Copy what the app asks to (OSC 52); it never gets to read what was copied. */
function copy(asked) {
  const [, text] = asked.split(";");
  if (text && text !== "?") {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    navigator.clipboard?.writeText(new TextDecoder().decode(bytes)).catch(() => {});
  }
  return true;
}

/** Pass the way of a finger on as turns of a wheel, which the app knows. */
function scrollByTouch(element, terminal) {
  let from = null;
  element.addEventListener("touchstart", ({ touches }) => {
    from = touches.length === 1 ? touches[0].clientY : null;
  });
  element.addEventListener("touchmove", ({ touches }) => {
    if (from === null || touches.length !== 1) {
      return;
    }
    const { clientX, clientY } = touches[0];
    const step = 2 * (element.clientHeight / terminal.rows); /* a turn moves two lines */
    while (Math.abs(clientY - from) >= step) {
      const way = Math.sign(from - clientY);
      from -= way * step;
      const turn = { bubbles: true, cancelable: true, clientX, clientY, deltaMode: 1, deltaY: way };
      terminal.element.dispatchEvent(new WheelEvent("wheel", turn));
    }
  });
}
