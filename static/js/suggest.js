/* Suggestions while one types: a combobox by the ARIA pattern, beside the plain search form. */
const PAUSE_MS = 150;
const LEAST = 2;

const make = (name, className, text = "") =>
  Object.assign(document.createElement(name), { className, textContent: text });

function speaking(element, words, language, direction) {
  element.textContent = words;
  if (language) element.lang = language;
  element.dir = direction || "auto";
  return element;
}

function option(item, id) {
  const drawn = make("div", "c-suggest__option");
  drawn.id = id;
  drawn.setAttribute("role", "option");
  drawn.setAttribute("aria-selected", "false");
  drawn.dataset.url = item.url;
  drawn.append(speaking(make("bdi", "c-suggest__label"), item.label, item.lang, item.dir));
  if (item.note) drawn.append(" ", speaking(make("bdi", "c-suggest__note"), item.note));
  return drawn;
}

function group(found, id) {
  const drawn = make("div", "c-suggest__group");
  const name = make("div", "c-suggest__name", found.label);
  name.id = `${id}-${found.name}`;
  name.setAttribute("role", "presentation");
  drawn.setAttribute("role", "group");
  drawn.setAttribute("aria-labelledby", name.id);
  drawn.append(name, ...found.items.map((item, at) => option(item, `${name.id}-${at}`)));
  return drawn;
}

export function attach(input) {
  if (input.getAttribute("role") === "combobox") return;
  const list = make("div", "c-suggest");
  const status = make("p", "u-hidden");
  let pause;
  let asking;

  list.id = `${input.id}-list`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.suggestLabel);
  status.setAttribute("role", "status");
  input.parentElement.append(list);
  input.parentElement.after(status);
  for (const [name, value] of [
    ["role", "combobox"],
    ["autocomplete", "off"],
    ["aria-autocomplete", "list"],
    ["aria-controls", list.id],
    ["aria-expanded", "false"],
  ]) {
    input.setAttribute(name, value);
  }

  const options = () => [...list.querySelectorAll("[role=option]")];
  const active = () => list.querySelector("[aria-selected=true]");

  const choose = (chosen) => {
    active()?.setAttribute("aria-selected", "false");
    if (chosen) {
      chosen.setAttribute("aria-selected", "true");
      chosen.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", chosen.id);
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  };
  const open = (shown) => {
    if (!shown) choose(null);
    list.hidden = !shown;
    input.setAttribute("aria-expanded", String(shown));
  };
  const close = () => {
    clearTimeout(pause);
    asking?.abort();
    status.textContent = "";
    open(false);
  };
  const isLong = () => [...input.value.trim()].length >= LEAST;
  const step = (by) => {
    const all = options();
    const from = all.indexOf(active());
    const to = from < 0 && by < 0 ? all.length - 1 : from + by;
    choose(all[to] || null);
  };

  const show = (answer) => {
    choose(null);
    list.replaceChildren(...answer.groups.map((found) => group(found, list.id)));
    status.textContent = answer.said;
    open(answer.groups.length > 0);
  };
  const ask = async () => {
    asking = new AbortController();
    const { signal } = asking;
    try {
      const address = `${input.dataset.suggest}?${new URLSearchParams({ q: input.value })}`;
      const answer = await fetch(address, { signal });
      if (!answer.ok) throw new Error(answer.statusText);
      show(await answer.json());
    } catch {
      if (!signal.aborted) close();
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(pause);
    asking?.abort();
    choose(null);
    if (isLong()) pause = setTimeout(ask, PAUSE_MS);
    else close();
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const chosen = active();
    if (list.hidden) {
      if (event.key === "ArrowDown" && isLong()) ask();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && chosen) {
      event.preventDefault();
      location.assign(chosen.dataset.url);
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) {
      choose(null);
    }
  });
  input.addEventListener("blur", close);
  input.form.addEventListener("submit", close);
  // The focus stays in the field while a pointer is in the list.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("[role=option]");
    if (chosen) location.assign(chosen.dataset.url);
  });
  // Who is quick has typed before this was here.
  if (isLong() && input.value !== input.defaultValue) ask();
}
