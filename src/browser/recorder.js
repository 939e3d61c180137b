// Runs before everything else in a page or a worker of the app and tells tekser what happens. It changes nothing that an
// app can notice, except that dialogs are answered at once, since nobody sits there who could.
(() => {
  "use strict";
  const top = self;
  if (top.__tekser__) return;
  const page = typeof document !== "undefined";
  const send = page && navigator.sendBeacon ? navigator.sendBeacon.bind(navigator) : null;
  const ask = typeof fetch === "function" ? fetch.bind(top) : null;
  const MOST = 200;
  let told = 0;
  const tell = (what) => {
    if (told++ >= MOST) return;
    const body = JSON.stringify(what);
    try {
      if (send && send("/__tekser__/told", body)) return;
      if (ask) ask("/__tekser__/told", { method: "POST", body, keepalive: true }).catch(() => {});
    } catch { /* A page that is being left cannot tell any more. */ }
  };
  const text = (value) => {
    try {
      if (value instanceof Error) return `${value.name}: ${value.message}`;
      if (typeof value === "object" && value !== null) return JSON.stringify(value) ?? String(value);
      return String(value);
    } catch { return "?"; }
  };
  const cut = (value) => text(value).slice(0, 500);
  const stack = (error) => (error && typeof error.stack === "string" ? error.stack.slice(0, 2000) : undefined);
  const use = (name, detail) => tell({ told: "use", name, detail: detail === undefined ? "" : cut(detail) });

  // What stands in for a learning platform tells by this too.
  Object.defineProperty(top, "__tekser__", { value: use });

  top.addEventListener("error", (event) => {
    const from = event.target;
    if (page && from && from !== top && from.nodeType === 1) {
      if (from.error && (from.tagName === "VIDEO" || from.tagName === "AUDIO")) use("media", from.currentSrc);
      return;
    }
    if (event.message === undefined) return;
    tell({ told: "error", kind: "uncaught", message: cut(event.message), url: event.filename, line: event.lineno,
      column: event.colno, stack: stack(event.error) });
  }, true);
  top.addEventListener("unhandledrejection", (event) => {
    tell({ told: "error", kind: "rejection", message: cut(event.reason), stack: stack(event.reason), url: "" });
  });
  // The app forbids itself something.
  top.addEventListener("securitypolicyviolation", (event) => {
    if (event.disposition !== "enforce") return;
    tell({ told: "error", kind: "console", message: `Content Security Policy: ${event.effectiveDirective} (${event.blockedURI})`.slice(0, 500),
      url: event.sourceFile || "", line: event.lineNumber || undefined, column: event.columnNumber || undefined });
  });
  const wrap = (object, name, before) => {
    const inner = object && object[name];
    if (typeof inner !== "function") return;
    const outer = function (...given) {
      try { before.call(this, ...given); } catch { /* What cannot be told must not disturb the app. */ }
      return Reflect.apply(inner, this, given);
    };
    try {
      Object.defineProperty(outer, "name", { value: name });
      Object.defineProperty(object, name, { value: outer, configurable: true, writable: true });
    } catch { /* Sealed. */ }
  };
  const said = (given) => given.map(text).join(" ").slice(0, 500);
  const console_error = (...given) => tell({ told: "error", kind: "console", message: said(given), stack: new Error().stack?.slice(0, 2000), url: "" });
  wrap(top.console, "error", console_error);
  wrap(top.console, "assert", (held, ...given) => { if (!held) console_error("Assertion failed:", ...given); });

  // What leaves the app. Requests that a page makes by itself are known from elsewhere.
  const request = (via, url) => { if (url !== undefined) tell({ told: "request", via, url: String(url).slice(0, 2000) }); };
  const construct = (name, before) => {
    const Inner = top[name];
    if (typeof Inner !== "function") return;
    top[name] = new Proxy(Inner, {
      construct(target, given, made) {
        try { before(...given); } catch { /* As above. */ }
        return Reflect.construct(target, given, made);
      },
    });
  };
  construct("WebSocket", (url) => request("request", url));
  construct("EventSource", (url) => request("request", new URL(url, top.location.href)));
  construct("RTCPeerConnection", () => use("RTCPeerConnection"));
  if (!page) return;

  // Only some browsers tell what kept them from all else.
  if (top.PerformanceObserver?.supportedEntryTypes?.includes("longtask")) {
    let longest = 0;
    new PerformanceObserver((list) => {
      const now = Math.max(...list.getEntries().map((entry) => Math.round(entry.duration)));
      if (now > longest) { longest = now; tell({ told: "busy", ms: now }); }
    }).observe({ type: "longtask", buffered: true });
  }
  // What a page makes itself and lets somebody save.
  const saved = (link) => { if (link?.hasAttribute?.("download")) use("download", link.download || link.pathname.split("/").pop()); };
  top.addEventListener("click", (event) => saved(event.target?.closest?.("a[download]")), true);
  wrap(top.HTMLAnchorElement?.prototype, "click", function () { if (!this.isConnected) saved(this); });
  wrap(top.Navigator?.prototype, "sendBeacon", (url) => { request("request", new URL(url, document.baseURI)); use("sendBeacon", url); });
  wrap(top, "open", (url) => { if (url) { use("open", url); request("load", new URL(url, document.baseURI)); } });
  for (const [name, answer] of [["alert", undefined], ["confirm", false], ["prompt", null]]) {
    top[name] = (message) => { use(name, message); return answer; };
  }
  top.print = () => use("print");
  wrap(top.Storage?.prototype, "setItem", function (key) {
    use(this === top.sessionStorage ? "sessionStorage" : "localStorage", key);
  });
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
  if (cookie) {
    Object.defineProperty(Document.prototype, "cookie", {
      ...cookie,
      set(value) { use("cookie", String(value).split("=")[0]); cookie.set.call(this, value); },
    });
  }
  wrap(top.IDBFactory?.prototype, "open", (name) => use("indexedDB", name));
  wrap(top.Geolocation?.prototype, "getCurrentPosition", () => use("geolocation"));
  wrap(top.Geolocation?.prototype, "watchPosition", () => use("geolocation"));
  for (const name of ["getUserMedia", "getDisplayMedia", "enumerateDevices"]) {
    wrap(top.MediaDevices?.prototype, name, () => use(name));
  }
  wrap(top.Notification, "requestPermission", () => use("Notification"));
  wrap(top.ServiceWorkerContainer?.prototype, "register", (url) => use("serviceWorker", url));
  const context = top.HTMLCanvasElement?.prototype.getContext;
  if (context) {
    top.HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
      const made = context.call(this, kind, ...more);
      if (made === null && /webgl/.test(kind)) use("webgl");
      return made;
    };
  }
})();
