/* Keeps the page for quick reports on the phone, and shows it when there is no connection. It answers for nothing else,
   and what it keeps holds no personal data. */
"use strict";

const NAME = "snel-{{ version|escapejs }}";
const PAGE = "{{ page|escapejs }}";
const SHELL = "{{ shell|escapejs }}";
const STATIC = "{{ static|escapejs }}";
const FILES = [{% for file in files %}"{{ file|escapejs }}", {% endfor %}];
const PATIENCE = 6000;
importScripts("{{ sender|escapejs }}");

const keep = async (cache, address) => {
  const answer = await fetch(address, { cache: "no-store", credentials: "omit" });
  if (answer.ok && !answer.redirected) await cache.put(address, answer);
  return answer;
};

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(NAME)
      .then((cache) => Promise.all([SHELL, ...FILES].map((address) => keep(cache, address))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith("snel-") && name !== NAME).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

const soon = (request) => {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  return fetch(request, { signal: stop.signal }).finally(() => clearTimeout(timer));
};

const page = async (event) => {
  try {
    const answer = await soon(event.request);
    if (answer.status < 500) {
      event.waitUntil(caches.open(NAME).then((cache) => keep(cache, SHELL)).catch(() => {}));
      return answer;
    }
  } catch {
    /* no connection, or one that is of no use */
  }
  return (await caches.match(SHELL)) || Response.error();
};

const file = async (request) => {
  try {
    return await soon(request);
  } catch {
    return (await caches.match(request, { ignoreSearch: true })) || Response.error();
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (url.pathname === PAGE || url.pathname === SHELL) event.respondWith(page(event));
  } else if (url.pathname.startsWith(STATIC)) {
    event.respondWith(file(request));
  }
});

/* Reports that were saved without a connection are sent when there is one again, also when the page was closed (Background Sync). Only those of
   who was here last; whoever is signed in now, the server refuses those of another. What cannot be read here (the mark against forgery) makes it wait. */
const mark = async () => {
  if (!self.cookieStore) return "";
  const found = (await self.cookieStore.get("__Host-csrftoken")) || (await self.cookieStore.get("csrftoken"));
  return found ? found.value : "";
};

const sendKept = async () => {
  const { alone, get, put, sendOne, waitingOf } = self.snelSend;
  const person = ((await get("facts", "person")) || {}).value;
  const token = await mark();
  if (!person || !token) return;
  let isLater = false;
  await alone(async () => {
    for (const report of await waitingOf(person)) {
      const came = await sendOne(report, PAGE, token, "");
      if (came === "refused") {
        const kept = await get("reports", report.key);
        if (!kept.reason) await put("reports", { ...report, state: "kept" }); // too big: the page says it in words
      }
      if (came === "later" || came === "signed-out") {
        isLater = came === "later";
        break;
      }
    }
  });
  (await self.clients.matchAll()).forEach((page) => page.postMessage("snel"));
  if (isLater) throw new Error("later"); // the browser tries again by itself
};

self.addEventListener("sync", (event) => {
  if (event.tag === "snel") event.waitUntil(sendKept());
});
