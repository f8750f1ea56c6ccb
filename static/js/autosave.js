/* Saves a screen while one writes; until the server has the words, this browser keeps them. */
import { PREFIX } from "./forget-words.js";

const PAUSE_MS = 3000;
const PATIENCE_MS = 20000;
const RESTORED = " restored";
const LONGEST_LAST_WORDS = 60000;
const RETRY_MS = [3000, 6000, 12000, 30000, 60000];

const questionOf = (element) => element.closest?.("[data-question]")?.dataset.question;
const isText = (field) => field.name && field.type !== "file" && field.name !== "action";

/* What one question holds, as the form would send it. */
function valuesOf(form, question) {
  const fields = [...form.elements].filter((field) => questionOf(field) === question && isText(field));
  return fields
    .filter((field) => !["checkbox", "radio"].includes(field.type) || field.checked)
    .map((field) => [field.name, field.value]);
}

/* Gives words back to the fields; says no where a row for them is not there. */
function giveBack(form, question, values) {
  const fields = [...form.elements].filter((field) => questionOf(field) === question && isText(field));
  if (!values.every(([name]) => fields.some((field) => field.name === name))) return false;
  for (const field of fields) {
    const mine = values.filter(([name]) => name === field.name).map(([, value]) => value);
    if (["checkbox", "radio"].includes(field.type)) field.checked = mine.includes(field.value);
    else if (mine.length) field.value = mine[0];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return true;
}

/* The place in this browser; one that is full or forbidden keeps nothing, and nothing breaks. */
function shelf(key) {
  return {
    read() {
      try {
        return JSON.parse(localStorage.getItem(key)) || null;
      } catch {
        return null;
      }
    },
    write(kept) {
      try {
        if (Object.keys(kept.questions).length) localStorage.setItem(key, JSON.stringify(kept));
        else localStorage.removeItem(key);
      } catch {
        // The page still has the words.
      }
    },
  };
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.words = form.dataset;
    this.line = document.querySelector("[data-autosave-said]");
    this.base = form.elements.base;
    this.shelf = shelf(`${PREFIX}${this.words.person}:${this.words.case}:${this.words.screen}`);
    this.dirty = new Map();
    this.held = new Set();
    this.stored = new Map();
    this.tries = 0;
  }

  start() {
    const { form } = this;
    if (this.words.typed) this.takeAll();
    else this.restore();
    form.addEventListener("input", (event) => this.touch(questionOf(event.target)));
    form.addEventListener("change", (event) => this.touch(questionOf(event.target)));
    form.addEventListener("submit", (event) => this.beforeLeaving(event));
    window.addEventListener("online", () => this.send());
    document.addEventListener("visibilitychange", () => document.hidden && this.send());
  }

  /* The page came back with words that the server has shown, but not saved. */
  takeAll() {
    this.shelf.write({ questions: {} });
    for (const place of this.form.querySelectorAll("[data-question]")) this.touch(place.dataset.question);
  }

  restore() {
    const kept = this.shelf.read();
    if (!kept) return;
    // They were typed on what stood here then: what was written since must not be overwritten.
    this.base.value = kept.base.endsWith(RESTORED) ? kept.base : kept.base + RESTORED;
    for (const [name, values] of Object.entries(kept.questions)) {
      if (!giveBack(this.form, name, values)) this.stored.set(name, values);
      this.dirty.set(name, 1);
    }
    this.say(this.words.back);
    this.plan(0);
  }

  valuesOf(question) {
    return this.stored.get(question) || valuesOf(this.form, question);
  }

  touch(question) {
    if (!question) return;
    this.stored.delete(question);
    this.dirty.set(question, (this.dirty.get(question) || 0) + 1);
    this.keep();
    if (!this.held.has(question)) this.plan(PAUSE_MS);
  }

  keep() {
    const questions = {};
    for (const name of this.dirty.keys()) questions[name] = this.valuesOf(name);
    this.shelf.write({ base: this.base.value, questions });
  }

  plan(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), pause);
  }

  /* Resolves to false only when the line is down: then the words are nowhere but here. */
  async send() {
    clearTimeout(this.timer);
    await this.sending;
    const sent = new Map([...this.dirty].filter(([name]) => !this.held.has(name)));
    if (!sent.size) return true;
    this.sending = this.ask(sent);
    return this.sending;
  }

  async ask(sent) {
    const body = new URLSearchParams({ base: this.base.value });
    body.append("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    for (const name of sent.keys()) {
      body.append("question", name);
      for (const [field, value] of this.valuesOf(name)) body.append(field, value);
    }
    try {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      // What is sent as the page closes still arrives, unless it is longer than browsers allow.
      const keepalive = `${body}`.length < LONGEST_LAST_WORDS;
      const answer = await fetch(this.words.autosave, { method: "POST", body, signal, keepalive });
      if (answer.status >= 500 || answer.status === 429) throw new Error(answer.statusText);
      await this.take(answer, sent);
      this.tries = 0;
      return true;
    } catch {
      this.say(this.words.down);
      this.plan(RETRY_MS[Math.min(this.tries, RETRY_MS.length - 1)]);
      this.tries += 1;
      return false;
    }
  }

  async take(answer, sent) {
    const isJson = answer.headers.get("content-type")?.includes("json");
    if (!isJson) {
      // Signed in anew in another window, or no longer allowed: only a fresh page can go on.
      this.say(this.words.ended, this.words.again, location.href);
      return;
    }
    const told = await answer.json();
    if (answer.ok) {
      this.base.value = told.base;
      for (const name of told.saved) {
        if (this.dirty.get(name) === sent.get(name)) this.dirty.delete(name);
      }
      this.keep();
    }
    for (const name of told.clashes || []) this.held.add(name);
    const unseen = answer.ok && told.saved.filter((name) => this.stored.delete(name)).length;
    if (unseen) this.say(told.said, this.words.see, location.href);
    else this.say(told.said, told.label, told.url);
  }

  /* A step waits for its words; with the line down it is not taken, or they would be lost. */
  async beforeLeaving(event) {
    clearTimeout(this.timer);
    if (this.leaving || ![...this.dirty.keys()].some((name) => !this.held.has(name))) return;
    event.preventDefault();
    const button = event.submitter;
    if (!(await this.send())) return;
    this.leaving = true;
    this.form.requestSubmit(button);
  }

  say(words, label, url) {
    this.line.textContent = words;
    if (!label) return;
    // Both texts are compared by the page that answers when the form is sent.
    const way = Object.assign(document.createElement(url ? "a" : "button"), { textContent: label });
    if (url) way.href = url;
    else Object.assign(way, { type: "submit", name: "action", value: "continue", className: "c-saved__way" });
    if (!url) way.setAttribute("form", this.form.id);
    this.line.append(" ", way);
  }
}

export function enhance(root) {
  root.querySelectorAll("form[data-autosave]").forEach((form) => new Autosave(form).start());
}
