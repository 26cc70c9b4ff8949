/* The line to the session on the server: kept, and taken up again when it is lost. */

const WAITS = [0.5, 1, 2, 4, 8, 10];
const OPEN_WITHIN = 10;
const START_WITHIN = 30; /* on a busy server a session waits for its turn */
const PING_EVERY = 20;
const ANSWER_WITHIN = 8;
const SECOND = 1000;

const ENDS = { 4001: "taken", 4002: "ended", 4003: "revoked", 4004: "busy" };

export class Line {
  #page;
  #socket = null;
  #isWanted = false; /* whether the line is to be taken up again when it is lost */
  #wasLeft = false;
  #tries = 0;
  #next = null;
  #ping = null;
  #deadline = null;

  /** `page` has `size()`, and takes `begun()`, `bytes(data)`, `lost()`, `over(state, message)`,
   * `delivered(key, told)` and `asked_to_open(url)`. */
  constructor(page) {
    this.#page = page;
    addEventListener("online", () => this.again());
    addEventListener("offline", () => this.#socket && this.#lose());
    addEventListener("pagehide", () => this.#leave());
    addEventListener("pageshow", () => this.#wasLeft && this.#lose());
    document.addEventListener("visibilitychange", () => document.hidden || this.#look());
  }

  connect() {
    this.#drop();
    this.#isWanted = true;
    const { width, height } = this.#page.size();
    const address = `${location.origin.replace("http", "ws")}/socket?width=${width}&height=${height}`;
    const socket = new WebSocket(address);
    let isFresh = true;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.#expectWithin(START_WITHIN);
    socket.onmessage = ({ data }) => {
      clearTimeout(this.#deadline);
      if (typeof data === "string") {
        this.#told(JSON.parse(data));
        return;
      }
      if (isFresh) {
        isFresh = false;
        this.#tries = 0;
        this.#ping = setInterval(() => this.#look(), PING_EVERY * SECOND);
        this.#page.begun();
      }
      this.#page.bytes(new Uint8Array(data));
    };
    socket.onclose = ({ code }) => (ENDS[code] ? this.#end(ENDS[code]) : this.#lose());
    this.#socket = socket;
    this.#expectWithin(OPEN_WITHIN);
  }

  /** Send a message. While the line is lost it goes nowhere: it was meant for what can't be seen now. */
  send(...message) {
    if (this.#isOpen) {
      this.#socket.send(JSON.stringify(message));
    }
  }

  /** Try at once what would be tried later. */
  again() {
    if (this.#next) {
      this.#try();
    }
  }

  get #isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  #told([kind, ...rest]) {
    if (kind === "deliver_file_start") {
      this.#page.delivered(rest[0], rest[1] ?? {});
    } else if (kind === "open_url") {
      this.#page.asked_to_open(String(rest[0].url));
    } else if (Object.values(ENDS).includes(kind)) {
      this.#end(kind, rest[0]);
    }
  }

  #end(state, message) {
    this.#isWanted = false;
    this.#drop();
    this.#page.over(state, message);
  }

  #lose() {
    this.#drop();
    if (!this.#isWanted) {
      return;
    }
    this.#page.lost();
    const wait = WAITS[Math.min(this.#tries, WAITS.length - 1)] * (0.75 + Math.random() / 2);
    this.#tries += 1;
    this.#next = setTimeout(() => this.#try(), wait * SECOND);
  }

  /** Connect, if the server still knows us: of a socket that it refuses the page can't tell why. */
  async #try() {
    this.#drop();
    let status = null;
    try {
      const signal = AbortSignal.timeout(ANSWER_WITHIN * SECOND);
      status = (await fetch("/who", { cache: "no-store", signal })).status;
    } catch {
      /* no answer came */
    }
    if (status === 200) {
      this.connect();
    } else if (status === 401) {
      this.#end("without");
    } else {
      this.#lose();
    }
  }

  /** See whether anybody is there still: a line can be cut without a word. */
  #look() {
    if (this.#ping) {
      this.#expectWithin(ANSWER_WITHIN);
      this.send("ping", String(Date.now()));
    } else {
      this.again();
    }
  }

  /** Give the line up if nothing comes in some seconds. */
  #expectWithin(seconds) {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.#lose(), seconds * SECOND);
  }

  #leave() {
    this.#wasLeft = this.#socket !== null;
    this.#drop();
  }

  #drop() {
    clearTimeout(this.#next);
    clearTimeout(this.#deadline);
    clearInterval(this.#ping);
    this.#next = this.#ping = null;
    if (this.#socket) {
      this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
      this.#socket.close();
      this.#socket = null;
    }
  }
}
