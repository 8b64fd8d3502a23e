// Forms that people fill in at leisure (a figure, a section of a report): save what is typed as a private draft and say
// so; show what a figure will do, and how long a text has become.
//
// <form data-autosave="URL" data-preview="URL" data-draft="KEY" data-saving data-offline data-failed data-signed-out
//       data-restored>; KEY holds the person's id. Inside: [data-save-line] (role=status), [data-preview-line]
// (role=status), button[data-fill="ID of a field"][value] (also outside, with form="…"), [data-guide="ID of a field"]
// [data-guide-words="… {count} …"]. On the page after sending: [data-draft-done="KEY"].
//
// data-autosave answers 200 {"saved": sentence, "version": text}, 409 {"message": sentence, "url": where to choose},
// anything else is a failure. data-preview answers a piece of HTML. Everything works without this file too.

const SAVE_AFTER = 5000;
const PREVIEW_AFTER = 600;
// Faster answers need no "Saving…": it would only be read aloud.
const SAYS_SAVING_AFTER = 400;
const KEEP_DAYS = 90;
const TOKEN = "csrfmiddlewaretoken";
// Names this visit and numbers its saves: one that a later one overtook on the way changes nothing.
const TURN = "turn";
const VISIT = Math.random().toString(36).slice(2);

const storage = {
  key: (name) => `draft:${name}`,
  read(name) {
    try {
      const draft = JSON.parse(localStorage.getItem(this.key(name)) ?? "null");
      const fresh = draft && Date.now() - draft.at < KEEP_DAYS * 86_400_000;
      return fresh ? draft : null;
    } catch {
      return null;
    }
  },
  write(name, fields, left = false) {
    try {
      localStorage.setItem(this.key(name), JSON.stringify({ at: Date.now(), fields, left }));
    } catch {
      // Storage is full or refused: the server's draft is what there is.
    }
  },
  drop(name) {
    try {
      localStorage.removeItem(this.key(name));
    } catch {
      // Nothing was kept.
    }
  },
};

/** Resolved while no pointer is down. What moves away under a pressed pointer is not clicked: words wait until it is let go. */
let released = Promise.resolve();
window.addEventListener("pointerdown", () => {
  released = new Promise((resolve) => {
    const letGo = () => window.setTimeout(resolve);
    for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, letGo, { once: true });
  });
});

/** The form's fields as typed: texts only, files are sent with the form itself. */
function texts(form) {
  return [...new FormData(form)].filter(([, value]) => typeof value === "string");
}

/** The same without what belongs to one visit. */
function typed(form) {
  return texts(form).filter(([name]) => ![TOKEN, TURN].includes(name));
}

/** Puts kept fields back; true where that changed anything. */
function restore(form, fields) {
  const before = JSON.stringify(typed(form));
  const kept = new Map();
  for (const [name, value] of fields) kept.set(name, [...(kept.get(name) ?? []), value]);
  for (const control of form.elements) {
    if (!control.name || [TOKEN, TURN].includes(control.name) || ["file", "submit", "button"].includes(control.type)) continue;
    const values = kept.get(control.name) ?? [];
    if (["radio", "checkbox"].includes(control.type)) control.checked = values.includes(control.value);
    else if (values.length) control.value = values.shift();
  }
  return JSON.stringify(typed(form)) !== before;
}

/** Autosave of one form. */
class Draft {
  constructor(form) {
    this.form = form;
    this.name = form.dataset.draft;
    this.line = form.querySelector("[data-save-line]");
    this.saved = JSON.stringify(typed(form));
    this.timer = 0;
    this.running = false;
    this.leaving = false;
    this.request = new AbortController();
    this.turn = Object.assign(document.createElement("input"), { type: "hidden", name: TURN });
    this.turns = 0;
    form.append(this.turn);
    this.bringBack(this.name && storage.read(this.name));
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.save());
    window.addEventListener("online", () => this.save());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.save());
    form.addEventListener("submit", (event) => event.defaultPrevented || this.stay(event) || this.leave());
    window.addEventListener("pageshow", () => (this.leaving = false));
  }

  /** Without a connection the browser would put its own page in the place of the form, and a chosen file would be gone. */
  stay(event) {
    if (navigator.onLine || this.reached || !this.line) return false;
    event.preventDefault();
    if (this.name) storage.write(this.name, typed(this.form));
    this.reach(event.submitter);
    return true;
  }

  /** Some computers say that they have no connection and have one: the form goes if the server answers anything at all. */
  async reach(button) {
    try {
      await fetch(this.form.dataset.autosave, { method: "HEAD", cache: "no-store" });
    } catch {
      this.retry(this.form.dataset.offline);
      return;
    }
    this.reached = true;
    this.form.requestSubmit(button);
  }

  /** The form itself is on its way: a draft that came after it would bring back what it has used up. */
  leave() {
    window.clearTimeout(this.timer);
    this.timer = 0;
    this.leaving = true;
    this.count();
    if (this.name && storage.read(this.name)) storage.write(this.name, typed(this.form), true);
    this.request.abort();
  }

  count() {
    this.turn.value = `${VISIT}:${++this.turns}`;
  }

  /** What this device kept, unless it has arrived: with the form itself, and the record has a new version since. */
  bringBack(kept) {
    if (!kept) return;
    const version = this.form.elements.namedItem("version")?.value;
    const arrived = kept.left && kept.fields.some(([name, value]) => name === "version" && value !== version);
    if (arrived || !restore(this.form, kept.fields)) {
      storage.drop(this.name);
      return;
    }
    this.say(this.form.dataset.restored, { unsaved: true });
    this.save();
  }

  changed() {
    if (this.name) storage.write(this.name, typed(this.form));
    if (!this.timer) this.timer = window.setTimeout(() => this.save(), SAVE_AFTER);
  }

  async say(sentence, { unsaved = false, saving = false, url = "" } = {}) {
    if (!this.line || !sentence) return;
    await released;
    this.line.classList.toggle("is-unsaved", unsaved);
    this.line.classList.toggle("is-saving", saving);
    if (this.line.textContent.trim() === sentence) return;
    const words = document.createElement(url ? "a" : "span");
    if (url) words.href = url;
    words.textContent = sentence;
    const icon = this.line.querySelector(".icon");
    this.line.replaceChildren(...(icon ? [icon] : []), words);
  }

  async save() {
    window.clearTimeout(this.timer);
    this.timer = 0;
    const fields = JSON.stringify(typed(this.form));
    if (this.running || this.leaving) return;
    if (fields === this.saved) {
      if (this.name) storage.drop(this.name);
      return;
    }
    if (this.name) storage.write(this.name, typed(this.form));
    const slow = window.setTimeout(() => this.say(this.form.dataset.saving, { saving: true }), SAYS_SAVING_AFTER);
    this.running = true;
    await this.send(fields, slow);
    this.running = false;
  }

  async send(fields, slow) {
    const { autosave, offline, failed, signedOut } = this.form.dataset;
    this.count();
    const body = new URLSearchParams(texts(this.form));
    this.request = new AbortController();
    const { signal } = this.request;
    try {
      const answer = await fetch(autosave, { method: "POST", body, keepalive: true, redirect: "manual", signal });
      window.clearTimeout(slow);
      if (answer.ok) this.confirmed(fields, await answer.json());
      else if (answer.status === 409) await this.clash(answer);
      else if (answer.type === "opaqueredirect" || [401, 403].includes(answer.status)) this.say(signedOut, { unsaved: true });
      else this.retry(failed);
    } catch {
      window.clearTimeout(slow);
      if (!signal.aborted) this.retry(navigator.onLine ? failed : offline);
    }
  }

  confirmed(fields, { saved, version }) {
    this.saved = fields;
    const held = this.form.elements.namedItem("version");
    if (held && version !== undefined) {
      held.value = version;
      this.saved = JSON.stringify(JSON.parse(fields).map(([name, value]) => [name, name === "version" ? version : value]));
    }
    if (JSON.stringify(typed(this.form)) === this.saved) {
      if (this.name) storage.drop(this.name);
      this.say(saved);
    } else {
      this.changed();
    }
  }

  async clash(answer) {
    const { message, url } = await answer.json();
    this.say(message, { unsaved: true, url });
  }

  retry(sentence) {
    this.say(sentence, { unsaved: true });
    if (!this.timer) this.timer = window.setTimeout(() => this.save(), SAVE_AFTER * 3);
  }
}

/** The line under the figure: which status it will show, asked for when the typing rests. */
function preview(form) {
  const line = form.querySelector("[data-preview-line]");
  if (!line || !form.dataset.preview) return;
  let timer = 0;
  let asked = new AbortController();
  form.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(async () => {
      asked.abort();
      asked = new AbortController();
      line.setAttribute("aria-busy", "true");
      try {
        const body = new URLSearchParams(texts(form));
        const answer = await fetch(form.dataset.preview, { method: "POST", body, redirect: "manual", signal: asked.signal });
        if (answer.ok) {
          const words = await answer.text();
          await released;
          line.innerHTML = words;
        }
        line.removeAttribute("aria-busy");
      } catch (problem) {
        // A newer question is on its way, or there is no connection: the old line stays.
        if (problem.name !== "AbortError") line.removeAttribute("aria-busy");
      }
    }, PREVIEW_AFTER);
  });
}

/** "Nothing changed, use 41,200" fills the field instead of sending the form. */
function fillers(form) {
  for (const button of [...form.elements].filter((control) => control.matches("button[data-fill]"))) {
    button.addEventListener("click", (event) => {
      const field = document.getElementById(button.dataset.fill);
      if (!field) return;
      event.preventDefault();
      field.value = button.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
      field.focus();
    });
  }
}

/** How many characters a text has: a guide beside the field, read aloud only when asked for. */
function guides(form) {
  for (const guide of form.querySelectorAll("[data-guide]")) {
    const field = document.getElementById(guide.dataset.guide);
    const count = () => {
      const length = new Intl.NumberFormat(document.documentElement.lang).format(field.value.length);
      guide.textContent = guide.dataset.guideWords.replace("{count}", length);
    };
    field.addEventListener("input", count);
    count();
  }
}

for (const done of document.querySelectorAll("[data-draft-done]")) storage.drop(done.dataset.draftDone);
for (const form of document.querySelectorAll("form[data-preview]:not([data-autosave])")) preview(form);
for (const form of document.querySelectorAll("form[data-autosave]")) {
  fillers(form);
  guides(form);
  preview(form);
  new Draft(form);
}
