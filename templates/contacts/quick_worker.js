/* Keeps the page for quick reports on the phone, and shows it when there is no connection. It answers for nothing else,
   and what it keeps holds no personal data. */
"use strict";

const NAME = "snel-{{ version|escapejs }}";
const PAGE = "{{ page|escapejs }}";
const SHELL = "{{ shell|escapejs }}";
const STATIC = "{{ static|escapejs }}";
const FILES = [{% for file in files %}"{{ file|escapejs }}", {% endfor %}];
const PATIENCE = 6000;

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
