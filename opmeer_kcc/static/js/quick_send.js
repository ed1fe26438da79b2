/* Reports that a phone keeps, and how one of them is sent: for the page, and for its worker when the page is closed. */
(() => {
  "use strict";

  const FIELDS = ["text", "subject", "place", "channel", "name", "phone", "email", "customer", "lat", "long", "metres"];
  const PATIENCE = 60_000;
  let opening = null;

  const opened = () => {
    opening =
      opening ||
      new Promise((done, fail) => {
        const request = self.indexedDB.open("snel", 1);
        request.onupgradeneeded = () => {
          request.result.createObjectStore("reports", { keyPath: "key" });
          request.result.createObjectStore("facts", { keyPath: "name" });
        };
        request.onsuccess = () => done(request.result);
        request.onerror = () => fail(request.error);
      });
    return opening;
  };
  const within = async (store, mode, act) => {
    const database = await opened();
    return new Promise((done, fail) => {
      const work = database.transaction(store, mode, { durability: "strict" });
      const request = act(work.objectStore(store));
      work.oncomplete = () => done(request ? request.result : undefined);
      work.onabort = work.onerror = () => fail(work.error);
    });
  };
  const put = (store, row) => within(store, "readwrite", (rows) => rows.put(row));
  const drop = (store, key) => within(store, "readwrite", (rows) => rows.delete(key));
  const get = (store, key) => within(store, "readonly", (rows) => rows.get(key));
  const reports = () => within("reports", "readonly", (rows) => rows.getAll());

  const bodyOf = (report) => {
    const body = new FormData();
    FIELDS.forEach((name) => body.append(name, report.values[name] || ""));
    if (report.values.solved) body.append("solved", "on");
    body.append("key", report.key);
    body.append("ago", String(Math.max(0, Math.round((Date.now() - report.savedAt) / 1000))));
    report.photos.forEach((photo) => body.append("files", new Blob([photo.data], { type: photo.type }), photo.name));
    return body;
  };

  /* What came of it: sent, refused, signed-out, or later. The server knows a key that came before, so twice is once. */
  const sendOne = async (report, address, token, tooBig) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    const headers = { "HX-Request": "true", "X-CSRFToken": token, "X-Person": report.owner };
    try {
      const answer = await fetch(address, { method: "POST", headers, body: bodyOf(report), redirect: "error", signal: stop.signal });
      if (answer.status === 401) return "signed-out";
      if (answer.status === 200) {
        const told = await answer.json();
        await put("reports", { key: report.key, owner: report.owner, savedAt: report.savedAt, state: "sent", number: told.number, address: told.address });
        return "sent";
      }
      if (answer.status === 422 || answer.status === 413) {
        const reason = answer.status === 422 ? (await answer.json()).reasons.join(" ") : tooBig;
        await put("reports", { ...report, state: "refused", reason });
        return "refused";
      }
      return "later"; // the server is busy, or the token was of before: it is tried again
    } catch {
      return "later";
    } finally {
      clearTimeout(timer);
    }
  };

  /* One tab or worker at a time. */
  const alone = (act) => (navigator.locks ? navigator.locks.request("snel", act) : act());
  const oldestFirst = (one, other) => one.savedAt - other.savedAt;
  const waitingOf = async (person) => (await reports()).filter((one) => one.state === "kept" && one.owner === person).sort(oldestFirst);

  self.snelSend = { FIELDS, put, drop, get, reports, sendOne, alone, waitingOf };
})();
